"""Usage becomes money: allowances first, whole units of each record, then the price."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rating.rules import Price, RatedUsage, Tariff, rate
from backend.usage.rules import UsageKind, UsageRecord

KNOWN = {case["id"]: case for case in json.loads((Path(__file__).parent / "known_charges.json").read_text())["cases"]}
MOMENT = datetime(2026, 10, 3, 12, tzinfo=UTC)
VOICE = Price(included=Decimal(500 * 60), unit_size=Decimal(60), per_unit=Decimal("0.35"))
seconds = st.lists(st.integers(min_value=1, max_value=7200), max_size=40)


def used(kind: UsageKind, *quantities: int | str) -> list[UsageRecord]:
    return [UsageRecord(f"{kind}-{n}", kind, MOMENT, Decimal(q), None) for n, q in enumerate(quantities)]


def rated(price: Price, *quantities: int | str, kind: UsageKind = UsageKind.VOICE) -> RatedUsage:
    return rate(used(kind, *quantities), Tariff({kind: price}))[0]


def priced(included: int, unit: int, per_unit: str, *quantities: int | str) -> Decimal:
    return rated(Price(Decimal(included), Decimal(unit), Decimal(per_unit)), *quantities).amount


def test_each_call_is_rounded_up_to_begun_minutes_before_it_is_added() -> None:
    assert rated(VOICE, 1, 61, 60).used == Decimal(60 + 120 + 60)


def test_within_the_allowance_nothing_is_charged() -> None:
    charge = rated(VOICE, 500 * 60)
    assert (charge.beyond, charge.amount) == (0, 0)


def test_the_first_second_beyond_the_allowance_costs_a_whole_minute() -> None:
    charge = rated(VOICE, 500 * 60, 1)
    assert (charge.beyond, charge.amount) == (60, Decimal("0.35"))


def test_a_cap_ends_the_charge_of_the_period() -> None:
    capped = Price(Decimal(0), Decimal(1), Decimal("0.10"), at_most=Decimal(50))
    assert rated(capped, 499, kind=UsageKind.DATA).amount == Decimal("49.90")
    assert rated(capped, 500, kind=UsageKind.DATA).amount == 50
    assert rated(capped, 9000, kind=UsageKind.DATA).amount == 50


def test_an_unlimited_allowance_never_costs_anything() -> None:
    charge = rated(Price(included=None, unit_size=Decimal(60), per_unit=Decimal(1)), 10**7)
    assert (charge.beyond, charge.amount) == (0, 0)


def test_a_kind_that_the_plan_does_not_name_is_free_but_told() -> None:
    charges = rate(used(UsageKind.MESSAGE, 1, 1), Tariff({}))
    assert charges == [RatedUsage(UsageKind.MESSAGE, Decimal(2), Decimal(0), Decimal(0))]


def test_charges_come_in_the_order_voice_messages_data_and_unused_kinds_are_left_out() -> None:
    records = [*used(UsageKind.DATA, 5), *used(UsageKind.VOICE, 5)]
    assert [charge.kind for charge in rate(records, Tariff({}))] == [UsageKind.VOICE, UsageKind.DATA]
    assert rate([], Tariff({})) == []


@given(seconds)
def test_the_order_of_the_records_changes_nothing(quantities: list[int]) -> None:
    tariff = Tariff({UsageKind.VOICE: Price(Decimal(600), Decimal(60), Decimal("0.35"))})
    forwards, backwards = (used(UsageKind.VOICE, *some) for some in (quantities, quantities[::-1]))
    assert rate(forwards, tariff) == rate(backwards, tariff)


@given(seconds, st.integers(1, 3600))
def test_more_usage_never_costs_less(quantities: list[int], one_more: int) -> None:
    price = Price(Decimal(600), Decimal(60), Decimal("0.35"), at_most=Decimal(40))
    before = rated(price, *quantities).amount if quantities else Decimal(0)
    assert rated(price, *quantities, one_more).amount >= before


@pytest.mark.parametrize(
    ("case", "amount"),
    [
        ("br-f5", lambda i: priced(0, 1, i["rate"], i["usage"])),
        ("br-i3", lambda i: priced(i["allowance"], 1, i["rate"], i["used_before"], i["usage"])),
        ("br-j2", lambda i: priced(sum(i["allowances"]), 1, i["rate"], i["used_before"], i["usage"])),
        ("br-n4", lambda i: priced(i["allowance"], 30, "0.5", i["used_before"], i["usage"])),
        ("cgr-freemin", lambda i: priced(i["free_seconds"], 60, "0.6", i["call_seconds"])),
        ("cgr-t2-7", lambda i: priced(0, 1024, "1", i["units"])),
        (
            "kb-two-units",
            lambda i: sum(priced(0, unit["block"], unit["price"], unit["quantity"]) for unit in i["units"]),
        ),
    ],
)
def test_charges_agree_with_answers_known_elsewhere(case: str, amount: Any) -> None:
    expected = KNOWN[case]["expected"]
    known = expected if isinstance(expected, str) else expected.get("price", expected.get("cost"))
    assert amount(KNOWN[case]["inputs"]) == Decimal(known)


def test_an_allowance_of_one_cycle_does_not_reach_into_the_next() -> None:
    case = KNOWN["br-p-onecycle"]
    (_, first), (_, second) = case["inputs"]["usage"]
    amounts = [priced(2 * 10**9, 10**6, "1", first), priced(0, 10**6, "1", second)]
    assert amounts == [Decimal(known) for known in case["expected"]["price"]]
