"""Tables of billing."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.billing.rules import AdjustmentState, BillState, ChunkState, RunState
from backend.infra.database import Base

AMOUNT = Numeric(14, 4)


class CustomerBill(Base):
    """One bill (TMF678). One for an account and cycle, whatever happens to a bill run.

    A draft has no number yet and nothing is owed on it; customers do not see it. `category` is "normal", "last" of an
    account, or "interim", made on demand. `run_id` is the bill run that made it.
    """

    __tablename__ = "billing_customer_bill"
    audited = True
    counted_by = ("state",)
    __table_args__ = (
        UniqueConstraint("billing_account_id", "period_start"),
        CheckConstraint("remaining_amount >= 0", name="not_overpaid"),
        CheckConstraint("disputed_amount >= 0", name="dispute_not_negative"),
        CheckConstraint("bill_no IS NOT NULL OR state IN ('new', 'onHold', 'validated')", name="numbered"),
        Index("ix_billing_customer_bill_party", "party_id", "bill_date"),
        Index(
            "ix_billing_customer_bill_draft", "run_id", "billing_account_id", postgresql_where=text("bill_no IS NULL")
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    bill_no: Mapped[str | None] = mapped_column(String(20), unique=True)
    billing_account_id: Mapped[UUID]
    party_id: Mapped[UUID]
    period_start: Mapped[date]
    period_end: Mapped[date]
    bill_date: Mapped[date]
    due_date: Mapped[date]
    unit: Mapped[str] = mapped_column(String(3))
    tax_excluded: Mapped[Decimal] = mapped_column(AMOUNT)
    tax: Mapped[Decimal] = mapped_column(AMOUNT)
    tax_included: Mapped[Decimal] = mapped_column(AMOUNT)
    remaining_amount: Mapped[Decimal] = mapped_column(AMOUNT)
    disputed_amount: Mapped[Decimal] = mapped_column(AMOUNT, default=Decimal(0))
    state: Mapped[str] = mapped_column(String(14), default=BillState.NEW)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    run_id: Mapped[UUID | None]
    category: Mapped[str] = mapped_column(String(8), default="normal", server_default="normal")


class AppliedCustomerBillingRate(Base):
    """One line of a bill, as printed; `position` is its place.

    `charge` is what it is more precisely than TMF678's type: rental, unused, usage, lateUsage, oneOff, instalment,
    exitFee, deposit, depositReturn, discount, commitment, adjustment. `party_id` is whose it is, on a company's bill
    the branch; `reference` the adjustment, or the line of which it gives something back. Lines are written with their
    bill, in one transaction; triggers see to it that it is there, and that they go when a draft goes.
    """

    __tablename__ = "billing_applied_rate"
    __table_args__ = (
        UniqueConstraint("bill_id", "position"),
        Index("ix_billing_applied_rate_reference", "reference", postgresql_where=text("reference IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    bill_id: Mapped[UUID]
    position: Mapped[int]
    type: Mapped[str] = mapped_column(String(20))
    charge: Mapped[str | None] = mapped_column(String(20))
    rate_class: Mapped[str | None] = mapped_column(String(60))
    name_ar: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    product_id: Mapped[UUID | None]
    party_id: Mapped[UUID | None]
    period_start: Mapped[date]
    period_end: Mapped[date]
    quantity: Mapped[Decimal | None] = mapped_column(Numeric(14, 3))
    quantity_unit: Mapped[str | None] = mapped_column(String(10))
    tax_percent: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    tax_excluded: Mapped[Decimal] = mapped_column(AMOUNT)
    tax: Mapped[Decimal] = mapped_column(AMOUNT)
    tax_included: Mapped[Decimal] = mapped_column(AMOUNT)
    reference: Mapped[UUID | None]


class BillRun(Base):
    """The bills of all accounts that have a period which ends on `closing`. One run at a time works on a day.

    `planned`: what waited is rated, and the accounts are shared out in chunks.
    """

    __tablename__ = "billing_bill_run"
    audited = True
    __table_args__ = (
        Index(
            "uq_billing_bill_run_open",
            "closing",
            unique=True,
            postgresql_where=text("state IN ('running', 'checked', 'approved')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    run_no: Mapped[str] = mapped_column(String(20), unique=True)
    closing: Mapped[date]
    state: Mapped[str] = mapped_column(String(10), default=RunState.RUNNING)
    automatic: Mapped[bool]
    planned: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    started_by: Mapped[str] = mapped_column(String(80))
    approved_by: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class BillRunChunk(Base):
    """A part of a run: the accounts from one id to another, a transaction. Any worker takes the next that waits."""

    __tablename__ = "billing_bill_run_chunk"

    run_id: Mapped[UUID] = mapped_column(ForeignKey("billing_bill_run.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    first_account: Mapped[UUID]
    last_account: Mapped[UUID]
    accounts: Mapped[int]
    state: Mapped[str] = mapped_column(String(8), default=ChunkState.WAITING)
    bills: Mapped[int] = mapped_column(default=0)
    held: Mapped[int] = mapped_column(default=0)
    amount: Mapped[Decimal] = mapped_column(Numeric(18, 4), default=Decimal(0))
    told: Mapped[bool] = mapped_column(default=False)


class Adjustment(Base):
    """Money that billing staff charge (positive) or give (negative), tax included; the next bill takes it."""

    __tablename__ = "billing_adjustment"
    audited = True
    __table_args__ = (
        Index("ix_billing_adjustment_account", "billing_account_id", postgresql_where=text("state = 'approved'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    billing_account_id: Mapped[UUID] = mapped_column(ForeignKey("account_billing_account.id"))
    kind: Mapped[str] = mapped_column(String(12))
    amount: Mapped[Decimal] = mapped_column(AMOUNT)
    taxed: Mapped[bool] = mapped_column(default=True)
    name_ar: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(500))
    state: Mapped[str] = mapped_column(String(10), default=AdjustmentState.APPROVED)
    entered_by: Mapped[str] = mapped_column(String(80))
    decided_by: Mapped[str | None] = mapped_column(String(80))
    bill_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class CreditNote(Base):
    """Money taken off an issued bill, line by line with its tax; numbered without gaps once it is approved."""

    __tablename__ = "billing_credit_note"
    audited = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    note_no: Mapped[str | None] = mapped_column(String(20), unique=True)
    bill_id: Mapped[UUID] = mapped_column(ForeignKey("billing_customer_bill.id"), index=True)
    billing_account_id: Mapped[UUID]
    party_id: Mapped[UUID]
    reason: Mapped[str] = mapped_column(String(500))
    unit: Mapped[str] = mapped_column(String(3))
    tax_excluded: Mapped[Decimal] = mapped_column(AMOUNT)
    tax: Mapped[Decimal] = mapped_column(AMOUNT)
    tax_included: Mapped[Decimal] = mapped_column(AMOUNT)
    state: Mapped[str] = mapped_column(String(10), default=AdjustmentState.APPROVED)
    entered_by: Mapped[str] = mapped_column(String(80))
    decided_by: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    issued_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class CreditNoteLine(Base):
    """What a credit note takes off one line."""

    __tablename__ = "billing_credit_note_line"

    note_id: Mapped[UUID] = mapped_column(ForeignKey("billing_credit_note.id", ondelete="CASCADE"), primary_key=True)
    line_id: Mapped[UUID] = mapped_column(ForeignKey("billing_applied_rate.id"), primary_key=True, index=True)
    tax_excluded: Mapped[Decimal] = mapped_column(AMOUNT)
    tax: Mapped[Decimal] = mapped_column(AMOUNT)
    tax_included: Mapped[Decimal] = mapped_column(AMOUNT)


class BillOnDemand(Base):
    """A wish for a bill outside the cycle (TMF678 customerBillOnDemand), and the bill that came of it."""

    __tablename__ = "billing_bill_on_demand"
    audited = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    billing_account_id: Mapped[UUID] = mapped_column(ForeignKey("account_billing_account.id"), index=True)
    party_id: Mapped[UUID | None]
    name: Mapped[str | None] = mapped_column(String(200))
    description: Mapped[str | None] = mapped_column(String(500))
    state: Mapped[str] = mapped_column(String(20))
    bill_id: Mapped[UUID | None]
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
