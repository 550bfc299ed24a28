"""What rating tells of its work and its prices, and the periods for which allowances, caps and tiers hold."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from backend.kernel.period import Period, month_of

Cycle = Callable[[date], Period]


@dataclass(frozen=True, slots=True)
class RatingReport:
    """What a rating run did. `unrated` records wait: no price in force fits them."""

    collected: int = 0
    rated: int = 0
    unrated: int = 0
    reversed: int = 0

    def __add__(self, other: "RatingReport") -> "RatingReport":
        return RatingReport(
            self.collected + other.collected,
            self.rated + other.rated,
            self.unrated + other.unrated,
            self.reversed + other.reversed,
        )


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """The price of a use that begins at a moment: `price` for each `unit_size` seconds, messages, bytes or events.

    The first piece counts at least `first`, further ones are counted in pieces of `increment`.
    """

    rate_class: str
    price: Decimal
    unit_size: int
    first: int
    increment: int
    connect_fee: Decimal
    unit: str


def allowance_period(day: date, cycle: Cycle = month_of) -> Period:
    """The days for which one month's allowances, caps and tiers hold: the calendar month, or the cycle's own."""
    return cycle(day)


def periods_over(days: Period, cycle: Cycle = month_of) -> list[Period]:
    """The allowance periods that touch the days, oldest first."""
    found = [allowance_period(days.start, cycle)]
    while found[-1].end < days.end:
        found.append(allowance_period(found[-1].end + timedelta(days=1), cycle))
    return found
