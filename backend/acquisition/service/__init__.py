"""Use cases of acquisition, and its front door: fill the form in, decide it, hand it to ordering."""

from backend.acquisition.service.decision import submit
from backend.acquisition.service.form import (
    cancel,
    change,
    expire_abandoned,
    missing,
    open_application,
    read,
    start,
)
from backend.acquisition.service.outcome import Approved, approved, mark_ordered

__all__ = [
    "Approved",
    "approved",
    "cancel",
    "change",
    "expire_abandoned",
    "mark_ordered",
    "missing",
    "open_application",
    "read",
    "start",
    "submit",
]
