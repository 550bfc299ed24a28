"""Tables of rating."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, DateTime, Identity, Index, Numeric, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.infra.database import Base


class RateClass(Base):
    """What usage of one price is called on a bill, and in what it is counted: `quantity_size` of ours make one unit."""

    __tablename__ = "rating_rate_class"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    name_ar: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    quantity_unit: Mapped[str] = mapped_column(String(20))
    quantity_size: Mapped[int]


class RatedUsage(Base):
    """What one record costs before tax, to a billionth. Append-only but for the bill that it lands on.

    Quantities are in seconds, messages, megabytes and events; `included_quantity` is what allowances covered. A
    reversal names what it reverses and bears its negation. `usage_id` and `rate_class` are no foreign keys, which would
    be looked up row by row: both are checked, all rows at once, in the transaction that writes them (`writing.write`).
    """

    __tablename__ = "rating_rated_usage"
    __table_args__ = (
        Index("ix_rating_rated_usage_unbilled", "product_id", "local_date", postgresql_where=text("bill_id IS NULL")),
        Index("ix_rating_rated_usage_usage_id", "usage_id"),
        Index("ix_rating_rated_usage_bill_id", "bill_id", postgresql_where=text("bill_id IS NOT NULL")),
        Index(
            "uq_rating_rated_usage_reverses_id",
            "reverses_id",
            unique=True,
            postgresql_where=text("reverses_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    usage_id: Mapped[UUID]
    product_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(10))
    rate_class: Mapped[str] = mapped_column(String(60))
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    local_date: Mapped[date]
    quantity: Mapped[Decimal] = mapped_column(Numeric(20, 6))
    included_quantity: Mapped[Decimal] = mapped_column(Numeric(20, 6))
    amount: Mapped[Decimal] = mapped_column(Numeric(20, 9))
    unit: Mapped[str] = mapped_column(String(3))
    reverses_id: Mapped[int | None] = mapped_column(BigInteger)
    rated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    bill_id: Mapped[UUID | None]


class Tally(Base):
    """How much of an allowance, a cap or a tier a period has used so far, money in billionths.

    `scope` names which, and whose.
    """

    __tablename__ = "rating_tally"

    scope: Mapped[str] = mapped_column(String(120), primary_key=True)
    since: Mapped[datetime] = mapped_column(DateTime(timezone=True), primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(index=True)
    used: Mapped[int] = mapped_column(BigInteger)


class RateBookVersion(Base):
    """A rate file as it was loaded; its prices hold from a day on, until the next one's."""

    __tablename__ = "rating_rate_book"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    valid_from: Mapped[date] = mapped_column(unique=True)
    valid_to: Mapped[date | None]
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    loaded_by: Mapped[str] = mapped_column(String(80))
    loaded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
