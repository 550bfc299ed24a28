"""Use cases of appointments, and their front door: free slots, book, move, cancel, complete."""

from backend.appointments.service.booking import (
    AppointmentView,
    appointment,
    book,
    cancel,
    complete,
    fail,
    free_slots,
    move,
)

__all__ = ["AppointmentView", "appointment", "book", "cancel", "complete", "fail", "free_slots", "move"]
