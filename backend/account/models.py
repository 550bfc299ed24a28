"""Tables of account."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime, ForeignKey, Index, Numeric, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.infra.database import Base
from backend.infra.tmf630.documents import DocumentRow

DEFINED, ROLLS_UP = "defined", "rollsUpTo"


class BillingAccount(Base):
    """Where a customer's charges come together. `credit_amount` is money of theirs for the bills to come.

    The party's `main` account is the one its products are billed on. One that rolls up to another account has no bills
    of its own: its charges stand on the other's.
    `cycle_kind` and `bill_day` say when its bills are made (None: as the operator's profile says) since `cycle_since`,
    `former_kind` and `former_day` before that. `minimum_charge` is what a cycle comes to at least, before tax.
    """

    __tablename__ = "account_billing_account"
    audited = True
    counted_by = ("state",)
    __table_args__ = (
        Index("uq_account_billing_account_main", "party_id", unique=True, postgresql_where=text("main")),
        Index("ix_account_billing_account_party_id", "party_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_no: Mapped[str] = mapped_column(String(20), unique=True)
    party_id: Mapped[UUID | None]
    main: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    name: Mapped[str | None] = mapped_column(String(250))
    state: Mapped[str] = mapped_column(String(40), default=DEFINED, server_default=DEFINED)
    rolls_up_to_id: Mapped[UUID | None] = mapped_column(ForeignKey("account_billing_account.id"), index=True)
    credit_amount: Mapped[Decimal] = mapped_column(Numeric(14, 4), default=Decimal(0))
    cycle_kind: Mapped[str | None] = mapped_column(String(12))
    bill_day: Mapped[int | None]
    cycle_since: Mapped[date | None]
    former_kind: Mapped[str | None] = mapped_column(String(12))
    former_day: Mapped[int | None]
    minimum_charge: Mapped[Decimal | None] = mapped_column(Numeric(14, 4))
    document: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=text("'{}'"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class PartyAccount(DocumentRow, Base):
    """An account of a party that is not billed by us."""

    __tablename__ = "account_party_account"


class SettlementAccount(DocumentRow, Base):
    """An account through which partners settle."""

    __tablename__ = "account_settlement_account"


class FinancialAccount(DocumentRow, Base):
    """An account of the books."""

    __tablename__ = "account_financial_account"


class BillingCycleSpecification(DocumentRow, Base):
    """How often and when bills are made."""

    __tablename__ = "account_billing_cycle_specification"


class BillFormat(DocumentRow, Base):
    """How a bill looks."""

    __tablename__ = "account_bill_format"


class BillPresentationMedia(DocumentRow, Base):
    """How a bill reaches the customer."""

    __tablename__ = "account_bill_presentation_media"
