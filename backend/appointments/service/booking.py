"""Visits of technicians: find a free slot, take it, change it, close it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from backend.appointments import queries, rules
from backend.appointments.errors import AlreadyBooked, SlotFull
from backend.appointments.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentCompleted,
    AppointmentFailed,
    AppointmentMoved,
)
from backend.appointments.models import Appointment
from backend.appointments.rules import EVERYWHERE, AppointmentState, Slot, Timetable
from backend.catalog import service as catalog
from backend.infra.database import clock_of
from backend.infra.events import publish
from backend.infra.operator import operator_of
from backend.infra.tmf630 import Document
from backend.party import service as party

MOST_DAYS = 92
VISIT = "technicianVisit"


@dataclass(frozen=True, slots=True)
class AppointmentView:
    """An appointment as other domains see it. Whatever was booked has a slot; what others noted may have none."""

    id: UUID
    state: AppointmentState
    slot: Slot | None
    place: str | None
    party_id: UUID | None
    order_id: UUID | None
    ticket_id: UUID | None


def timetable(session: Session) -> Timetable:
    """When the operator's technicians come."""
    operator = operator_of(session)
    visits, zone = operator.visits, operator.zone_info
    return Timetable(
        windows=tuple((window.opens, window.closes) for window in visits.windows),
        weekdays=visits.weekdays,
        days_off=operator.agent_hours.days_off,
        zone=zone,
        days_ahead=visits.book_days_ahead,
        capacity=visits.capacity,
        capacities=dict(visits.capacities),
    )


def area_at(session: Session, place: str | None) -> str:
    """The area whose technicians come to that address."""
    return (catalog.covered_area(session, place) if place else None) or EVERYWHERE


def free_slots(session: Session, area: str | None, since: date, days: int) -> list[Slot]:
    """The slots of that many days from `since` on that still have a technician free in the area; none in the past.

    `area` is an area's English name, or an address in it; None is outside of every named area.
    """
    plan, now, known = timetable(session), clock_of(session).now(), area_at(session, area)
    first = max(since, clock_of(session).today())
    count = max(0, min(days - (first - since).days, plan.days_ahead + 1, MOST_DAYS))
    slots = [slot for slot in plan.slots(known, first, count) if slot.start > now]
    if not slots:
        return []
    taken = queries.taken(session, known, slots[0].start, slots[-1].start + timedelta(seconds=1))
    left = [replace(slot, free=slot.free - taken.get(slot.start, 0)) for slot in slots]
    return [slot for slot in left if slot.free > 0]


def book(
    session: Session,
    *,
    party_id: UUID | None,
    slot: Slot,
    place: str | None,
    order_id: UUID | None = None,
    ticket_id: UUID | None = None,
) -> AppointmentView:
    """Take a place of the slot. Booking the same slot again for the same order or ticket is the same appointment.

    The area is the slot's, or that of the place. Raises SlotFull, SlotPast, SlotTooFarAhead, NotAWorkingDay,
    SlotUnknown, AlreadyBooked.
    """
    for key in (order_id, ticket_id):
        if key is not None:
            queries.lock_order(session, key)
    known = queries.open_appointment(session, order_id=order_id, ticket_id=ticket_id)
    if known is not None:
        return _same(session, known, slot)
    wanted = slot if slot.area else replace(slot, area=area_at(session, place))
    taken, now = _take(session, wanted), clock_of(session).now()
    row = Appointment(
        status=AppointmentState.CONFIRMED.value,
        area=taken.area,
        starts_at=taken.start,
        ends_at=taken.end,
        party_id=party_id,
        place=place,
        order_id=order_id,
        ticket_id=ticket_id,
        document=described(session, party_id, place, order_id, ticket_id),
        created_at=now,
        updated_at=now,
    )
    session.add(row)
    session.flush()
    publish(session, AppointmentBooked(row.id, order_id))
    return view(row)


def move(session: Session, appointment_id: UUID, slot: Slot, *, late: bool = False) -> AppointmentView:
    """Come at another time; until the day before, unless `late`. To the slot that it has: nothing changes.

    Raises AppointmentNotFound, AppointmentClosed, TooLateToChange, and the refusals of the slot.
    """
    row, clock = queries.appointment(session, appointment_id, lock=True), clock_of(session)
    rules.change(AppointmentState(row.status), row.starts_at, clock.now(), clock.zone, late=late)
    wanted = slot if slot.area else replace(slot, area=row.area or EVERYWHERE)
    if (wanted.start, wanted.area) == (row.starts_at, row.area):
        return view(row)
    taken = _take(session, wanted)
    row.starts_at, row.ends_at, row.area, row.updated_at = taken.start, taken.end, taken.area, clock.now()
    session.flush()
    publish(session, AppointmentMoved(row.id, row.order_id))
    return view(row)


def cancel(session: Session, appointment_id: UUID, *, late: bool = False) -> AppointmentView:
    """Nobody comes; until the day before, unless `late`. Cancelled again: nothing changes.

    Raises AppointmentNotFound, AppointmentClosed, TooLateToChange.
    """
    row, clock = queries.appointment(session, appointment_id, lock=True), clock_of(session)
    if row.status == AppointmentState.CANCELLED:
        return view(row)
    rules.change(AppointmentState(row.status), row.starts_at, clock.now(), clock.zone, late=late)
    return _close(session, row, AppointmentState.CANCELLED, AppointmentCancelled(row.id, row.order_id))


def complete(session: Session, appointment_id: UUID) -> AppointmentView:
    """The work is done. Raises AppointmentNotFound, AppointmentClosed."""
    row = queries.appointment(session, appointment_id, lock=True)
    return _close(session, row, AppointmentState.COMPLETED, AppointmentCompleted(row.id, row.order_id))


def fail(session: Session, appointment_id: UUID) -> AppointmentView:
    """The visit came to nothing. Raises AppointmentNotFound, AppointmentClosed."""
    row = queries.appointment(session, appointment_id, lock=True)
    return _close(session, row, AppointmentState.FAILED, AppointmentFailed(row.id, row.order_id))


def appointment(session: Session, appointment_id: UUID) -> AppointmentView:
    """The appointment. Raises AppointmentNotFound."""
    return view(queries.appointment(session, appointment_id))


def view(row: Appointment) -> AppointmentView:
    """The row as other domains see it."""
    slot = None
    if row.starts_at is not None and row.ends_at is not None:
        slot = Slot(row.starts_at, row.ends_at, row.area or EVERYWHERE)
    return AppointmentView(
        row.id, AppointmentState(row.status), slot, row.place, row.party_id, row.order_id, row.ticket_id
    )


def _same(session: Session, known: Appointment, slot: Slot) -> AppointmentView:
    """What is booked already, if it is for that slot. Raises AlreadyBooked."""
    if known.starts_at is not None and known.starts_at != slot.start:
        raise AlreadyBooked(day=clock_of(session).local(known.starts_at).date(), appointment=known.id)
    return view(known)


def described(
    session: Session, party_id: UUID | None, place: str | None, order_id: UUID | None, ticket_id: UUID | None
) -> Document:
    """What TMF646 says of a visit beside its time and state."""
    related = ((order_id, "productOrder", "ProductOrder"), (ticket_id, "troubleTicket", "TroubleTicket"))
    entities = [{"id": str(id_), "role": role, "@referredType": kind} for id_, role, kind in related if id_ is not None]
    kind = party.known_kind(session, party_id) if party_id is not None else None
    customer = {"id": str(party_id), "role": "customer", "@referredType": str(kind or "individual").capitalize()}
    return (
        {"category": VISIT}
        | ({"relatedParty": [customer]} if kind is not None else {})
        | ({"relatedPlace": {"role": "installation place", "name": place}} if place else {})
        | ({"relatedEntity": entities} if entities else {})
    )


def _take(session: Session, slot: Slot) -> Slot:
    """Lock the slot and see that a technician is left for it."""
    wanted = rules.bookable(slot, timetable(session), clock_of(session).now())
    queries.lock_slot(session, wanted)
    found = queries.taken(session, wanted.area, wanted.start, _just_after(wanted.start))
    if found.get(wanted.start, 0) >= wanted.free:
        raise SlotFull(slot=wanted.start.isoformat())
    return wanted


def _close(session: Session, row: Appointment, to: AppointmentState, fact: object) -> AppointmentView:
    before = AppointmentState(row.status)
    row.status = rules.close(before, to).value
    if before is not to:
        row.updated_at = clock_of(session).now()
        session.flush()
        publish(session, fact)
    return view(row)


def _just_after(moment: datetime) -> datetime:
    return moment + timedelta(seconds=1)
