"""The lives of balances, of what is done to them, and of what is set aside."""

from datetime import datetime, timedelta
from enum import StrEnum


class BalanceStatus(StrEnum):
    """Active; in grace, when its time is over but a top-up still saves it; expired."""

    ACTIVE = "active"
    GRACE = "suspended"
    EXPIRED = "expired"


class ActionType(StrEnum):
    """What was done to a balance."""

    TOP_UP = "topupBalance"
    ADJUST = "adjustBalance"
    TRANSFER = "transferBalance"
    RENEWAL = "renewal"


class ActionStatus(StrEnum):
    """TMF654's states of an action."""

    CREATED = "created"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ReservationStatus(StrEnum):
    """Set aside; used; given back; given back because nobody came for it."""

    HELD = "created"
    COMMITTED = "completed"
    RELEASED = "cancelled"
    EXPIRED = "expired"


def status_on(now: datetime, active_until: datetime | None, grace_days: int) -> BalanceStatus:
    """Where a balance is in its life; without an end it is active."""
    if active_until is None or now < active_until:
        return BalanceStatus.ACTIVE
    return BalanceStatus.GRACE if now < active_until + timedelta(days=grace_days) else BalanceStatus.EXPIRED
