"""The sandbox network's days always read the same."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from backend.provisioning.rules import CallDetailRecord, RecordKind
from backend.provisioning.sandbox_usage import usage_of_day

RIYADH = ZoneInfo("Asia/Riyadh")
NUMBER, HEAVY = "+966550101001", "+966550101007"


def month_of(number: str, profile: str = "mobile") -> list[CallDetailRecord]:
    first = date(2026, 10, 1)
    days = (first + timedelta(days=n) for n in range(31))
    return [record for day in days for record in usage_of_day(number, profile, day, RIYADH)]


def total(records: list[CallDetailRecord], kind: RecordKind) -> int:
    return sum(record.quantity for record in records if record.kind is kind)


def test_the_same_day_of_a_number_is_always_the_same() -> None:
    assert month_of(NUMBER) == month_of(NUMBER)
    assert month_of(NUMBER) != month_of("+966550101002")


def test_records_are_told_apart_and_lie_within_their_day() -> None:
    records = month_of(NUMBER)

    assert len({record.record_id for record in records}) == len(records)
    assert {record.start.astimezone(RIYADH).date() for record in records} <= {date(2026, 10, n) for n in range(1, 32)}
    assert [r.start for r in records] == sorted(r.start for r in records)


def test_a_month_of_a_mobile_is_what_people_use() -> None:
    records = month_of(NUMBER)

    assert 150 * 60 < total(records, RecordKind.VOICE) < 600 * 60
    assert 8_000 < total(records, RecordKind.DATA) < 25_000
    assert 5 < total(records, RecordKind.MESSAGE) < 62


def test_a_number_that_ends_in_seven_uses_more_than_its_bundle() -> None:
    records = month_of(HEAVY)

    assert total(records, RecordKind.VOICE) > 500 * 60
    assert total(records, RecordKind.DATA) > 20_480


def test_a_fixed_line_uses_data_only() -> None:
    assert {record.kind for record in month_of(NUMBER, "fixed")} == {RecordKind.DATA}
