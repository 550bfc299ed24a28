"""Tables of disputes."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import DateTime, ForeignKey, Index, Numeric, String, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.disputes.rules import DisputeState
from backend.infra.database import Base


class Dispute(Base):
    """One contested charge. A bill, and each of its lines, has one open dispute at most."""

    __tablename__ = "disputes_dispute"
    audited = True
    __table_args__ = (
        Index(
            "uq_disputes_dispute_open",
            "bill_id",
            text("coalesce(line_id, '00000000-0000-0000-0000-000000000000'::uuid)"),
            unique=True,
            postgresql_where=text("state IN ('opened', 'underReview')"),
        ),
        Index("ix_disputes_dispute_party", "party_id", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    dispute_no: Mapped[str] = mapped_column(String(20), unique=True)
    party_id: Mapped[UUID]
    bill_id: Mapped[UUID] = mapped_column(ForeignKey("billing_customer_bill.id"))
    line_id: Mapped[UUID | None] = mapped_column(ForeignKey("billing_applied_rate.id"))
    unit: Mapped[str] = mapped_column(String(3))
    amount: Mapped[Decimal] = mapped_column(Numeric(14, 4))
    description: Mapped[str]
    state: Mapped[str] = mapped_column(String(12), default=DisputeState.OPENED)
    decision_due_date: Mapped[date]
    resolution: Mapped[str | None]
    decided_by: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
