"""Spans of whole days, and the months that bills cover."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days from `start` to `end`, both included. Raises ValueError when it ends before it starts."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end on {self.end} before it starts on {self.start}")

    @property
    def days(self) -> int:
        """How many days it holds, one at least."""
        return (self.end - self.start).days + 1

    def overlap(self, other: "Period") -> "Period | None":
        """The days both hold, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start <= end else None

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


def month_of(day: date) -> Period:
    """The calendar month that holds the day."""
    last = calendar.monthrange(day.year, day.month)[1]
    return Period(day.replace(day=1), day.replace(day=last))


def next_month(day: date) -> Period:
    """The calendar month after the one that holds the day."""
    return month_of(month_of(day).end + timedelta(days=1))


def months_between(first: date, last: date) -> Iterator[Period]:
    """Each calendar month from the one of `first` to the one of `last`, both included."""
    month = month_of(first)
    while month.start <= last:
        yield month
        month = next_month(month.start)
