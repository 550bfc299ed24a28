"""A customer's message comes in: checked, masked, kept, and put in line for an answer."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access import service as access
from backend.conversations import live, queries, rules, texts
from backend.conversations.errors import (
    ButtonUnknown,
    ConversationClosed,
    MessageEmpty,
    MessageTooLong,
    RateLimited,
)
from backend.conversations.models import Conversation, Message
from backend.conversations.rules import GatewayChoice, MessageState, Owner, Sender
from backend.conversations.service import history, ownership, turns
from backend.infra.database import clock_of
from backend.kernel.masking import masked_cards, masked_text
from backend.kernel.text import folded, is_blank, script_language, visible


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
    if is_blank(typed):
        raise MessageEmpty
    if len(typed) > rules.MAX_LENGTH:
        raise MessageTooLong(limit=rules.MAX_LENGTH)
    _check_limits(session, conversation)
    return _take(session, conversation, client_id, typed, _named_payload(session, conversation, typed))


def press(session: Session, *, conversation_id: UUID, client_id: str, seq: int, index: int) -> Message:
    """Take a pressed button in: the payload comes from our own history, never from the customer.

    A question that was answered, or that another followed, takes no answer any more: an old "yes" must not count for
    a new question. Raises ButtonUnknown, RateLimited, ConversationClosed.
    """
    conversation = queries.conversation(session, conversation_id, lock=True)
    before = queries.by_client_id(session, conversation_id, client_id)
    if before is not None:
        return before
    question = session.get(Message, (conversation_id, seq))
    if question is None or not 0 <= index < len(question.buttons):
        raise ButtonUnknown
    _check_limits(session, conversation)
    button = question.buttons[index]
    newest = next((m for m in reversed(queries.since_customer(session, conversation_id)) if m.buttons), None)
    if GatewayChoice.of(str(button["payload"])) is None and (newest is None or newest.seq != seq):
        raise ButtonUnknown
    return _take(session, conversation, client_id, str(button["title"]), str(button["payload"]))


def _named_payload(session: Session, conversation: Conversation, typed: str) -> str | None:
    recent = [(m.sender, m.buttons) for m in queries.since_customer(session, conversation.id)]
    buttons = rules.standing_buttons(recent)
    index = rules.pressed_button(typed, buttons)
    if index is not None:
        return str(buttons[index]["payload"])
    titles = {folded(texts.BACK_TO_BOT.ar), folded(texts.BACK_TO_BOT.en)}
    return GatewayChoice.ASSISTANT if conversation.owner == Owner.QUEUED and folded(typed) in titles else None


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
    _carry_out(session, conversation, choice)
    return message


def _carry_out(session: Session, conversation: Conversation, choice: GatewayChoice | None) -> None:
    match choice, conversation.owner:
        case GatewayChoice.PERSON, Owner.BOT:
            turns.leave_to_person(session, conversation.id)
            ownership.request_person(session, conversation_id=conversation.id, reason="asked by button", packet={})
            ownership.announce_queue(session, conversation)
        case GatewayChoice.ASSISTANT, Owner.QUEUED:
            ownership.hand_back(session, conversation_id=conversation.id)
        case GatewayChoice.ASSISTANT, Owner.BOT:
            history.post_notice(session, conversation, texts.BOT_RESUMED)
        case _, Owner.QUEUED:
            ownership.remind_of_queue(session, conversation)
