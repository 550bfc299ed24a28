"""Tables of billing."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.billing.rules import BillState
from backend.infra.database import Base

AMOUNT = Numeric(14, 4)


class CustomerBill(Base):
    """One bill (TMF678). One for an account and cycle, whatever happens to a bill run."""

    __tablename__ = "billing_customer_bill"
    audited = True
    __table_args__ = (
        UniqueConstraint("billing_account_id", "period_start"),
        CheckConstraint("remaining_amount >= 0", name="not_overpaid"),
        CheckConstraint("disputed_amount >= 0", name="dispute_not_negative"),
        Index("ix_billing_customer_bill_party", "party_id", "bill_date"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    bill_no: Mapped[str] = mapped_column(String(20), unique=True)
    billing_account_id: Mapped[UUID] = mapped_column(ForeignKey("account_billing_account.id"))
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


class AppliedCustomerBillingRate(Base):
    """One line of a bill, as printed; `position` is its place."""

    __tablename__ = "billing_applied_rate"
    __table_args__ = (UniqueConstraint("bill_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    bill_id: Mapped[UUID] = mapped_column(ForeignKey("billing_customer_bill.id", ondelete="CASCADE"))
    position: Mapped[int]
    type: Mapped[str] = mapped_column(String(20))
    name_ar: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    product_id: Mapped[UUID | None]
    period_start: Mapped[date]
    period_end: Mapped[date]
    quantity: Mapped[Decimal | None] = mapped_column(Numeric(14, 3))
    quantity_unit: Mapped[str | None] = mapped_column(String(10))
    tax_percent: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    tax_excluded: Mapped[Decimal] = mapped_column(AMOUNT)
    tax: Mapped[Decimal] = mapped_column(AMOUNT)
    tax_included: Mapped[Decimal] = mapped_column(AMOUNT)
