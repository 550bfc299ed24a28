"""Who answers: the bot, the queue, an agent, or nobody any more. A fact of the database, never of the bot."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from babel.dates import format_datetime
from sqlalchemy.orm import Session

from backend.access import service as access
from backend.conversations import live, queries, rules, texts
from backend.conversations.errors import HandoffNotFound, OwnerMoveForbidden
from backend.conversations.models import Conversation, Handoff, Message
from backend.conversations.rules import GatewayChoice, Owner, Sender
from backend.conversations.service import history
from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.interactions import service as interactions
from backend.kernel.text import Bilingual

NOTICES_A_MINUTE = 2


def request_person(
    session: Session, *, conversation_id: UUID, reason: str, packet: dict[str, Any]
) -> tuple[Conversation, Handoff]:
    """Put the conversation in the agents' queue with what they need to know. Asked again, the first request stays."""
    conversation = queries.conversation(session, conversation_id, lock=True)
    waiting = queries.open_handoff(session, conversation_id)
    if waiting is not None:
        return conversation, waiting
    now = clock_of(session).now()
    _move(session, conversation, Owner.QUEUED)
    conversation.queued_at = now
    handoff = Handoff(conversation_id=conversation_id, reason=reason, packet=packet, created_at=now)
    session.add(handoff)
    session.flush()
    return conversation, handoff


def announce_queue(session: Session, conversation: Conversation) -> Message:
    """Tell the customer the place in the queue, or when agents are back."""
    position = queries.queue_position(session, conversation)
    opens = opens_at(session)
    notice = texts.QUEUED_OPEN.format(position=position)
    if opens is not None:
        notice = _closed_notice(opens, position)
    return history.post_notice(session, conversation, notice, (texts.BACK_TO_BOT, GatewayChoice.ASSISTANT))


def remind_of_queue(session: Session, conversation: Conversation) -> None:
    """Tell a customer who writes while waiting that the message is kept; two notices a minute are enough."""
    minute_ago = clock_of(session).now() - timedelta(minutes=1)
    if queries.notices_since(session, conversation.id, minute_ago) >= NOTICES_A_MINUTE:
        return
    position = queries.queue_position(session, conversation)
    kept = texts.QUEUE_KEPT.format(position=position)
    history.post_notice(session, conversation, kept, (texts.BACK_TO_BOT, GatewayChoice.ASSISTANT))


def opens_at(session: Session) -> datetime | None:
    """None while agents are on duty, else the local moment when they next are."""
    hours = operator_of(session).agent_hours
    clock = clock_of(session)
    local = clock.local(clock.now())
    return rules.next_opening(local, works=hours.working_day, opens=hours.opens, closes=hours.closes)


def claim(session: Session, *, conversation_id: UUID, staff_id: UUID, name: Bilingual) -> Conversation:
    """An agent takes the conversation out of the queue; a second agent is refused."""
    conversation = queries.conversation(session, conversation_id, lock=True)
    _move(session, conversation, Owner.AGENT)
    conversation.agent_id = staff_id
    handoff = queries.open_handoff(session, conversation_id)
    if handoff is not None:
        handoff.claimed_at, handoff.claimed_by = clock_of(session).now(), staff_id
    joined = Bilingual(ar=texts.AGENT_JOINED.ar.format(name=name.ar), en=texts.AGENT_JOINED.en.format(name=name.en))
    history.post_notice(session, conversation, joined)
    return conversation


def reply(session: Session, *, conversation_id: UUID, staff_id: UUID, text: str) -> Message:
    """An agent's message; only the agent who owns the conversation may write in it."""
    conversation = queries.conversation(session, conversation_id, lock=True)
    if conversation.owner != Owner.AGENT or conversation.agent_id != staff_id:
        raise OwnerMoveForbidden
    return history.post(session, conversation, sender=Sender.AGENT, text=text)


def hand_back(session: Session, *, conversation_id: UUID) -> Conversation:
    """The bot answers again."""
    conversation = queries.conversation(session, conversation_id, lock=True)
    _move(session, conversation, Owner.BOT)
    _end_handoff(session, conversation)
    history.post_notice(session, conversation, texts.BOT_RESUMED)
    return conversation


def close(session: Session, *, conversation_id: UUID) -> Conversation:
    """End the conversation, and with it what was granted to it."""
    conversation = queries.conversation(session, conversation_id, lock=True)
    history.post_notice(session, conversation, texts.CLOSED)
    _move(session, conversation, Owner.CLOSED)
    _end_handoff(session, conversation)
    conversation.closed_at = clock_of(session).now()
    access.close_conversation(session, conversation_id)
    if conversation.interaction_id is not None:
        interactions.end(session, conversation.interaction_id)
    return conversation


def open_handoff(session: Session, conversation_id: UUID) -> Handoff:
    """The request that waits or is being served. Raises HandoffNotFound."""
    found = queries.open_handoff(session, conversation_id)
    if found is None:
        raise HandoffNotFound
    return found


def _move(session: Session, conversation: Conversation, new: Owner) -> None:
    if not rules.may_move(Owner(conversation.owner), new):
        raise OwnerMoveForbidden(owner=conversation.owner)
    conversation.owner = new
    if new is not Owner.AGENT:
        conversation.agent_id = None
    live.tell_owner(session, conversation)


def _end_handoff(session: Session, conversation: Conversation) -> None:
    conversation.queued_at = None
    handoff = queries.open_handoff(session, conversation.id)
    if handoff is not None:
        handoff.ended_at = clock_of(session).now()


def _closed_notice(opens: datetime, position: int) -> Bilingual:
    form = "EEEE d MMMM h:mm a"
    when = Bilingual(
        ar=format_datetime(opens, form, locale="ar_SA@numbers=latn"), en=format_datetime(opens, form, locale="en")
    )
    notice = texts.QUEUED_CLOSED
    position_ar = Bilingual(ar="{n}", en="{n}").format(n=position)
    return Bilingual(
        ar=notice.ar.format(position=position_ar.ar, opens=when.ar),
        en=notice.en.format(position=position_ar.en, opens=when.en),
    )
