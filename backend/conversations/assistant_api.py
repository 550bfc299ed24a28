"""Routes by which the action server acts for one conversation: context, language, codes, handoff."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse

from backend.access.errors import ConversationUnknown
from backend.access.guard import needs
from backend.access.permissions import Permission
from backend.access.rules import CODE_LIFE, Caller
from backend.acquisition import service as acquisition
from backend.conversations import queries, service
from backend.conversations.schemas import (
    CodeConfirmed,
    CodeEntered,
    CodeRequest,
    CodeSent,
    ConversationContext,
    HandoffAnswer,
    HandoffRequest,
    KnownCustomer,
    LanguageChange,
    OpenApplicationOut,
)
from backend.conversations.service import ownership, verification
from backend.infra.database import SessionDep
from backend.infra.problems import language_of, problem
from backend.kernel.errors import DomainError
from backend.kernel.masking import masked_tail

router = APIRouter(tags=["Conversations"])


def own_conversation(
    conversation_id: UUID, caller: Annotated[Caller, Depends(needs(Permission.CONVERSATION_ACT))]
) -> Caller:
    """The assistant may act only in the conversation that it acts for."""
    if caller.conversation_id != conversation_id:
        raise ConversationUnknown
    return caller


Assistant = Annotated[Caller, Depends(needs(Permission.VERIFICATION))]
OwnConversation = Annotated[Caller, Depends(own_conversation)]


@router.get("/conversations/{conversation_id}/context")
def read_context(conversation_id: UUID, session: SessionDep, caller: OwnConversation) -> ConversationContext:
    """Language, level, owner, and the customer once verified."""
    conversation = queries.conversation(session, conversation_id)
    name = verification.given_name(session, caller)
    customer = KnownCustomer(id=caller.party_id, given_name=name) if caller.party_id and name else None
    draft = acquisition.open_application(session, conversation_id)
    return ConversationContext(
        language=conversation.language,
        level=int(caller.level),
        owner=conversation.owner,
        customer=customer,
        open_application=OpenApplicationOut(id=draft.id, state=draft.state) if draft else None,
    )


@router.put("/conversations/{conversation_id}/language")
def change_language(
    conversation_id: UUID, body: LanguageChange, session: SessionDep, _: OwnConversation
) -> LanguageChange:
    """Go on in that language."""
    service.set_language(session, conversation_id=conversation_id, language=body.language)
    return body


@router.post("/conversations/{conversation_id}/handoff", status_code=201)
def request_person(
    conversation_id: UUID, body: HandoffRequest, session: SessionDep, caller: OwnConversation
) -> HandoffAnswer:
    """Ask for a person; the gateway tells the customer the place in the queue once this turn is over."""
    packet = body.model_dump(by_alias=True) | {
        "level": int(caller.level),
        "partyId": str(caller.party_id or "") or None,
    }
    conversation, _ = service.request_person(
        session, conversation_id=conversation_id, reason=body.reason, packet=packet
    )
    opens = ownership.opens_at(session)
    return HandoffAnswer(
        owner=conversation.owner,
        position=queries.queue_position(session, conversation),
        agents_available=opens is None,
        opens_at=opens,
    )


@router.post("/verification/codes", status_code=202)
def send_code(body: CodeRequest, request: Request, session: SessionDep, caller: Assistant) -> CodeSent:
    """Send a one-time code; a number that is nobody's is answered alike."""
    number = service.send_code(session, caller=caller, msisdn=body.msisdn, language=language_of(request))
    return CodeSent(sent_to=masked_tail(number), expires_in_minutes=int(CODE_LIFE.total_seconds() // 60))


@router.post("/verification/codes/confirm", response_model=CodeConfirmed)
def confirm_code(
    body: CodeEntered, request: Request, session: SessionDep, caller: Assistant
) -> CodeConfirmed | JSONResponse:
    """Verify the conversation. A wrong try is counted, therefore answered and not raised."""
    if caller.conversation_id is None:
        raise ConversationUnknown
    outcome = service.confirm_code(session, conversation_id=caller.conversation_id, code=body.code)
    if isinstance(outcome, DomainError):
        return problem(outcome, language_of(request))
    name = verification.given_name(session, outcome)
    if outcome.party_id is None or name is None:
        raise ConversationUnknown
    return CodeConfirmed(level=int(outcome.level), customer=KnownCustomer(id=outcome.party_id, given_name=name))
