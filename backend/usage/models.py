"""Tables of usage."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import DateTime, Index, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.infra.database import Base


class Usage(Base):
    """One call, message or data session of a line; `record_id` makes a record count once."""

    __tablename__ = "usage_usage"
    __table_args__ = (Index("ix_usage_usage_product", "product_id", "started_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    record_id: Mapped[str] = mapped_column(String(80), unique=True)
    product_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(8))
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    quantity: Mapped[Decimal] = mapped_column(Numeric(14, 3))
    destination: Mapped[str | None] = mapped_column(String(20))
    collected_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
