"""Every SELECT of conversations."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from backend.access.errors import ConversationUnknown
from backend.conversations.models import Conversation, Handoff, Message
from backend.conversations.rules import MessageState, Owner, Sender

OPEN = (MessageState.WAITING, MessageState.WORKING)


def conversation(session: Session, conversation_id: UUID, *, lock: bool = False) -> Conversation:
    """The conversation; `lock` makes others wait. Raises ConversationUnknown."""
    found = session.get(Conversation, conversation_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise ConversationUnknown
    return found


def by_owner(owner: Owner | None) -> Select[Conversation]:
    """Conversations with that owner, or all."""
    statement = select(Conversation)
    return statement if owner is None else statement.where(Conversation.owner == owner)


def messages_after(session: Session, conversation_id: UUID, seq: int, limit: int = 500) -> Sequence[Message]:
    """The history after a sequence number, oldest first."""
    return session.scalars(
        select(Message)
        .where(Message.conversation_id == conversation_id, Message.seq > seq)
        .order_by(Message.seq)
        .limit(limit)
    ).all()


def by_client_id(session: Session, conversation_id: UUID, client_id: str) -> Message | None:
    """The message that a client sent under that id."""
    return session.scalars(
        select(Message).where(Message.conversation_id == conversation_id, Message.client_id == client_id)
    ).one_or_none()


def since_customer(session: Session, conversation_id: UUID) -> Sequence[Message]:
    """What was said after the customer's newest message, oldest first."""
    newest = select(func.coalesce(func.max(Message.seq), 0)).where(
        Message.conversation_id == conversation_id, Message.sender == Sender.CUSTOMER
    )
    return session.scalars(
        select(Message)
        .where(Message.conversation_id == conversation_id, Message.seq > newest.scalar_subquery())
        .order_by(Message.seq)
    ).all()


def customer_messages_since(session: Session, conversation_id: UUID, since: datetime) -> int:
    """How many messages the customer sent since then."""
    return _count(
        session,
        Message.conversation_id == conversation_id,
        Message.sender == Sender.CUSTOMER,
        Message.created_at > since,
    )


def notices_since(session: Session, conversation_id: UUID, since: datetime) -> int:
    """How many notices the gateway posted since then."""
    return _count(
        session, Message.conversation_id == conversation_id, Message.sender == Sender.SYSTEM, Message.created_at > since
    )


def open_messages(session: Session, conversation_id: UUID) -> int:
    """How many of the customer's messages wait for an answer."""
    return _count(session, Message.conversation_id == conversation_id, Message.state.in_(OPEN))


def unfinished(session: Session, conversation_id: UUID) -> set[str]:
    """The client ids of the messages that wait for an answer."""
    found = session.scalars(
        select(Message.client_id).where(Message.conversation_id == conversation_id, Message.state.in_(OPEN))
    )
    return {client_id for client_id in found if client_id is not None}


def finished(session: Session, conversation_id: UUID, client_ids: Collection[str]) -> dict[str, str]:
    """Those of the messages whose turn is over, with how it ended (done or failed)."""
    rows = session.execute(
        select(Message.client_id, Message.state).where(
            Message.conversation_id == conversation_id,
            Message.client_id.in_(client_ids),
            Message.state.not_in(OPEN),
        )
    )
    return {client_id: state for client_id, state in rows if client_id is not None}


def all_open(session: Session, conversation_id: UUID) -> Sequence[Message]:
    """The messages that wait for an answer, locked."""
    return session.scalars(
        select(Message)
        .where(Message.conversation_id == conversation_id, Message.state.in_(OPEN))
        .order_by(Message.seq)
        .with_for_update()
    ).all()


def next_open(session: Session, conversation_id: UUID) -> Message | None:
    """The oldest message that waits for an answer."""
    return session.scalars(
        select(Message)
        .where(Message.conversation_id == conversation_id, Message.state.in_(OPEN))
        .order_by(Message.seq)
        .limit(1)
        .with_for_update()
    ).one_or_none()


def with_work(session: Session, limit: int = 100) -> Sequence[UUID]:
    """Conversations with a message that may be answered now: new, due for another try, or left by a dead process."""
    free = or_(Message.lease_until.is_(None), Message.lease_until < func.clock_timestamp())
    due = or_(Message.try_after.is_(None), Message.try_after < func.clock_timestamp())
    return session.scalars(
        select(Message.conversation_id).where(and_(Message.state.in_(OPEN), free, due)).distinct().limit(limit)
    ).all()


def queue_position(session: Session, waiting: Conversation) -> int:
    """1 for the conversation that waits longest."""
    return 1 + _count(session, Conversation.owner == Owner.QUEUED, Conversation.queued_at < waiting.queued_at)


def open_handoff(session: Session, conversation_id: UUID) -> Handoff | None:
    """The request for a person that is not over yet."""
    return session.scalars(
        select(Handoff)
        .where(Handoff.conversation_id == conversation_id, Handoff.ended_at.is_(None))
        .order_by(Handoff.created_at.desc())
        .limit(1)
    ).one_or_none()


def _count(session: Session, *conditions: object) -> int:
    return session.scalar(select(func.count()).where(*conditions)) or 0  # type: ignore[arg-type]
