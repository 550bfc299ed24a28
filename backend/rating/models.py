"""Tables of rating."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, Date, DateTime, Identity, Index, Numeric, String, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.infra.database import Base


class RateClass(Base):
    """A group of usage as bills name it; `quantity_size` of the counted units make one `quantity_unit`."""

    __tablename__ = "rating_rate_class"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    name_ar: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    quantity_unit: Mapped[str] = mapped_column(String(10))
    quantity_size: Mapped[Decimal] = mapped_column(Numeric(12, 3))


class RatedUsage(Base):
    """What a record of usage costs: exact, before tax. `reverses_id` takes another row back."""

    __tablename__ = "rating_rated_usage"
    __table_args__ = (
        Index("ix_rating_rated_usage_unbilled", "product_id", "local_date", postgresql_where=text("bill_id IS NULL")),
        Index("ix_rating_rated_usage_bill_id", "bill_id", postgresql_where=text("bill_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    usage_id: Mapped[UUID | None]
    product_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(12))
    rate_class: Mapped[str] = mapped_column(String(60))
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    local_date: Mapped[date] = mapped_column(Date)
    quantity: Mapped[Decimal] = mapped_column(Numeric(16, 3))
    included_quantity: Mapped[Decimal] = mapped_column(Numeric(16, 3))
    amount: Mapped[Decimal] = mapped_column(Numeric(18, 6))
    unit: Mapped[str] = mapped_column(String(3))
    reverses_id: Mapped[int | None] = mapped_column(BigInteger)
    rated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    bill_id: Mapped[UUID | None]
