"""Appointments and searches as other systems write them over TMF646."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.appointments import rules
from backend.appointments.errors import PartyUnknown, PeriodMissing, PlaceMissing
from backend.appointments.events import AppointmentCancelled
from backend.appointments.models import Appointment, SearchTimeSlot
from backend.appointments.queries import appointment as row_of
from backend.appointments.rules import OPEN, AppointmentState, Slot
from backend.appointments.service import booking
from backend.infra.database import clock_of
from backend.infra.events import publish
from backend.infra.tmf630 import Document
from backend.party import service as party

Period = tuple[datetime | None, datetime | None]
OURS = frozenset({"id", "href", "status", "validFor", "creationDate", "lastUpdate"})
ANSWER = frozenset({"id", "href", "searchDate", "searchResult", "availableTimeSlot", "status"})
SEARCHED = timedelta(days=14)
ORDER, TICKET = "ProductOrder", "TroubleTicket"


def create_appointment(session: Session, caller: Caller, body: Document) -> Appointment:
    """Book a visit, when `category` is technicianVisit or the time is one of our slots to come; else note what is said.

    Raises PartyUnknown, PlaceMissing, PeriodMissing, and the refusals of booking.
    """
    period, party_id, place = _period(body), _party(session, caller, body), _place(body)
    if not _is_visit(session, body, period):
        return _note(session, body, period, party_id)
    if place is None and caller.scope is not None:
        raise PlaceMissing
    found = booking.book(
        session,
        party_id=party_id,
        slot=_slot(period),
        place=place,
        order_id=_entity(body, ORDER),
        ticket_id=_entity(body, TICKET),
    )
    row = row_of(session, found.id)
    row.document = row.document | _kept(body)
    return row


def change_appointment(
    session: Session, caller: Caller, row: Appointment, whole: Document, names: frozenset[str]
) -> None:
    """Move it (`validFor`), cancel or close it (`status`), change what else is said.

    Staff may move and cancel on the day of the visit too. Raises the refusals of moving, cancelling and closing.
    """
    late = caller.scope is None
    if "validFor" in names:
        _move(session, row, _period(whole), late=late)
    if "relatedParty" in names:
        row.party_id = _party(session, caller, whole)
    if "relatedPlace" in names:
        row.place = _place(whole)
    if "status" in names:
        _bring_to(session, row, AppointmentState(whole.get("status", row.status)), late=late)
    kept = {name: value for name, value in row.document.items() if name not in names}
    row.document = kept | _kept({name: whole[name] for name in names if name in whole})
    row.updated_at = clock_of(session).now()


def remove_appointment(session: Session, caller: Caller, row: Appointment) -> None:
    """Delete it; who waits for an open one hears that nobody comes. Customers may until the day before.

    Raises TooLateToChange, AppointmentClosed.
    """
    clock = clock_of(session)
    if caller.scope is not None:
        rules.change(AppointmentState(row.status), row.starts_at, clock.now(), clock.zone)
    if row.status in OPEN:
        publish(session, AppointmentCancelled(row.id, row.order_id))
    session.delete(row)


def create_search(session: Session, caller: Caller, body: Document) -> SearchTimeSlot:
    """Answer with the slots that are free within the requested ones; within the next two weeks when none is said."""
    party_id = _party(session, caller, {"relatedParty": [body["relatedParty"]]} if "relatedParty" in body else {})
    row = SearchTimeSlot(party_id=party_id, document=_answered(session, body), created_at=clock_of(session).now())
    session.add(row)
    session.flush()
    return row


def change_search(session: Session, _: Caller, row: SearchTimeSlot, whole: Document, names: frozenset[str]) -> None:
    """Ask again, with what the patch changes; what it says of the answer itself stands."""
    asked = {name: value for name, value in whole.items() if name not in ANSWER}
    told = {name: whole[name] for name in names & {"availableTimeSlot", "status"} if name in whole}
    row.document = _answered(session, asked) | told


def remove_search(session: Session, _: Caller, row: SearchTimeSlot) -> None:
    """Forget the search."""
    session.delete(row)


def _is_visit(session: Session, body: Document, period: Period) -> bool:
    start, end = period
    if "category" in body or start is None or end is None:
        return body.get("category") == booking.VISIT
    return start > clock_of(session).now() and rules.is_slot(Slot(start, end), booking.timetable(session))


def _note(session: Session, body: Document, period: Period, party_id: UUID | None) -> Appointment:
    now = clock_of(session).now()
    row = Appointment(
        status=AppointmentState.INITIALIZED.value,
        starts_at=period[0],
        ends_at=period[1],
        party_id=party_id,
        place=_place(body),
        document=_kept(body),
        created_at=now,
        updated_at=now,
    )
    session.add(row)
    session.flush()
    return row


def _move(session: Session, row: Appointment, period: Period, *, late: bool) -> None:
    if row.area is not None:
        booking.move(session, row.id, _slot(period), late=late)
    elif period != (row.starts_at, row.ends_at):
        clock = clock_of(session)
        rules.change(AppointmentState(row.status), row.starts_at, clock.now(), clock.zone, late=True)
        row.starts_at, row.ends_at = period


def _bring_to(session: Session, row: Appointment, to: AppointmentState, *, late: bool) -> None:
    if to is AppointmentState.CANCELLED:
        booking.cancel(session, row.id, late=late)
    elif to is AppointmentState.COMPLETED:
        booking.complete(session, row.id)
    elif to is AppointmentState.FAILED:
        booking.fail(session, row.id)
    else:
        row.status = rules.close(AppointmentState(row.status), to).value


def _period(body: Document) -> Period:
    """The moments of `validFor`, as far as they are said. Raises PeriodMissing when they cannot be."""
    told = body.get("validFor") or {}
    try:
        start, end = (
            datetime.fromisoformat(told[name]) if name in told else None for name in ("startDateTime", "endDateTime")
        )
    except ValueError as error:
        raise PeriodMissing from error
    said = [moment for moment in (start, end) if moment is not None]
    if not all(moment.tzinfo and 1900 <= moment.year < 3000 for moment in said) or said != sorted(said):
        raise PeriodMissing
    return start, end


def _slot(period: Period) -> Slot:
    start, end = period
    if start is None or end is None:
        raise PeriodMissing
    return Slot(start, end)


def _party(session: Session, caller: Caller, body: Document) -> UUID | None:
    """The customer: the first related party that we know; for a customer, nobody outside of what they see."""
    known = [party.known_party(session, one["id"]) for one in body.get("relatedParty", [])]
    found = next((one for one in known if one is not None), None)
    if caller.scope is None:
        return found
    if any(one is None or one not in caller.scope for one in known):
        raise PartyUnknown
    return found or caller.party_id


def _place(body: Document) -> str | None:
    place = body.get("relatedPlace") or {}
    return place.get("name") or place.get("id")


def _entity(body: Document, kind: str) -> UUID | None:
    for one in body.get("relatedEntity", []):
        if one.get("@referredType") == kind:
            try:
                return UUID(one["id"])
            except ValueError:
                return None
    return None


def _kept(body: Document) -> Document:
    return {name: value for name, value in body.items() if name not in OURS}


def _answered(session: Session, body: Document) -> Document:
    asked = [_period(one) for one in body.get("requestedTimeSlot", [])]
    found = [{"id": slot.start.isoformat(), "validFor": _told(slot)} for slot in _free(session, _place(body), asked)]
    said = {name: value for name, value in body.items() if name not in ANSWER}
    result = "success" if found else "no free time slot"
    return said | {"availableTimeSlot": found, "searchResult": result, "status": "done"}


def _free(session: Session, place: str | None, asked: list[Period]) -> list[Slot]:
    """The free slots that meet one of the asked periods; an open end is two weeks ahead."""
    clock = clock_of(session)
    now = clock.now()
    spans = [(start or now, end or now + SEARCHED) for start, end in asked] or [(now, now + SEARCHED)]
    first = clock.local(max(min(start for start, _ in spans), now)).date()
    last = clock.local(max(end for _, end in spans)).date()
    slots = booking.free_slots(session, place, first, (last - first).days + 1)
    return [slot for slot in slots if any(start < slot.end and slot.start < end for start, end in spans)]


def _told(slot: Slot) -> dict[str, Any]:
    return {"startDateTime": slot.start.isoformat(), "endDateTime": slot.end.isoformat()}
