"""Facts of appointments."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AppointmentBooked:
    """A technician will come."""

    appointment_id: UUID
    order_id: UUID | None


@dataclass(frozen=True, slots=True)
class AppointmentMoved:
    """A technician will come at another time."""

    appointment_id: UUID
    order_id: UUID | None


@dataclass(frozen=True, slots=True)
class AppointmentCancelled:
    """Nobody will come."""

    appointment_id: UUID
    order_id: UUID | None


@dataclass(frozen=True, slots=True)
class AppointmentCompleted:
    """The technician was there, and the work is done."""

    appointment_id: UUID
    order_id: UUID | None


@dataclass(frozen=True, slots=True)
class AppointmentFailed:
    """The technician was there, or should have been, and the work is not done."""

    appointment_id: UUID
    order_id: UUID | None
