"""Tables that belong to no domain: the movable clock, running numbers, idempotent answers, the outbox."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Interval, String, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.infra.database import Base
from backend.infra.encryption import EncryptedText


class ClockShift(Base):
    """How far the business clock stands from the real one; at most one row, development only."""

    __tablename__ = "infra_clock"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    shift: Mapped[timedelta] = mapped_column(Interval, default=timedelta(0))


class RunningNumber(Base):
    """The last number given of a kind in a year; its row lock makes numbers gapless."""

    __tablename__ = "infra_running_number"

    prefix: Mapped[str] = mapped_column(String(8), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class IdempotentAnswer(Base):
    """The first answer to a request with an Idempotency-Key, per caller; its JSON is encrypted."""

    __tablename__ = "infra_idempotent_answer"

    caller: Mapped[str] = mapped_column(String(80), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    request_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int | None]
    body: Mapped[str | None] = mapped_column(EncryptedText)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now(), index=True)


class AuditEntry(Base):
    """One change, or one read of identity data: who, what, why, before and after. A trigger keeps it append-only."""

    __tablename__ = "infra_audit_entry"
    __table_args__ = (
        Index("ix_infra_audit_entry_entity", "entity", "entity_id"),
        Index("ix_infra_audit_entry_party", "party_id", "at"),
        Index("ix_infra_audit_entry_actor", "actor", "at"),
        Index("ix_infra_audit_entry_at", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    actor_kind: Mapped[str] = mapped_column(String(12))
    actor: Mapped[str] = mapped_column(String(80))
    actor_name: Mapped[str | None] = mapped_column(String(80))
    role: Mapped[str | None] = mapped_column(String(20))
    operation: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(300))
    action: Mapped[str] = mapped_column(String(10))
    entity: Mapped[str] = mapped_column(String(80))
    entity_id: Mapped[str] = mapped_column(String(80))
    party_id: Mapped[UUID | None]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class HubSubscription(Base):
    """Somebody who wants to hear of an API's events; the secret signs what they get."""

    __tablename__ = "infra_hub_subscription"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    api: Mapped[str] = mapped_column(String(10), index=True)
    owner: Mapped[str] = mapped_column(String(80))
    callback: Mapped[str]
    query: Mapped[str | None]
    secret: Mapped[str] = mapped_column(EncryptedText)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class HubDelivery(Base):
    """One event on its way to one subscriber, kept until the subscriber took it; the event is encrypted."""

    __tablename__ = "infra_hub_delivery"
    __table_args__ = (Index("ix_infra_hub_delivery_subscription", "subscription_id", "created_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    subscription_id: Mapped[UUID] = mapped_column(ForeignKey("infra_hub_subscription.id", ondelete="CASCADE"))
    event_type: Mapped[str] = mapped_column(String(80))
    body: Mapped[str] = mapped_column(EncryptedText)
    state: Mapped[str] = mapped_column(String(10), default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    delivered_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class OutgoingMessage(Base):
    """A message to a customer by SMS or e-mail, kept until its provider took it; body and recipient are encrypted."""

    __tablename__ = "infra_outgoing_message"
    __table_args__ = (Index("ix_infra_outgoing_message_created_at", "created_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    channel: Mapped[str] = mapped_column(String(10))
    recipient: Mapped[str] = mapped_column(EncryptedText)
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str] = mapped_column(EncryptedText)
    state: Mapped[str] = mapped_column(String(10), default="pending")
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
