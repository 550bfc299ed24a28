"""The engine's edges: it agrees with the price told beforehand, chunks carry on, a moved clock moves the band."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from by_hand import cost
from engine_world import Use, World, price

from backend.kernel.zone_shifts import shifts_of
from backend.rating.book import TimePlan
from backend.rating.engine import NANO, DuckEngine
from backend.rating.rules import UnitPrice


def test_a_price_told_beforehand_is_what_the_engine_charges() -> None:
    chance, world = Random(5), World()
    told: dict[int, Decimal] = {}
    for _ in range(200):
        each, connect = (Decimal(chance.randint(0, 10**9)) / 10**9 for _ in range(2))
        per, first, increment = (chance.choice([1, 6, 7, 30, 60, 1_048_576]) for _ in range(3))
        quantity = chance.randint(0, 10**7)
        line = world.add([Use(quantity)], [price(each, per, first, increment, connect=connect)])
        told[line] = cost(quantity, UnitPrice("", each, per, first, increment, connect, "SAR"))
    rated = world.rated(DuckEngine(threads=1))
    assert {line: rated[line].total for line in told} == told


def test_rows_that_cost_the_same_are_told_apart_by_their_order() -> None:
    world = World()
    line = world.add([Use(60), Use(60), Use(60)], [price(1, 60)])
    world.bucket(line, 1, 90)
    answer = world.rated(DuckEngine(threads=1))[line]
    assert answer.included == (60, 30, 0)
    assert answer.amounts == (0, 1, 1)


def test_a_band_begins_when_the_clock_on_the_wall_says_so() -> None:
    plan = TimePlan.model_validate(
        {"id": "night", "bands": [{"id": "night", "from": "00:00", "to": "04:00"}, {"id": "day"}]}
    )
    world = World()
    start = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30 in Berlin, half an hour before clocks go back to 02:00
    line = world.add([Use(4 * 3600, start)], [price("0.001"), price(1, band=1)], plan=plan)
    berlin = shifts_of(ZoneInfo("Europe/Berlin"), date(2026, 10, 24), date(2026, 10, 26))
    plain = world.setting()
    world.setting = lambda: replace(plain, shifts=berlin)  # type: ignore[method-assign]
    night = (3 * 3600 - 1800) * Decimal("0.001")  # until 04:00, which is 03:00 UTC by then
    assert world.rated(DuckEngine(threads=1))[line].total == night + (4 * 3600 - 9000)


def test_a_call_over_several_steps_is_rounded_once() -> None:
    world = World()
    third = [
        {**price("0.000000001", 3, increment=1), "step_from": second, "step_until": second + 1} for second in range(3)
    ]
    line = world.add([Use(3), Use(2), Use(1)], third)
    assert world.rated(DuckEngine(threads=1))[line].amounts == (Decimal("1e-9"), Decimal("1e-9"), 0)


def test_money_pays_for_much_data_without_overflow() -> None:
    world = World()
    lines = [world.add([Use(megabytes << 20)], [price(3, 1 << 20)], kind="data") for megabytes in (50_000, 400, 1)]
    for line, paid in zip(lines, (30_000, 600, 3), strict=True):
        world.bucket(line, 600, paid * NANO, kind="data")
    rated = world.rated(DuckEngine(threads=1))
    assert [rated[line].included[0] >> 20 for line in lines] == [10_000, 200, 1]
    assert [rated[line].total for line in lines] == [120_000, 600, 0]
