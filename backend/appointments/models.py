"""Tables of appointments."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.infra.database import Base

EMPTY = text("'{}'")


class Appointment(Base):
    """An appointment. With an `area` (also the empty one) it is a visit, and takes one technician of its slot.

    One without an area is what other systems note here: any time or none, nobody of ours comes.
    """

    __tablename__ = "appointments_appointment"
    audited = True
    __table_args__ = (
        Index("ix_appointments_appointment_slot", "area", "starts_at", postgresql_where=text("area IS NOT NULL")),
        Index("ix_appointments_appointment_party_id", "party_id"),
        Index(
            "uq_appointments_appointment_order_id",
            "order_id",
            unique=True,
            postgresql_where=text("status IN ('initialized', 'confirmed')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    status: Mapped[str] = mapped_column(String(12))
    area: Mapped[str | None] = mapped_column(String(120))
    starts_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ends_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("party_party.id"))
    place: Mapped[str | None]
    order_id: Mapped[UUID | None]
    ticket_id: Mapped[UUID | None]
    document: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=EMPTY)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class SlotLock(Base):
    """The row that whoever books or moves to a slot locks: two never take its last place."""

    __tablename__ = "appointments_slot"

    area: Mapped[str] = mapped_column(String(120), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), primary_key=True)


class SearchTimeSlot(Base):
    """Somebody's question for free slots, with the answer that was given."""

    __tablename__ = "appointments_search_time_slot"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("party_party.id"))
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
