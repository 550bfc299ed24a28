"""When bills are made: the cycles that an account can have, and what happens when it changes from one to another."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from backend.account.errors import CycleUnknown
from backend.kernel.period import Period, month_of

HALF = 16  # the first day of the second half
WRITTEN = re.compile(r"^(?:halfMonthly|monthly-(3[01]|[12]\d|[1-9]))$")


class CycleKind(StrEnum):
    """How often a bill is made."""

    MONTHLY = "monthly"
    HALF_MONTHLY = "halfMonthly"


@dataclass(frozen=True, slots=True)
class Cycle:
    """A cycle begins on `day` of each month, in a shorter month on its last day. Later months return to the day.

    The day is the anchor, also of proration: a cycle of day 31 that begins on 28 February ends on 30 March.
    Half-monthly cycles are 1 to 15 and 16 to the end.
    """

    kind: CycleKind = CycleKind.MONTHLY
    day: int = 1

    def __str__(self) -> str:
        return self.kind.value if self.kind is CycleKind.HALF_MONTHLY else f"{self.kind}-{self.day}"

    @classmethod
    def parse(cls, text: str) -> "Cycle":
        """From "halfMonthly" or "monthly-15". Raises CycleUnknown."""
        found = WRITTEN.match(text)
        if found is None:
            raise CycleUnknown(cycle=text[:40])
        return cls(CycleKind.MONTHLY, int(found[1])) if found[1] else cls(CycleKind.HALF_MONTHLY)

    def holding(self, day: date) -> Period:
        """The cycle that the day is in."""
        month = month_of(day)
        if self.kind is CycleKind.HALF_MONTHLY:
            middle = month.start.replace(day=HALF)
            return Period(month.start, middle - timedelta(days=1)) if day < middle else Period(middle, month.end)
        begins = self._begins(month)
        if day < begins:
            return Period(self._begins(month_of(month.start - timedelta(days=1))), begins - timedelta(days=1))
        return Period(begins, self._begins(month_of(month.end + timedelta(days=1))) - timedelta(days=1))

    def month_around(self, day: date) -> Period:
        """The days by which a monthly price is shared out: the cycle, or of half a month the whole one."""
        return month_of(day) if self.kind is CycleKind.HALF_MONTHLY else self.holding(day)

    def _begins(self, month: Period) -> date:
        return month.start.replace(day=min(self.day, calendar.monthrange(month.start.year, month.start.month)[1]))


EVERY_CYCLE = (Cycle(CycleKind.HALF_MONTHLY), *(Cycle(CycleKind.MONTHLY, day) for day in range(1, 32)))


def closing_on(day: date) -> Iterator[tuple[Cycle, Period]]:
    """The cycles of which a period ends that day, with that period."""
    for cycle in EVERY_CYCLE:
        period = cycle.holding(day)
        if period.end == day:
            yield cycle, period


@dataclass(frozen=True, slots=True)
class Cycles:
    """The cycle of an account: `cycle`, which holds from the day `since`; before that it was `former`."""

    cycle: Cycle
    since: date | None = None
    former: Cycle | None = None

    def at(self, day: date) -> Cycle:
        """The cycle that holds on the day."""
        return self.former if self.former and self.since and day < self.since else self.cycle

    def holding(self, day: date) -> Period:
        """The period that the day is billed in: short, where a new cycle did not begin with a whole one."""
        period = self.at(day).holding(day)
        if self.since is None or day < self.since:
            return period
        return Period(max(period.start, self.since), period.end)

    def changed(self, wish: Cycle, today: date) -> "Cycles":
        """With another cycle, from the day after the running period; what was chosen earlier and waits is dropped."""
        running = self.at(today)
        if wish == running:
            return Cycles(running) if self.cycle != running else self
        return Cycles(wish, self.holding(today).end + timedelta(days=1), running)
