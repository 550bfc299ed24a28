"""The business's time: one moment, the operator's date."""

from datetime import UTC, date, datetime, timedelta

from backend.kernel.clock import Clock


def test_the_date_is_the_operators_not_utcs() -> None:
    late = Clock(source=lambda: datetime(2026, 11, 23, 21, 30, tzinfo=UTC))
    assert late.today() == date(2026, 11, 24)
    assert late.local(late.now()).hour == 0


def test_the_offset_moves_now_and_today() -> None:
    clock = Clock(source=lambda: datetime(2026, 11, 24, 9, tzinfo=UTC), offset=timedelta(days=7))
    assert clock.now() == datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert clock.today() == date(2026, 12, 1)


def test_a_clock_that_nobody_moved_tells_the_real_time() -> None:
    assert abs(Clock().now() - datetime.now(UTC)) < timedelta(seconds=5)
