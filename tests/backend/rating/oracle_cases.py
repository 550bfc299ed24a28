"""How each known case is put to the engine: its prices as its source states them, its usage, and what must come out."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine_world import Answer, Use, World, price, tier

from backend.rating.book import TimePlan
from backend.rating.engine import NANO

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parents[1] / "oracle" / "open.json").read_text())["cases"]
    if case["family"] in {"voice_rating", "voice_sms_data_rating", "allowance", "tiered_usage", "rerate", "rate_match"}
}
LEFT_OUT = {"cgr-round-down": "it rounds down to one decimal; we round once, at the bill line, half up"}
# prices of the sources' tariff plans: for the first minute, and from then on
FIRST = {
    "RT_10CNT": [price("0.1", 60, connect="0.2", step_until=60), price("0.05", 60, increment=1, step_from=60)],
    "RT_20CNT": [price("0.2", 60, connect="0.4", step_until=60), price("0.1", 60, increment=1, step_from=60)],
    "RT_40CNT": [
        price("0.4", 60, increment=30, connect="0.8", step_until=60),
        price("0.2", 60, increment=10, step_from=60),
    ],
}
DAY_AND_EVENING = TimePlan.model_validate(
    {"id": "two", "bands": [{"id": "day", "days": ["monday", "tuesday", "wednesday", "thursday", "friday"],
     "from": "00:00", "to": "18:00"}, {"id": "evening"}]}
)  # fmt: skip
NEW_YEAR = TimePlan.model_validate(
    {"id": "holidays", "bands": [{"id": "holiday", "days": ["holiday"]}, {"id": "peak", "from": "08:00", "to": "19:00"},
     {"id": "offPeak"}]}
)  # fmt: skip
DAY_PRICES = [price(1, connect=1), price("0.5", band=1)]


@dataclass(frozen=True)
class Bound:
    """The lines that a case became, and what to hold against its answer."""

    lines: tuple[int, ...]
    told: Callable[[list[Answer]], Any]
    expected: Any


def total(answers: list[Answer]) -> Decimal:
    return sum((answer.total for answer in answers), Decimal(0))


def covered(answers: list[Answer]) -> tuple[int, int, Decimal]:
    [one] = answers
    return sum(one.included), sum(one.quantities) - sum(one.included), one.total


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def bind(world: World) -> dict[str, Bound]:
    """Every case that we support, in the world."""
    world.tables["special_days"].append({"day": (date(2020, 1, 1) - date(1970, 1, 1)).days, "day_type": 9})
    bound: dict[str, Bound] = {}
    for part in (_calls, _bands, _plans, _allowances, _tiers, _matches):
        bound |= part(world)
    return bound


def _calls(world: World) -> dict[str, Bound]:
    bound = {}
    for name in ("cgr-tut-1", "cgr-tut-3", "cgr-tut-5", "cgr-tut-7", "cgr-tut-9"):
        inputs = CASES[name]["inputs"]
        use = Use(inputs["seconds"], moment(inputs["start"]))
        line = world.add([use], FIRST[inputs["expect_rate"]])
        bound[name] = Bound((line,), total, Decimal(CASES[name]["expected"]["exact_rounded_up_4"]))
    line = world.add([Use(130)], FIRST["RT_20CNT"])
    rounded = Decimal(CASES["cgr-tut2-1"]["expected"]["exact_rounded_up_4"])
    bound["cgr-tut2-1"] = Bound((line,), lambda all_: total(all_).quantize(Decimal("0.0001")), rounded)
    simple: dict[str, tuple[int, list[dict[str, Any]], dict[str, Any]]] = {
        "cgr-maxcost-free": (70, FIRST["RT_40CNT"], {"most": int(Decimal("0.62") * 10**9)}),
        "cgr-u-7": (132, [price(1, first=60, increment=1)], {}),
        "cgr-u-9": (24, [price("0.05", 60, increment=1, connect="0.15")], {}),
        "cgr-u-11": (0, [price("0.05", 60, increment=1, connect="0.15")], {}),
        "cgr-30-6-2": (57, [price("0.006", 60, first=30, increment=6)], {}),
        "cgr-c1": (90, [price(1)], {}),
        "cgr-t2-1": (45, [price("0.01", connect="0.1")], {}),
        "cgr-t2-11": (300, [price(0, connect="0.1")], {}),
    }
    for name, (seconds, prices, rule) in simple.items():
        bound[name] = Bound((world.add([Use(seconds)], prices, **rule),), total, Decimal(CASES[name]["expected"]))
    nobody = world.add([Use(60)])
    bound["cgr-u-13"] = Bound((nobody,), lambda all_: all_[0].amounts, (None,))
    return bound


def _bands(world: World) -> dict[str, Bound]:
    bound = {}
    for name in ("cgr-u-1", "cgr-u-3", "cgr-u-5"):
        inputs = CASES[name]["inputs"]
        start, end = moment(inputs["start"]), moment(inputs["end"])
        line = world.add([Use(int((end - start).total_seconds()), start)], DAY_PRICES, plan=DAY_AND_EVENING)
        bound[name] = Bound((line,), total, Decimal(CASES[name]["expected"]))
    prices = [price("0.01", connect="0.1"), price("0.02", connect="0.2", band=1), price("0.01", connect="0.1", band=2)]
    for name in ("cgr-t2-3", "cgr-t2-5"):
        inputs = CASES[name]["inputs"]
        line = world.add([Use(inputs["seconds"], moment(inputs["start"]))], prices, plan=NEW_YEAR)
        bound[name] = Bound((line,), total, Decimal(CASES[name]["expected"]))
    return bound


def _plans(world: World) -> dict[str, Bound]:
    data = world.add([Use(2048)], [price(1, 1024)], kind="data")
    message = world.add([Use(1)], [price("0.2")], kind="message")
    before, after = (world.add([Use(120)], [price(each, 60)]) for each in ("0.6", "1.7"))
    first, again = (Decimal(CASES["cgr-rerate-1"]["expected"][name]) for name in ("first", "after_rerate"))
    return {
        "cgr-t2-7": Bound((data,), total, Decimal(CASES["cgr-t2-7"]["expected"])),
        "cgr-t2-9": Bound((message,), total, Decimal(CASES["cgr-t2-9"]["expected"])),
        "cgr-rerate-1": Bound((before, after), lambda all_: [one.total for one in all_], [first, again]),
    }


def _allowances(world: World) -> dict[str, Bound]:
    bound = {}
    call = world.add([Use(120)], [price("0.6", 60)])
    world.bucket(call, 1, 60)
    bound["cgr-freemin"] = Bound((call,), covered, (60, 60, Decimal("0.6")))
    elsewhere = world.add([Use(180)], [price("0.1")])
    world.bucket(elsewhere, 1, 1000, area=7)
    bound["br-f5"] = Bound((elsewhere,), total, Decimal(18))
    one = world.add([Use(50)], [price("0.5")])
    world.bucket(one, 1, 50 - 24)
    bound["br-i3"] = Bound((one,), covered, _parts("br-i3"))
    two = world.add([Use(75)], [price("0.5")])
    world.bucket(two, 1, 60 - 30)
    world.bucket(two, 2, 40)
    bound["br-j2"] = Bound((two,), covered, _parts("br-j2"))
    shared = world.add([Use(20)], [price("0.1")], pool=7)
    world.bucket(shared, 1, 5)
    world.bucket(7, 500, 10)
    bound["br-k3"] = Bound((shared,), covered, _parts("br-k3"))
    money = world.add([Use(240)], [price("0.1")])
    world.bucket(money, 1, 10)
    world.bucket(money, 600, 2 * NANO)
    bound["br-l2-money"] = Bound((money,), covered, (30, 210, Decimal(21)))
    steps = world.add([Use(475)], [price("0.5", 30)])
    world.bucket(steps, 1, 300 - 240)
    bound["br-n4"] = Bound(
        (steps,),
        lambda all_: (sum(all_[0].included), all_[0].total),
        (60, Decimal(CASES["br-n4"]["expected"]["price"])),
    )
    september = datetime(2017, 9, 30, tzinfo=UTC)
    october = datetime(2017, 10, 1, tzinfo=UTC)
    uses = [Use(75_000_000, september), Use(7_500_000, october.replace(second=1))]
    cycle = world.add(uses, [price(1, 1_000_000)], kind="data")
    world.bucket(cycle, 1, 2 * 10**9, kind="data", until=int(october.timestamp()))
    bound["br-p-onecycle"] = Bound((cycle,), lambda all_: all_[0].amounts, (Decimal(0), Decimal(8)))
    dearer = world.add([Use(21)], tiers=[tier(0, 5, "0.111111"), tier(5, None, "0.5")])
    world.bucket(dearer, 1, 10)
    bound["br-v2"] = Bound((dearer,), covered, _parts("br-v2"))
    return bound


def _parts(name: str) -> tuple[int, int, Decimal]:
    expected = CASES[name]["expected"]
    return expected["included"], expected["over"], Decimal(expected["price"])


def _tiers(world: World) -> dict[str, Bound]:
    bound = {}
    for name, case in CASES.items():
        if case["family"] != "tiered_usage":
            continue
        inputs, expected = case["inputs"], case["expected"]
        if name == "kb-two-units":
            lines = tuple(
                world.add([Use(unit["quantity"])], [price(unit["price"], unit["block"])]) for unit in inputs["units"]
            )
        else:
            scale = 10 if inputs.get("quantity") == 100.5 else 1
            quantity = int(inputs.get("quantity", inputs.get("usage", 0)) * scale)
            lines = (world.add([Use(quantity)], tiers=_tier_rows(inputs, scale)),)
        known = expected if isinstance(expected, str) else expected["usage"]
        bound[name] = Bound(lines, total, Decimal(known))
    return bound


def _tier_rows(inputs: dict[str, Any], scale: int) -> list[dict[str, Any]]:
    if "ranges" in inputs:
        volume = inputs["model"] == "volume"
        uppers = [one["to_value"] for one in inputs["ranges"]]
        lowers = [0, *uppers[:-1]]
        return [
            tier(
                lower * scale, None if upper is None else upper * scale, Decimal(str(one["per_unit"])) / scale,
                flat=one["flat"], volume=volume,
            )
            for lower, upper, one in zip(lowers, uppers, inputs["ranges"], strict=True)
        ]  # fmt: skip
    if "package_size" in inputs:
        free, size = inputs["free_units"], inputs["package_size"]
        return [tier(0, free, 0)] * bool(free) + [tier(free, None, inputs["price_per_package"], block=size)]
    blocks = [
        one if isinstance(one, dict) else {"block_size": 1, "max_blocks": one[0], "price_per_block": one[1]}
        for one in inputs["tiers"]
    ]
    rows, lower, volume = [], 0, inputs.get("policy", "").startswith("TOP")
    for place, one in enumerate(blocks, start=1):
        upper = lower + one["block_size"] * one["max_blocks"]
        last = place == len(blocks)
        rows.append(
            tier(lower, None if last else upper, one["price_per_block"], block=one["block_size"], volume=volume)
        )
        lower = upper
    return rows


def _matches(world: World) -> dict[str, Bound]:
    inputs = CASES["br-rm-1"]["inputs"]
    numbers = {}
    for zone, (name, one) in enumerate(inputs["prefixes"].items(), start=21):
        world.tables["prefixes"].append(
            {"book": 1, "calling_prefix": one["a"], "called_prefix": one["b"], "zone": zone}
        )
        numbers[name] = zone
    event = Use(1, called=inputs["event"]["b"], calling=inputs["event"]["a"])
    chosen = world.add([event], [price(1)], kind="message", zone=numbers[CASES["br-rm-1"]["expected"]])
    expired = world.add([Use(1, datetime(2031, 1, 1, tzinfo=UTC))], [price(1)])
    return {
        "br-rm-1": Bound((chosen,), lambda all_: all_[0].classes, (chosen,)),
        "br-rm-3": Bound((expired,), lambda all_: all_[0].amounts, (None,)),
    }
