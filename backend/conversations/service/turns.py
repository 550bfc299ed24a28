"""A turn: one customer message at a time goes to the assistant, and its answer comes back, or an apology."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Session

from backend.conversations import live, queries, rules, texts
from backend.conversations.models import Message
from backend.conversations.rules import MessageState, Owner, Sender
from backend.conversations.service import history, ownership
from backend.infra.database import clock_of
from backend.kernel.text import Language


@dataclass(frozen=True, slots=True)
class Turn:
    """A customer's message on its way to the assistant; `today` is the operator's day, which "yesterday" is counted from."""  # noqa: E501

    conversation_id: UUID
    seq: int
    message: str
    language: Language
    channel: str
    attempts: int
    today: date

    @property
    def message_id(self) -> str:
        """The same for every try of the same message."""
        return f"{self.conversation_id}:{self.seq}"


@dataclass(frozen=True, slots=True)
class Reply:
    """One message of the bot's answer; buttons are {"title", "payload"}."""

    text: str
    buttons: Sequence[dict[str, Any]] = ()


def begin_turn(session: Session, conversation_id: UUID) -> Turn | None:
    """Take the oldest open message, or None while one is under way, not yet due, or nothing waits.

    The lease lets another process take the message over should this one die.
    """
    conversation = queries.conversation(session, conversation_id, lock=True)
    message = queries.next_open(session, conversation_id)
    now = session.scalar(func.clock_timestamp().select())
    if message is None or now is None:
        return None
    if any(moment is not None and moment > now for moment in (message.lease_until, message.try_after)):
        return None
    if conversation.owner != Owner.BOT:
        _settle(session, message, MessageState.DONE)
        return None
    message.state, message.lease_until = MessageState.WORKING, now + rules.LEASE
    return Turn(
        conversation_id=conversation_id,
        seq=message.seq,
        message=message.payload or message.raw or message.text,
        language=history.spoken(conversation),
        channel=conversation.channel,
        attempts=message.attempts,
        today=clock_of(session).today(),
    )


def finish_turn(
    session: Session, turn: Turn, *, replies: Sequence[Reply], language: Language, intent: str | None
) -> None:
    """Post the bot's answer, unless a person owns the conversation by now, and settle the message."""
    conversation = queries.conversation(session, turn.conversation_id, lock=True)
    message = session.get_one(Message, (turn.conversation_id, turn.seq), populate_existing=True)
    if message.state != MessageState.WORKING:
        return
    conversation.apologised = False
    if language != turn.language:  # the customer may have switched since; only what the bot itself changed counts
        conversation.language = language
    if conversation.owner in (Owner.BOT, Owner.QUEUED):
        for reply in replies:
            buttons = [dict(button) for button in reply.buttons]
            history.post(session, conversation, sender=Sender.BOT, text=reply.text, buttons=buttons, intent=intent)
    _settle(session, message, MessageState.DONE)
    if conversation.owner == Owner.QUEUED:
        ownership.announce_queue(session, conversation)


def postpone_turn(session: Session, turn: Turn, *, give_up: bool = False) -> None:
    """The assistant did not answer: say so once, keep the message, try again later; at last give up and say that."""
    conversation = queries.conversation(session, turn.conversation_id, lock=True)
    message = session.get_one(Message, (turn.conversation_id, turn.seq), populate_existing=True)
    if message.state != MessageState.WORKING:
        return
    if conversation.owner != Owner.BOT:
        _settle(session, message, MessageState.DONE)
        if conversation.owner == Owner.QUEUED:
            ownership.announce_queue(session, conversation)
        return
    language: Language = "ar" if message.language == "ar" else history.spoken(conversation)
    if give_up or clock_of(session).now() - message.created_at > rules.GIVE_UP_AFTER:
        history.apologise(session, conversation, texts.GAVE_UP, language)
        _settle(session, message, MessageState.FAILED)
        return
    if not conversation.apologised:
        history.apologise(session, conversation, texts.APOLOGY, language)
        conversation.apologised = True
    _wait(session, message)


def leave_to_person(session: Session, conversation_id: UUID) -> None:
    """A person answers from now on, also what the assistant has not answered yet."""
    for message in queries.all_open(session, conversation_id):
        _settle(session, message, MessageState.DONE)


def _wait(session: Session, message: Message) -> None:
    now = session.scalar(func.clock_timestamp().select())
    message.attempts += 1
    message.state, message.lease_until = MessageState.WAITING, None
    message.try_after = None if now is None else now + rules.retry_wait(message.attempts)
    live.tell_turn(session, message, "delayed")


def _settle(session: Session, message: Message, state: MessageState) -> None:
    message.state, message.raw, message.lease_until, message.try_after = state, None, None, None
    live.tell_turn(session, message, state.value)
