"""Tables of tickets."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import DateTime, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.infra.database import Base
from backend.tickets.rules import TicketStatus


class TroubleTicket(Base):
    """One reported problem."""

    __tablename__ = "tickets_trouble_ticket"
    audited = True
    __table_args__ = (Index("ix_tickets_trouble_ticket_party", "party_id", "created_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    ticket_no: Mapped[str] = mapped_column(String(20), unique=True)
    party_id: Mapped[UUID]
    product_id: Mapped[UUID | None]
    ticket_type: Mapped[str] = mapped_column(String(20))
    description: Mapped[str]
    place: Mapped[str | None] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(14), default=TicketStatus.ACKNOWLEDGED)
    line_test: Mapped[str | None] = mapped_column(String(12))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expected_resolution_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    resolved_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class TicketNote(Base):
    """Something added to a ticket, by the customer or by staff."""

    __tablename__ = "tickets_note"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets_trouble_ticket.id", ondelete="CASCADE"), index=True)
    author: Mapped[str] = mapped_column(String(80))
    text: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
