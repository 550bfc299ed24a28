"""Reactions of ordering."""

from sqlalchemy.orm import Session

from backend.appointments.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentCompleted,
    AppointmentFailed,
)
from backend.ordering import service
from backend.provisioning.events import PortingMoved


def go_on_porting(session: Session, event: PortingMoved) -> None:
    """The other operator has answered: the order that waits for it goes on."""
    service.wake(session, event.product_id)


def note_visit(session: Session, event: AppointmentBooked) -> None:
    """A visit was booked for an order: the order waits for it."""
    if event.order_id is not None:
        service.note_visit(session, event.appointment_id, event.order_id)


def go_on_visit(session: Session, event: AppointmentCompleted | AppointmentCancelled | AppointmentFailed) -> None:
    """The technician was there, or nobody comes: the order that waits for it goes on, or stops for staff."""
    service.wake_visit(session, event.appointment_id)
