"""When a charge may be disputed, how much of it, by when it is decided, and by whom."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from backend.disputes.errors import (
    AmountTooHigh,
    CurrencyDiffers,
    DisputeWindowPassed,
    NothingToDispute,
    SupervisorNeeded,
)
from backend.kernel.money import Money

AGENT_LIMIT = Decimal(50)


class DisputeState(StrEnum):
    """Our own words; TM Forum has no dispute of a bill line."""

    OPENED = "opened"
    UNDER_REVIEW = "underReview"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


OPEN_STATES = (DisputeState.OPENED, DisputeState.UNDER_REVIEW)


def check_window(bill_date: date, today: date, window_days: int) -> None:
    """Raises DisputeWindowPassed when the bill is older than disputes are taken for."""
    if today > bill_date + timedelta(days=window_days):
        raise DisputeWindowPassed(days=window_days)


def disputed_amount(asked: Money | None, charged: Money) -> Money:
    """The part in dispute: what was asked, or all of the charge.

    Raises CurrencyDiffers, AmountTooHigh, NothingToDispute.
    """
    if asked is not None and asked.unit != charged.unit:
        raise CurrencyDiffers(currency=charged.unit)
    if charged.value <= 0 or (asked is not None and asked.value <= 0):
        raise NothingToDispute
    if asked is not None and asked > charged:
        raise AmountTooHigh(charged=str(charged))
    return asked or charged


def decision_due(opened: date, working_days: int, works: Callable[[date], bool]) -> date:
    """The day by which it is decided: that many working days after it was opened."""
    day, left = opened, working_days
    while left:
        day += timedelta(days=1)
        left -= works(day)
    return day


def check_authority(amount: Money, *, supervisor: bool) -> None:
    """Raises SupervisorNeeded when an agent alone may not give that much."""
    if amount.value > AGENT_LIMIT and not supervisor:
        raise SupervisorNeeded
