"""A customer's message comes in: checked, masked, kept, and put in line for an answer."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access import service as access
from backend.conversations import live, queries, rules
from backend.conversations.errors import (
    ButtonUnknown,
    ConversationClosed,
    MessageEmpty,
    MessageTooLong,
    RateLimited,
)
from backend.conversations.models import Conversation, Message
from backend.conversations.rules import GatewayChoice, MessageState, Owner, Sender
from backend.conversations.service import history, ownership
from backend.infra.database import clock_of
from backend.kernel.masking import masked_cards, masked_text
from backend.kernel.text import script_language, visible


def receive(session: Session, *, conversation_id: UUID, client_id: str, text: str) -> Message:
    """Take what a customer typed into the history, to be answered in its turn.

    The same `client_id` again gives the first message back. Raises MessageEmpty, MessageTooLong, RateLimited,
    ConversationClosed.
    """
    conversation = queries.conversation(session, conversation_id, lock=True)
    before = queries.by_client_id(session, conversation_id, client_id)
    if before is not None:
        return before
    typed = visible(text).strip()
    if not typed:
        raise MessageEmpty
    if len(typed) > rules.MAX_LENGTH:
        raise MessageTooLong(limit=rules.MAX_LENGTH)
    _check_limits(session, conversation)
    question = queries.latest_from(session, conversation_id, Sender.BOT, Sender.SYSTEM)
    index = rules.pressed_button(typed, question.buttons) if question else None
    payload = None if index is None or question is None else str(question.buttons[index]["payload"])
    return _take(session, conversation, client_id, typed, payload)


def press(session: Session, *, conversation_id: UUID, client_id: str, seq: int, index: int) -> Message:
    """Take a pressed button in: the payload comes from our own history, never from the customer."""
    conversation = queries.conversation(session, conversation_id, lock=True)
    before = queries.by_client_id(session, conversation_id, client_id)
    if before is not None:
        return before
    question = session.get(Message, (conversation_id, seq))
    if question is None or not 0 <= index < len(question.buttons):
        raise ButtonUnknown
    _check_limits(session, conversation)
    button = question.buttons[index]
    return _take(session, conversation, client_id, str(button["title"]), str(button["payload"]))


def _check_limits(session: Session, conversation: Conversation) -> None:
    if conversation.owner == Owner.CLOSED:
        raise ConversationClosed
    minute_ago = clock_of(session).now() - timedelta(minutes=1)
    sent = queries.customer_messages_since(session, conversation.id, minute_ago)
    if sent >= rules.MESSAGES_A_MINUTE or queries.open_messages(session, conversation.id) >= rules.WAITING_AT_MOST:
        raise RateLimited


def _take(session: Session, conversation: Conversation, client_id: str, text: str, payload: str | None) -> Message:
    if conversation.last_seq == 0:
        conversation.language = script_language(text) or conversation.language
    hide = payload is None and access.awaits_code(session, conversation.id)
    choice = GatewayChoice.of(payload)
    waits = conversation.owner == Owner.BOT and choice is None
    message = history.add(
        session,
        conversation,
        sender=Sender.CUSTOMER,
        text=masked_text(text, hide_codes=hide),
        language=script_language(text) or conversation.language,
        client_id=client_id,
        payload=payload,
        raw=rules.escaped(masked_cards(text)) if waits else None,
        state=MessageState.WAITING if waits else MessageState.DONE,
    )
    live.tell_turn(session, message, "working" if waits else "done")
    if choice is GatewayChoice.PERSON and conversation.owner == Owner.BOT:
        ownership.request_person(session, conversation_id=conversation.id, reason="asked by button", packet={})
        ownership.announce_queue(session, conversation)
    elif choice is GatewayChoice.ASSISTANT and conversation.owner == Owner.QUEUED:
        ownership.hand_back(session, conversation_id=conversation.id)
    elif conversation.owner == Owner.QUEUED:
        ownership.remind_of_queue(session, conversation)
    return message
