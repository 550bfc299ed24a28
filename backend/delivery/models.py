"""Tables of delivery."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.delivery.rules import DeliveryState
from backend.infra.database import Base
from backend.infra.encryption import EncryptedText

MOMENT = DateTime(timezone=True)


class BillDocument(Base):
    """A bill as it was first set, in one language: every reprint is these bytes, whatever templates become.

    `facts` are what was printed, in both languages; the other language is set from the same facts when it is wanted.
    """

    __tablename__ = "delivery_bill_document"

    bill_id: Mapped[UUID] = mapped_column(ForeignKey("billing_customer_bill.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    template: Mapped[str] = mapped_column(String(20))
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    made_at: Mapped[datetime] = mapped_column(MOMENT)


class DeliveryPreference(Base):
    """How a party wants its bills: "email", "sms" or "both"."""

    __tablename__ = "delivery_preference"
    audited = True

    party_id: Mapped[UUID] = mapped_column(ForeignKey("party_party.id"), primary_key=True)
    preference: Mapped[str] = mapped_column(String(10))
    changed_at: Mapped[datetime] = mapped_column(MOMENT)


class Delivery(Base):
    """One bill on one way to its customer; the key lets it be sent once."""

    __tablename__ = "delivery_delivery"
    audited = True
    __table_args__ = (
        UniqueConstraint("bill_id", "channel"),
        Index("ix_delivery_delivery_party_id", "party_id", "created_at"),
        Index("ix_delivery_delivery_message_id", "message_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    bill_id: Mapped[UUID] = mapped_column(ForeignKey("billing_customer_bill.id"))
    party_id: Mapped[UUID]
    channel: Mapped[str] = mapped_column(String(10))
    recipient: Mapped[str] = mapped_column(EncryptedText)
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(12), default=DeliveryState.INITIAL)
    tries: Mapped[int] = mapped_column(default=0)
    message_id: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(MOMENT)
    state_at: Mapped[datetime] = mapped_column(MOMENT)
