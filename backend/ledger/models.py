"""Tables of the ledger. A trigger refuses to change or delete their rows (see the migration)."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import DateTime, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.infra.database import Base


class Entry(Base):
    """One change of money. `source` and `source_id` name what caused it, and make it happen once."""

    __tablename__ = "ledger_entry"
    __table_args__ = (UniqueConstraint("source", "source_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    source: Mapped[str] = mapped_column(String(30))
    source_id: Mapped[str] = mapped_column(String(80))
    entry_date: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class EntryPosting(Base):
    """One leg of an entry. That the entry is there is checked for all legs of a statement at once, by a trigger."""

    __tablename__ = "ledger_posting"
    __table_args__ = (
        Index(
            "ix_ledger_posting_account",
            "billing_account_id",
            "account",
            postgresql_where=text("billing_account_id IS NOT NULL"),
        ),
        Index("ix_ledger_posting_bill_id", "bill_id", postgresql_where=text("bill_id IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    entry_id: Mapped[UUID] = mapped_column(index=True)
    account: Mapped[str] = mapped_column(String(30))
    billing_account_id: Mapped[UUID | None]
    bill_id: Mapped[UUID | None]
    amount: Mapped[Decimal] = mapped_column(Numeric(16, 4))
