"""When technicians come: the timetable, and what may become of an appointment."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.appointments import rules
from backend.appointments.errors import (
    AppointmentClosed,
    NotAWorkingDay,
    SlotPast,
    SlotTooFarAhead,
    SlotUnknown,
    TooLateToChange,
)
from backend.appointments.rules import AppointmentState, Slot, Timetable
from backend.infra.operator import Visits
from backend.kernel.errors import DomainError

RIYADH = ZoneInfo("Asia/Riyadh")
SUNDAY = date(2026, 11, 29)
PLAN = Timetable(
    windows=((time(9), time(12)), (time(13), time(16))),
    weekdays=frozenset({6, 0, 1, 2, 3}),
    days_off=frozenset({date(2026, 12, 1)}),
    zone=RIYADH,
    days_ahead=30,
    capacity=2,
    capacities={"Riyadh": 5},
)
NOW = datetime(2026, 11, 28, 12, tzinfo=RIYADH)


def slot(day: date, hour: int = 9, length: int = 3, area: str = "") -> Slot:
    start = datetime.combine(day, time(hour), tzinfo=RIYADH)
    return Slot(start, start + timedelta(hours=length), area)


def test_a_week_has_two_windows_a_working_day_and_none_on_holidays_friday_and_saturday() -> None:
    starts = [one.start for one in PLAN.slots("Riyadh", SUNDAY, 7)]

    assert [f"{start:%a %H}" for start in starts] == [
        "Sun 09",
        "Sun 13",
        "Mon 09",
        "Mon 13",
        "Wed 09",
        "Wed 13",
        "Thu 09",
        "Thu 13",
    ]


def test_an_area_has_its_own_capacity() -> None:
    assert [one.free for area in ("Riyadh", "Hail") for one in PLAN.slots_on(SUNDAY, area)] == [5, 5, 2, 2]


def test_a_slot_to_come_can_be_booked_whatever_zone_it_is_written_in() -> None:
    wanted = slot(SUNDAY, 13)
    in_utc = Slot(wanted.start.astimezone(ZoneInfo("UTC")), wanted.end.astimezone(ZoneInfo("UTC")))

    assert rules.bookable(in_utc, PLAN, NOW) == wanted


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        (slot(date(2026, 11, 26)), SlotPast),
        (slot(SUNDAY + timedelta(days=40)), SlotTooFarAhead),
        (slot(date(2026, 12, 1)), NotAWorkingDay),
        (slot(date(2026, 12, 4)), NotAWorkingDay),
        (slot(SUNDAY, 10), SlotUnknown),
        (slot(SUNDAY, 9, 2), SlotUnknown),
        (slot(SUNDAY, 16), SlotUnknown),
    ],
)
def test_any_other_time_is_refused_in_both_languages(wanted: Slot, refusal: type[DomainError]) -> None:
    with pytest.raises(refusal) as raised:
        rules.bookable(wanted, PLAN, NOW)

    sentence = raised.value.sentence
    assert sentence.ar
    assert sentence.en
    assert "{" not in sentence.ar + sentence.en


def test_the_window_that_has_begun_is_past() -> None:
    with pytest.raises(SlotPast):
        rules.bookable(slot(SUNDAY), PLAN, slot(SUNDAY).start)


@pytest.mark.parametrize(("hours", "late", "allowed"), [(24, False, True), (9, False, False), (9, True, True)])
def test_a_change_is_made_the_day_before_at_the_latest(hours: int, late: bool, allowed: bool) -> None:
    start = slot(SUNDAY).start
    if allowed:
        rules.change(AppointmentState.CONFIRMED, start, start - timedelta(hours=hours), RIYADH, late=late)
        return
    with pytest.raises(TooLateToChange):
        rules.change(AppointmentState.CONFIRMED, start, start - timedelta(hours=hours), RIYADH, late=late)


@pytest.mark.parametrize("over", [AppointmentState.CANCELLED, AppointmentState.COMPLETED, AppointmentState.FAILED])
def test_what_is_over_stays_as_it_is(over: AppointmentState) -> None:
    with pytest.raises(AppointmentClosed):
        rules.change(over, slot(SUNDAY).start, NOW, RIYADH)
    with pytest.raises(AppointmentClosed):
        rules.close(over, AppointmentState.CONFIRMED)
    assert rules.close(over, over) is over


def test_a_profile_that_says_nothing_of_visits_has_the_usual_ones() -> None:
    visits = Visits()

    assert (len(visits.windows), visits.capacity, visits.weekdays) == (2, 4, frozenset({6, 0, 1, 2, 3}))
