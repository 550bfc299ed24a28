"""Cycles begin on any day, clamp in short months, and change when the running period is over."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.account.errors import CycleUnknown
from backend.account.rules import EVERY_CYCLE, Cycle, CycleKind, Cycles, closing_on
from backend.kernel.period import Period

days = st.dates(date(2023, 1, 1), date(2032, 12, 31))


@given(days, st.sampled_from(EVERY_CYCLE))
def test_every_day_is_in_one_period_and_periods_follow_each_other(day: date, cycle: Cycle) -> None:
    period = cycle.holding(day)
    assert day in period
    after = cycle.holding(period.end + timedelta(days=1))
    assert after.start == period.end + timedelta(days=1)
    assert period.days in range(13, 17) if cycle.kind is CycleKind.HALF_MONTHLY else range(28, 32)


@given(days)
def test_the_cycles_that_end_on_a_day_are_those_whose_period_does(day: date) -> None:
    found = {cycle for cycle, _ in closing_on(day)}
    assert found == {cycle for cycle in EVERY_CYCLE if cycle.holding(day).end == day}


@pytest.mark.parametrize("day", [29, 30, 31])
def test_a_leap_february_ends_late_cycles_on_its_last_day_but_one(day: int) -> None:
    cycle = Cycle(CycleKind.MONTHLY, day)
    assert cycle.holding(date(2028, 2, 10)) == Period(date(2028, 1, day), date(2028, 2, 28))
    assert cycle.holding(date(2028, 3, 10)) == Period(date(2028, 2, 29), date(2028, 3, day - 1))


def test_half_a_month_is_to_the_fifteenth_and_to_the_end() -> None:
    half = Cycle(CycleKind.HALF_MONTHLY)
    assert half.holding(date(2027, 2, 15)) == Period(date(2027, 2, 1), date(2027, 2, 15))
    assert half.holding(date(2027, 2, 16)) == Period(date(2027, 2, 16), date(2027, 2, 28))
    assert half.month_around(date(2027, 2, 20)).days == 28


def test_another_cycle_begins_when_the_running_period_is_over() -> None:
    chosen = Cycles(Cycle()).changed(Cycle(CycleKind.MONTHLY, 15), date(2026, 3, 20))
    assert chosen.holding(date(2026, 3, 25)) == Period(date(2026, 3, 1), date(2026, 3, 31))
    assert chosen.holding(date(2026, 4, 2)) == Period(date(2026, 4, 1), date(2026, 4, 14))
    assert chosen.holding(date(2026, 4, 15)) == Period(date(2026, 4, 15), date(2026, 5, 14))


def test_who_changes_back_in_time_has_changed_nothing() -> None:
    before = Cycles(Cycle())
    chosen = before.changed(Cycle(CycleKind.HALF_MONTHLY), date(2026, 3, 20))
    assert chosen.changed(Cycle(), date(2026, 3, 21)) == before


@pytest.mark.parametrize("text", ["monthly-1", "monthly-31", "halfMonthly"])
def test_cycles_are_written_as_they_are_read(text: str) -> None:
    assert str(Cycle.parse(text)) == text


@pytest.mark.parametrize("text", ["monthly-0", "monthly-32", "weekly", "", "monthly"])
def test_other_cycles_are_refused(text: str) -> None:
    with pytest.raises(CycleUnknown):
        Cycle.parse(text)
