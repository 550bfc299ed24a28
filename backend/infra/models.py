"""Tables that belong to no domain: the movable clock, running numbers, idempotent answers, the outbox."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, DateTime, Index, Interval, String, func
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
