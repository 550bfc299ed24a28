"""When clocks on the wall are moved: a time zone as the seconds that it is ahead of UTC, span by span."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

HORIZON = 1 << 40  # an epoch second that nothing reaches


@dataclass(frozen=True, slots=True)
class Shift:
    """How far local time is ahead of UTC, in seconds, from one epoch second to another."""

    since: int
    until: int
    offset: int


def shifts_of(zone: ZoneInfo, first: date, last: date) -> tuple[Shift, ...]:
    """The zone's offsets over the days, two days' margin included; the last one has no end."""
    moment = datetime.combine(first - timedelta(days=2), time(), tzinfo=UTC)
    end = datetime.combine(last + timedelta(days=2), time(), tzinfo=UTC)
    found: list[Shift] = []
    since, offset = int(moment.timestamp()), _offset(zone, moment)
    while moment < end:
        later = min(moment + timedelta(days=1), end)
        if _offset(zone, later) != offset:
            turn = _turn(zone, moment, later)
            found.append(Shift(since, turn, offset))
            since, offset = turn, _offset(zone, later)
        moment = later
    return (*found, Shift(since, HORIZON, offset))


def wall_ends(shifts: tuple[Shift, ...]) -> list[tuple[int, int]]:
    """(end on the wall, offset) of each shift: where a wall time stands twice it is the first, where never the offset
    before the gap holds, as Python's `fold=0` has it."""
    ends = [(shift.until + max(shift.offset, following.offset), shift.offset) for shift, following in pairwise(shifts)]
    return [*ends, (HORIZON, shifts[-1].offset)]


def _offset(zone: ZoneInfo, moment: datetime) -> int:
    offset = moment.astimezone(zone).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


def _turn(zone: ZoneInfo, before: datetime, after: datetime) -> int:
    """The first second of the new offset between two moments."""
    low, high, old = int(before.timestamp()), int(after.timestamp()), _offset(zone, before)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, datetime.fromtimestamp(middle, UTC)) == old:
            low = middle
        else:
            high = middle
    return high
