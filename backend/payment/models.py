"""Tables of payment. None has a column for a card number; a saved card is the gateway's token, encrypted."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.infra.database import Base
from backend.infra.encryption import EncryptedText
from backend.payment.rules import PaymentStatus

AMOUNT = Numeric(14, 4)
MOMENT = DateTime(timezone=True)


class Payment(Base):
    """Money of a customer's on its way to us, or arrived (TMF676). `held` says why staff must decide about it."""

    __tablename__ = "payment_payment"
    audited = True
    counted_by = ("status",)
    __table_args__ = (
        CheckConstraint("amount > 0", name="positive"),
        CheckConstraint("reversed_amount >= 0 AND reversed_amount <= amount", name="reversed_within"),
        Index("ix_payment_payment_party_id", "party_id", "created_at"),
        Index("ix_payment_payment_account", "billing_account_id", "created_at"),
        Index("ix_payment_payment_open", "created_at", postgresql_where=text("status IN ('pendingAuthorization')")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    payment_no: Mapped[str] = mapped_column(String(20), unique=True)
    status: Mapped[str] = mapped_column(String(20), default=PaymentStatus.PENDING)
    status_at: Mapped[datetime] = mapped_column(MOMENT)
    created_at: Mapped[datetime] = mapped_column(MOMENT)
    captured_at: Mapped[datetime | None] = mapped_column(MOMENT)
    billing_account_id: Mapped[UUID] = mapped_column(ForeignKey("account_billing_account.id"))
    party_id: Mapped[UUID]
    purpose: Mapped[str] = mapped_column(String(10))
    bill_id: Mapped[UUID | None] = mapped_column(ForeignKey("billing_customer_bill.id"))
    product_id: Mapped[UUID | None] = mapped_column(ForeignKey("ordering_product.id"))
    method: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str] = mapped_column(String(3))
    amount: Mapped[Decimal] = mapped_column(AMOUNT)
    reversed_amount: Mapped[Decimal] = mapped_column(AMOUNT, default=Decimal(0), server_default="0")
    gateway_reference: Mapped[str | None] = mapped_column(String(80), unique=True)
    redirect_url: Mapped[str | None] = mapped_column(String(500))
    reason: Mapped[str | None] = mapped_column(String(200))
    held: Mapped[str | None] = mapped_column(String(30))
    receipt_no: Mapped[str | None] = mapped_column(String(20), unique=True)
    taken_by: Mapped[str | None] = mapped_column(String(80))
    document: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=text("'{}'"))


class Allocation(Base):
    """What of a payment went where: on a bill, or, without one, to the customer's credit."""

    __tablename__ = "payment_allocation"
    __table_args__ = (
        Index("ix_payment_allocation_payment_id", "payment_id"),
        Index("ix_payment_allocation_bill_id", "bill_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payment_payment.id"))
    position: Mapped[int]
    bill_id: Mapped[UUID | None] = mapped_column(ForeignKey("billing_customer_bill.id"))
    amount: Mapped[Decimal] = mapped_column(AMOUNT)


class Refund(Base):
    """Money of a payment that goes back (TMF676): a refund of ours, or a charge-back by the card's bank."""

    __tablename__ = "payment_refund"
    audited = True
    __table_args__ = (
        CheckConstraint("amount > 0", name="positive"),
        Index("ix_payment_refund_payment_id", "payment_id"),
        Index("ix_payment_refund_party_id", "party_id", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    refund_no: Mapped[str] = mapped_column(String(20), unique=True)
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payment_payment.id"))
    party_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(10))
    unit: Mapped[str] = mapped_column(String(3))
    amount: Mapped[Decimal] = mapped_column(AMOUNT)
    status: Mapped[str] = mapped_column(String(20))
    status_at: Mapped[datetime] = mapped_column(MOMENT)
    created_at: Mapped[datetime] = mapped_column(MOMENT)
    reason: Mapped[str] = mapped_column(String(300), default="")
    asked_by: Mapped[str] = mapped_column(String(80))
    approved_by: Mapped[str | None] = mapped_column(String(80))
    gateway_reference: Mapped[str | None] = mapped_column(String(80))
    document: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=text("'{}'"))


class Callback(Base):
    """One signed message of the gateway, and what came of it: applied, repeated, unknown, held, tooLate."""

    __tablename__ = "payment_callback"
    __table_args__ = (
        Index("ix_payment_callback_event_id", "event_id"),
        Index("ix_payment_callback_reference", "reference", "received_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    event_id: Mapped[str] = mapped_column(String(80))
    reference: Mapped[str] = mapped_column(String(80))
    outcome: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str] = mapped_column(String(3))
    amount: Mapped[Decimal] = mapped_column(AMOUNT)
    result: Mapped[str] = mapped_column(String(12))
    received_at: Mapped[datetime] = mapped_column(MOMENT)


class Autopay(Base):
    """A customer's consent to have bills paid from a saved card. One that counts for an account."""

    __tablename__ = "payment_autopay"
    audited = True
    __table_args__ = (
        Index(
            "uq_payment_autopay_active", "billing_account_id", unique=True, postgresql_where=text("state = 'active'")
        ),
        Index("ix_payment_autopay_party_id", "party_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    billing_account_id: Mapped[UUID] = mapped_column(ForeignKey("account_billing_account.id"))
    party_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(String(10))
    consent_version: Mapped[str] = mapped_column(String(20))
    consent_at: Mapped[datetime] = mapped_column(MOMENT)
    consent_by: Mapped[str] = mapped_column(String(80))
    gateway_reference: Mapped[str] = mapped_column(String(80), unique=True)
    redirect_url: Mapped[str | None] = mapped_column(String(500))
    token: Mapped[str | None] = mapped_column(EncryptedText)
    label: Mapped[str | None] = mapped_column(String(40))
    ended_at: Mapped[datetime | None] = mapped_column(MOMENT)


class AutopayAttempt(Base):
    """One try to pay a bill from a saved card; the key lets each number of try happen once."""

    __tablename__ = "payment_autopay_attempt"
    __table_args__ = (UniqueConstraint("bill_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    autopay_id: Mapped[UUID] = mapped_column(ForeignKey("payment_autopay.id"))
    bill_id: Mapped[UUID] = mapped_column(ForeignKey("billing_customer_bill.id"))
    number: Mapped[int]
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payment_payment.id"), unique=True)


class PaymentFile(Base):
    """A file of a bank or a bill network, whatever became of it: loaded, held or refused, with the reasons."""

    __tablename__ = "payment_file"
    audited = True
    __table_args__ = (
        Index("uq_payment_file_sha256", "sha256", unique=True, postgresql_where=text("state <> 'refused'")),
        Index("uq_payment_file_no", "profile", "file_no", unique=True, postgresql_where=text("state = 'loaded'")),
        Index("ix_payment_file_loaded_at", "loaded_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(String(200))
    profile: Mapped[str] = mapped_column(String(40))
    file_no: Mapped[str | None] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10))
    reasons: Mapped[list[str]] = mapped_column(JSONB)
    line_count: Mapped[int]
    line_sum: Mapped[Decimal] = mapped_column(AMOUNT)
    content: Mapped[str] = mapped_column(EncryptedText)
    loaded_at: Mapped[datetime] = mapped_column(MOMENT)
    loaded_by: Mapped[str] = mapped_column(String(80))


class FileLine(Base):
    """One payment of a file. `state`: pending, paid, suspense, duplicate, refused."""

    __tablename__ = "payment_file_line"
    audited = True
    __table_args__ = (
        UniqueConstraint("file_id", "line_no"),
        Index("uq_payment_file_line_once", "profile", "bank_reference", unique=True,
              postgresql_where=text("state IN ('pending', 'paid', 'suspense')")),
        Index("ix_payment_file_line_waiting", "state", "id", postgresql_where=text("state IN ('pending', 'suspense')")),
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("payment_file.id"))
    profile: Mapped[str] = mapped_column(String(40))
    line_no: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(200))
    bank_reference: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str] = mapped_column(EncryptedText)
    value_date: Mapped[date | None]
    unit: Mapped[str] = mapped_column(String(3))
    amount: Mapped[Decimal] = mapped_column(AMOUNT)
    payment_id: Mapped[UUID | None] = mapped_column(ForeignKey("payment_payment.id"))
    decided_by: Mapped[str | None] = mapped_column(String(80))


class SandboxCharge(Base):
    """The sandbox gateway's own memory of a session or a charge; not a record of the product."""

    __tablename__ = "payment_sandbox_charge"

    reference: Mapped[str] = mapped_column(String(80), primary_key=True)
    merchant_reference: Mapped[str] = mapped_column(String(80), unique=True)
    unit: Mapped[str] = mapped_column(String(3))
    amount: Mapped[Decimal] = mapped_column(AMOUNT)
    return_url: Mapped[str] = mapped_column(String(500))
    language: Mapped[str] = mapped_column(String(2))
    save_card: Mapped[bool]
    choice: Mapped[str | None] = mapped_column(String(20))
    chosen_at: Mapped[datetime | None] = mapped_column(MOMENT)
    refunded: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=text("'{}'"))
