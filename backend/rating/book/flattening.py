"""From rate books and offerings to the tables that the engine reads: every rule that may be met, once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from backend.kernel.text import Bilingual
from backend.rating.book.classes import RateClassName, class_of
from backend.rating.book.file import BUILT_IN, HOME, PriceRule, RateBook, Tier, TimePlan, Usage
from backend.rating.engine import HORIZON, KIND_CODES, NANO, UNLIMITED
from backend.usage.rules import BYTES_A_MEGABYTE

NOWHERE, AT_HOME, NO_ALLOWANCE = -1, 0, -1
ANYWHERE_ELSE = ""
HOME_KINDS: tuple[Usage, ...] = ("voice", "message", "data")
SIZES = {"data": BYTES_A_MEGABYTE}
EPOCH = date(1970, 1, 1)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CardPrice:
    """The price of one kind of use at home: for each `per` seconds, messages or megabytes begun, or in tiers."""

    price: Decimal
    per: int
    tiers: tuple[Tier, ...] = ()
    by_volume: bool = False

    def rule(self, usage: Usage) -> PriceRule:
        """As a rate file would say it."""
        if self.tiers:
            return PriceRule(usage=usage, tiers=self.tiers, by_volume=self.by_volume, per=1)
        return PriceRule(usage=usage, price=self.price, per=self.per, first=self.per, increment=self.per)


@dataclass(frozen=True, slots=True)
class Card:
    """What an offering, in one version, says of use at home. A kind without a price is free on a postpaid line."""

    number: int
    prices: tuple[tuple[str, CardPrice], ...]
    postpaid: bool


@dataclass(slots=True)
class Tariffs:
    """The engine's tables of prices, and what their numbers mean."""

    routes: list[Row] = field(default_factory=list)
    prices: list[Row] = field(default_factory=list)
    tiers: list[Row] = field(default_factory=list)
    prefixes: list[Row] = field(default_factory=list)
    networks: list[Row] = field(default_factory=list)
    slots: list[Row] = field(default_factory=list)
    classes: list[RateClassName] = field(default_factory=list)
    areas: dict[str, int] = field(default_factory=lambda: {"national": AT_HOME, "international": NO_ALLOWANCE})
    plans: list[TimePlan] = field(default_factory=list)

    def class_number(self, name: RateClassName) -> int:
        """The number by which the engine knows the class."""
        if name not in self.classes:
            self.classes.append(name)
        return self.classes.index(name)

    def area(self, zone: str) -> int:
        """The number of the area in which an allowance counts: national, international, or a roaming zone."""
        return self.areas.setdefault(zone, len(self.areas))


def tariffs(books: Sequence[RateBook], cards: Sequence[Card], home_prefixes: Sequence[tuple[str, str]]) -> Tariffs:
    """The tables for these books, numbered from 1 in their order; `home_prefixes` are (prefix, built-in zone)."""
    made = Tariffs()
    add_slots(made, 0, TimePlan.model_validate({"id": "always", "bands": [{"id": "always"}]}))
    for number, book in enumerate(books, start=1):
        _add_book(made, number, book, cards, home_prefixes)
    return made


def _add_book(
    made: Tariffs, number: int, book: RateBook, cards: Sequence[Card], home_prefixes: Sequence[tuple[str, str]]
) -> None:
    zones = {name: place for place, name in enumerate((*BUILT_IN, *(zone.id for zone in book.zones)), start=1)}
    prefixes = dict(home_prefixes) | {prefix.prefix: prefix.zone for prefix in book.prefixes}
    made.prefixes += [
        {"book": number, "calling_prefix": "", "called_prefix": prefix, "zone": zones[zone]}
        for prefix, zone in prefixes.items()
    ]
    for zone in book.roaming_zones:
        made.networks += [{"book": number, "visited": code, "roaming": made.area(zone.id)} for code in zone.countries]
    plans = {}
    for plan in book.times:
        plans[plan.id] = len(made.plans) + 1
        add_slots(made, plans[plan.id], plan)
        made.plans.append(plan)
    for card in cards:
        for row in _home_rules(card):
            _add_route(made, _Place(number, card.number, zones, {}), *row)
        for rule in book.prices:
            _add_rule(made, _Place(number, card.number, zones, plans), rule, book)


@dataclass(frozen=True, slots=True)
class _Place:
    book: int
    card: int
    zones: dict[str, int]
    plans: dict[str, int]


def _home_rules(card: Card) -> Iterator[tuple[PriceRule, tuple[str, ...], RateClassName, int]]:
    for kind in HOME_KINDS:
        found = dict(card.prices).get(kind)
        if found is None and not card.postpaid:
            continue
        yield (found or CardPrice(Decimal(0), 1)).rule(kind), () if kind == "data" else HOME, class_of(kind), AT_HOME
    for kind in HOME_KINDS[:2]:
        yield PriceRule(usage=kind, price=Decimal(0), per=1), ("free",), class_of(kind, free=True), NO_ALLOWANCE


def _add_rule(made: Tariffs, place: _Place, rule: PriceRule, book: RateBook) -> None:
    names = {zone.id: zone.name for zone in book.zones}
    abroad = {zone.id: zone.name for zone in book.roaming_zones}
    area = NO_ALLOWANCE if rule.roaming is None else made.area(rule.roaming)
    named = (*place.zones, ANYWHERE_ELSE) if "any" in rule.zones else rule.zones
    if rule.roaming is not None:
        name = class_of(rule.usage, roaming=rule.roaming, where=abroad[rule.roaming])
        zones = () if rule.usage == "data" else named
        _add_route(made, place, rule, zones, name, area)
        return
    for zone in named:
        where: Bilingual = names[zone]
        _add_route(made, place, rule, (zone,), class_of(rule.usage, zone=zone, where=where), area)


def _add_route(  # noqa: PLR0917 - a rule and where it holds
    made: Tariffs,
    place: _Place,
    rule: PriceRule,
    zones: tuple[str, ...],
    name: RateClassName,
    area: int,
) -> None:
    route, size = _next_route(made), SIZES.get(rule.usage, 1)
    shared = {
        "book": place.book, "card": place.card, "kind": KIND_CODES[rule.usage],
        "roaming": max(area, AT_HOME), "route": route, "rate_class": made.class_number(name), "area": area,
        "bands": place.plans.get(rule.times or "", 0), "tier": route if rule.tiers else 0,
        "begun": not (rule.steps or rule.tiers),
        "first": rule.counted_first * size, "increment": rule.counted_increment * size,
        "least": nano(rule.minimum), "most": UNLIMITED if rule.maximum is None else nano(rule.maximum),
        "discount": int(rule.discount_percent * 100),
    }  # fmt: skip
    numbers = [place.zones.get(zone, NOWHERE) for zone in zones or (ANYWHERE_ELSE,)]
    made.routes += [shared | {"zone": zone} for zone in numbers]
    made.prices += list(_prices(route, rule, size, made))
    made.tiers += list(_tiers(route, rule, size))


def _next_route(made: Tariffs) -> int:
    return made.routes[-1]["route"] + 1 if made.routes else 1


def _prices(route: int, rule: PriceRule, size: int, made: Tariffs) -> Iterator[Row]:
    shared = {
        "route": route, "connect": nano(rule.connect_fee), "per": rule.counted_per * size,
        "first": rule.counted_first * size, "increment": rule.counted_increment * size,
    }  # fmt: skip
    if rule.steps:
        ends = [*(step.after for step in rule.steps[1:]), HORIZON]
        for step, end in zip(rule.steps, ends, strict=True):
            yield shared | {
                "band": 0, "step_from": step.after, "step_until": end, "price": nano(step.price),
                "first": step.increment, "increment": step.increment,
            }  # fmt: skip
        return
    plan = next((plan for plan in reversed(made.plans) if plan.id == rule.times), None)
    prices = [rule.band_prices[band.id] for band in plan.bands] if plan else [rule.price or Decimal(0)]
    for band, price in enumerate(prices):
        yield shared | {"band": band, "step_from": 0, "step_until": HORIZON, "price": nano(price)}


def _tiers(route: int, rule: PriceRule, size: int) -> Iterator[Row]:
    lower = 0
    for tier in rule.tiers:
        upper = UNLIMITED if tier.up_to is None else tier.up_to * size
        yield {
            "tier": route, "tier_from": lower, "tier_until": upper, "block": tier.block * size,
            "price": nano(tier.price), "flat": nano(tier.flat), "volume": rule.by_volume,
        }  # fmt: skip
        lower = upper


def add_slots(made: Tariffs, number: int, plan: TimePlan) -> None:
    """The bands of a plan, for each minute of each kind of day: weekdays from 0, from 7 when they are holidays."""
    for day_type in range(14):
        bands = [plan.band_at(day_type % 7, minute, holiday=day_type >= 7) for minute in range(1440)]
        until = HORIZON if len(plan.bands) == 1 else 1440  # a single band goes on over midnight
        for minute in range(1439, -1, -1):
            if minute < 1439 and bands[minute] != bands[minute + 1]:
                until = minute + 1
            made.slots.append(
                {"bands": number, "day_type": day_type, "minute": minute, "band": bands[minute], "band_until": until}
            )


def nano(amount: Decimal) -> int:
    """An amount in billionths."""
    return int(amount * NANO)
