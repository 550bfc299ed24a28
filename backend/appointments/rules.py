"""When technicians come, and what may become of an appointment. Values and decisions, without a database."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from backend.appointments.errors import (
    AppointmentClosed,
    NotAWorkingDay,
    SlotPast,
    SlotTooFarAhead,
    SlotUnknown,
    TooLateToChange,
)

EVERYWHERE = ""
"""The area of visits to places outside of every named area."""


class AppointmentState(StrEnum):
    """TMF646, letter for letter."""

    INITIALIZED = "initialized"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    COMPLETED = "completed"
    FAILED = "failed"


OPEN = frozenset({AppointmentState.INITIALIZED, AppointmentState.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Slot:
    """A time in which a technician comes, aware; `area` is an area's English name, `free` how many could come."""

    start: datetime
    end: datetime
    area: str = EVERYWHERE
    free: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Timetable:
    """The windows of a day in the operator's zone, on which days there are any, and how many can be visited."""

    windows: tuple[tuple[time, time], ...]
    weekdays: frozenset[int]
    days_off: frozenset[date]
    zone: ZoneInfo
    days_ahead: int
    capacity: int
    capacities: dict[str, int]

    def works_on(self, day: date) -> bool:
        """Whether technicians come on that day."""
        return day.weekday() in self.weekdays and day not in self.days_off

    def slots_on(self, day: date, area: str) -> Iterator[Slot]:
        """The slots of the day in that area, each with all of its capacity; none on a day off."""
        if not self.works_on(day):
            return
        for opens, closes in self.windows:
            start, end = (datetime.combine(day, at, tzinfo=self.zone) for at in (opens, closes))
            yield Slot(start, end, area, self.capacity_of(area))

    def slots(self, area: str, since: date, days: int) -> Iterator[Slot]:
        """The slots of that many days from `since` on."""
        for ahead in range(days):
            yield from self.slots_on(since + timedelta(days=ahead), area)

    def capacity_of(self, area: str) -> int:
        """How many technicians there are in the area for one slot."""
        return self.capacities.get(area, self.capacity)

    @property
    def told(self) -> str:
        """The windows, for a sentence."""
        return ", ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in self.windows)


def bookable(slot: Slot, timetable: Timetable, now: datetime) -> Slot:
    """The slot, if it is one of the timetable's and still to come.

    Raises SlotPast, SlotTooFarAhead, NotAWorkingDay, SlotUnknown.
    """
    today, day = now.astimezone(timetable.zone).date(), slot.start.astimezone(timetable.zone).date()
    if slot.start <= now:
        raise SlotPast
    if (day - today).days > timetable.days_ahead:
        raise SlotTooFarAhead(days=timetable.days_ahead)
    if not timetable.works_on(day):
        raise NotAWorkingDay(day=day)
    for known in timetable.slots_on(day, slot.area):
        if known == slot:
            return known
    raise SlotUnknown(slots=timetable.told)


def is_slot(slot: Slot, timetable: Timetable) -> bool:
    """Whether it is one of the timetable's slots, whenever."""
    day = slot.start.astimezone(timetable.zone).date()
    return any(known == replace(slot, area=known.area) for known in timetable.slots_on(day, EVERYWHERE))


def change(
    state: AppointmentState, start: datetime | None, now: datetime, zone: ZoneInfo, *, late: bool = False
) -> None:
    """Refuse to move or cancel what is over, or on the day of the visit; `late` allows the day itself.

    Raises AppointmentClosed, TooLateToChange.
    """
    if state not in OPEN:
        raise AppointmentClosed
    if start is not None and not late and now.astimezone(zone).date() >= start.astimezone(zone).date():
        raise TooLateToChange


def close(state: AppointmentState, to: AppointmentState) -> AppointmentState:
    """The state after the visit. Raises AppointmentClosed; closing again in the same state changes nothing."""
    if state is not to and state not in OPEN:
        raise AppointmentClosed
    return to
