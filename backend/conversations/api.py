"""Routes of conversations: clients open one and connect, the assistant acts in one, staff answer one."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response, WebSocket

from backend.access import service as access
from backend.access import tokens
from backend.access.errors import Unauthorized
from backend.access.guard import SettingsDep, needs
from backend.access.permissions import Permission
from backend.access.rules import Caller
from backend.conversations import queries, service
from backend.conversations.gateway import Connection
from backend.conversations.models import Conversation as ConversationRow
from backend.conversations.rules import Owner
from backend.conversations.schemas import (
    AgentText,
    ConversationOpened,
    ConversationOut,
    ConversationRequest,
    MessageOut,
)
from backend.infra.database import SessionDep
from backend.infra.limits import address_of
from backend.infra.problems import language_of
from backend.infra.tmf630 import PagingDep, page_answer, page_of

router = APIRouter(tags=["Conversations"])
Agent = Annotated[Caller, Depends(needs(Permission.CONVERSATION_SERVE))]
SORTABLE = {"createdAt": ConversationRow.created_at, "queuedAt": ConversationRow.queued_at}


@router.post("/conversations", status_code=201)
def open_conversation(
    body: ConversationRequest, request: Request, session: SessionDep, settings: SettingsDep
) -> ConversationOpened:
    """Open a conversation; its token is good for this conversation only."""
    request.app.state.conversation_tries.count(address_of(request))
    language = body.language or language_of(request)
    conversation = service.open_conversation(session, channel=body.channel, language=language)
    key = settings.token_key.get_secret_value()
    token, expires_at = tokens.issue("conversation", conversation.id, key, tokens.CONVERSATION_LIFE)
    return ConversationOpened(conversation_id=conversation.id, token=token, expires_at=expires_at, language=language)


@router.websocket("/conversations/{conversation_id}/ws")
async def connect(socket: WebSocket, conversation_id: UUID) -> None:
    """The live side of a conversation; the protocol is in docs/gateway.md."""
    state = socket.app.state
    key = state.settings.token_key.get_secret_value()
    connection = Connection(
        socket, conversation_id, database=state.database, live=state.live, runner=state.runner, key=key
    )
    await connection.serve()


@router.get("/conversations", response_model=list[ConversationOut])
def list_conversations(session: SessionDep, _: Agent, paging: PagingDep, owner: Owner | None = None) -> Response:
    """Conversations, for instance those that wait for a person: `owner=queued&sort=queuedAt`."""
    rows, total = page_of(session, queries.by_owner(owner), paging, SORTABLE)
    return page_answer([ConversationOut.of(row, queries.open_handoff(session, row.id)) for row in rows], total, paging)


@router.get("/conversations/{conversation_id}/messages")
def read_messages(conversation_id: UUID, session: SessionDep, _: Agent, after: int = 0) -> list[MessageOut]:
    """The history after a sequence number."""
    queries.conversation(session, conversation_id)
    return [MessageOut.of(message) for message in queries.messages_after(session, conversation_id, after)]


@router.post("/conversations/{conversation_id}/claim")
def claim(conversation_id: UUID, session: SessionDep, agent: Agent) -> ConversationOut:
    """Take a waiting conversation; the bot is silent from now on."""
    staff_id = _staff_id(agent)
    name = access.staff_name(session, staff_id)
    return ConversationOut.of(service.claim(session, conversation_id=conversation_id, staff_id=staff_id, name=name))


@router.post("/conversations/{conversation_id}/messages", status_code=201)
def reply(conversation_id: UUID, body: AgentText, session: SessionDep, agent: Agent) -> MessageOut:
    """Answer in a conversation that one has claimed."""
    staff_id = _staff_id(agent)
    return MessageOut.of(service.reply(session, conversation_id=conversation_id, staff_id=staff_id, text=body.text))


@router.post("/conversations/{conversation_id}/release")
def release(conversation_id: UUID, session: SessionDep, _: Agent) -> ConversationOut:
    """Hand the conversation back to the bot."""
    return ConversationOut.of(service.hand_back(session, conversation_id=conversation_id))


@router.post("/conversations/{conversation_id}/close")
def close(conversation_id: UUID, session: SessionDep, _: Agent) -> ConversationOut:
    """End the conversation."""
    return ConversationOut.of(service.close(session, conversation_id=conversation_id))


def _staff_id(agent: Caller) -> UUID:
    if agent.staff_id is None:
        raise Unauthorized
    return agent.staff_id
