"""Every SELECT of appointments."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.appointments.errors import AppointmentNotFound
from backend.appointments.models import Appointment, SearchTimeSlot, SlotLock
from backend.appointments.rules import OPEN, Slot
from backend.infra.scope import within
from backend.kernel.scope import Scope


def visible(scope: Scope) -> Select[Appointment]:
    """The appointments in scope, the next first."""
    return select(Appointment).where(within(Appointment.party_id, scope)).order_by(Appointment.starts_at)


def visible_searches(scope: Scope) -> Select[SearchTimeSlot]:
    """The searches in scope, the latest first."""
    return (
        select(SearchTimeSlot).where(within(SearchTimeSlot.party_id, scope)).order_by(SearchTimeSlot.created_at.desc())
    )


def appointment(session: Session, appointment_id: UUID, *, lock: bool = False) -> Appointment:
    """The appointment. Raises AppointmentNotFound."""
    found = session.get(Appointment, appointment_id, with_for_update=lock, populate_existing=lock)
    if found is None:
        raise AppointmentNotFound
    return found


def open_appointment(session: Session, *, order_id: UUID | None, ticket_id: UUID | None) -> Appointment | None:
    """The appointment that the order or ticket is waiting for."""
    if order_id is None and ticket_id is None:
        return None
    statement = select(Appointment).where(Appointment.status.in_(OPEN))
    for column, value in ((Appointment.order_id, order_id), (Appointment.ticket_id, ticket_id)):
        statement = statement if value is None else statement.where(column == value)
    return session.scalars(statement.limit(1)).one_or_none()


def lock_slot(session: Session, slot: Slot) -> None:
    """Let nobody else take a place of the slot until the transaction ends."""
    row = {"area": slot.area, "starts_at": slot.start}
    session.execute(insert(SlotLock).values(row).on_conflict_do_nothing())
    session.execute(select(SlotLock).filter_by(**row).with_for_update())


def taken(session: Session, area: str, since: datetime, until: datetime) -> dict[datetime, int]:
    """How many visits each slot of the area has, by its start; `until` is excluded."""
    statement = (
        select(Appointment.starts_at, func.count())
        .where(Appointment.area == area, Appointment.starts_at >= since, Appointment.starts_at < until)
        .where(Appointment.status.in_(OPEN))
        .group_by(Appointment.starts_at)
    )
    return {start: count for start, count in session.execute(statement) if start is not None}


def lock_order(session: Session, key: UUID) -> None:
    """One booking at a time for an order or a ticket."""
    session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"appointment:{key}"))))
