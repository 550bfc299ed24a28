"""The technician's visit that an order waits for: asked for by the order, or booked for it later."""

from uuid import UUID

from sqlalchemy.orm import Session

from backend.appointments import service as appointments
from backend.appointments.rules import OPEN, AppointmentState
from backend.appointments.service import AppointmentView
from backend.ordering.errors import AppointmentUnknown


def check_visit(session: Session, appointment_id: str, party_id: UUID | None) -> UUID:
    """The appointment that the order names. Raises AppointmentNotFound, AppointmentUnknown (also for another's)."""
    try:
        wanted = UUID(appointment_id)
    except ValueError as error:
        raise AppointmentUnknown(appointment=appointment_id) from error
    found = appointments.appointment(session, wanted)
    theirs = found.party_id is None or found.party_id == party_id
    if not theirs or (found.state not in OPEN and found.state is not AppointmentState.COMPLETED):
        raise AppointmentUnknown(appointment=appointment_id)
    return wanted


def visit(session: Session, appointment_id: str) -> AppointmentView:
    """The visit as it stands. Raises AppointmentNotFound."""
    return appointments.appointment(session, UUID(appointment_id))


def is_open(found: AppointmentView) -> bool:
    """Whether the visit is still to come."""
    return found.state in OPEN


def is_done(found: AppointmentView) -> bool:
    """Whether the technician was there, and the work is done."""
    return found.state is AppointmentState.COMPLETED


def call_off(session: Session, appointment_id: str) -> None:
    """Nobody needs to come any more."""
    if is_open(visit(session, appointment_id)):
        appointments.cancel(session, UUID(appointment_id), late=True)
