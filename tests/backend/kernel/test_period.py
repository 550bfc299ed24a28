"""Periods are whole days, both ends included."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kernel.period import Period, month_of, months_between, next_month

days = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 11, 30))


@given(days)
def test_a_month_holds_its_day_and_touches_the_next_month(day: date) -> None:
    month = month_of(day)
    assert day in month
    assert month.start.day == 1
    assert next_month(day).start == month.end + timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "length"), [(date(2024, 2, 10), 29), (date(2026, 2, 10), 28), (date(2026, 12, 31), 31)]
)
def test_months_have_their_calendar_length(day: date, length: int) -> None:
    assert month_of(day).days == length


@given(days, days, days, days)
def test_the_overlap_is_the_days_that_both_hold(a: date, b: date, c: date, d: date) -> None:
    one, other = Period(min(a, b), max(a, b)), Period(min(c, d), max(c, d))
    shared = one.overlap(other)
    assert shared == other.overlap(one)
    if shared is None:
        assert one.end < other.start or other.end < one.start
    else:
        assert all(edge in one and edge in other for edge in (shared.start, shared.end))
        assert shared.days <= min(one.days, other.days)


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2026, 1, 2), date(2026, 1, 1))


def test_a_single_day_is_a_period_of_one() -> None:
    assert Period(date(2026, 1, 1), date(2026, 1, 1)).days == 1


def test_months_between_two_days_count_both_ends_and_cross_the_year() -> None:
    months = list(months_between(date(2025, 12, 31), date(2026, 2, 1)))
    assert [month.start for month in months] == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]


def test_there_are_no_months_before_the_first() -> None:
    assert list(months_between(date(2026, 2, 1), date(2026, 1, 31))) == []
