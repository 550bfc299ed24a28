"""Tables of conversations: who owns one, its history by rising sequence number, and its handoffs."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.conversations.rules import MessageState, Owner
from backend.infra.database import Base
from backend.infra.encryption import EncryptedText


class Conversation(Base):
    """One conversation over one channel. `last_seq` is the number of its newest message."""

    __tablename__ = "conversations_conversation"
    __table_args__ = (
        Index("ix_conversations_conversation_queue", "queued_at", postgresql_where=text("owner = 'queued'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    channel: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2))
    owner: Mapped[str] = mapped_column(String(10), default=Owner.BOT)
    agent_id: Mapped[UUID | None] = mapped_column(ForeignKey("access_staff_member.id"))
    interaction_id: Mapped[UUID | None]
    last_seq: Mapped[int] = mapped_column(default=0)
    apologised: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    active_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    queued_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Message(Base):
    """A message of the history.

    `text` is what anyone may read again: masked. What a customer really typed rests in `raw`, encrypted, only until
    the assistant has answered. `lease_until` guards a message that is being answered; `try_after` delays the next try.
    """

    __tablename__ = "conversations_message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "client_id"),
        Index(
            "ix_conversations_message_open",
            "conversation_id",
            "seq",
            postgresql_where=text("state IN ('waiting', 'working')"),
        ),
    )

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations_conversation.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(primary_key=True)
    sender: Mapped[str] = mapped_column(String(10))
    text: Mapped[str]
    language: Mapped[str] = mapped_column(String(2))
    buttons: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    client_id: Mapped[str | None] = mapped_column(String(64))
    payload: Mapped[str | None]
    raw: Mapped[str | None] = mapped_column(EncryptedText)
    state: Mapped[str] = mapped_column(String(10), default=MessageState.DONE)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    try_after: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Handoff(Base):
    """A request for a person, with what the person needs to know."""

    __tablename__ = "conversations_handoff"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations_conversation.id", ondelete="CASCADE"), index=True
    )
    reason: Mapped[str]
    packet: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    claimed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    claimed_by: Mapped[UUID | None] = mapped_column(ForeignKey("access_staff_member.id"))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
