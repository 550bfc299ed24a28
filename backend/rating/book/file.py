"""A rate file (YAML) with its list of prefixes (CSV): every mistake is told with its line."""

import csv
import io
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from backend.infra import readable
from backend.infra.operator.part import WEEKDAYS, Part
from backend.infra.readable import FileMistake
from backend.kernel.text import Bilingual

Usage = Literal["voice", "message", "data", "valueAdded"]
Price = Annotated[Decimal, Field(ge=0, decimal_places=9)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][A-Za-z0-9]{0,30}$")]
Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "holiday"]
HOME = ("onNet", "offNet", "national")
BUILT_IN = (*HOME, "free")
PREFIX_COLUMNS = ["prefix", "zone", "ar", "en"]
LARGEST = 20_000_000


class Zone(Part):
    """Destinations that cost the same."""

    id: Name
    name: Bilingual


class RoamingZone(Part):
    """Foreign networks, by the code of their country (MCC), in which use costs the same."""

    id: Name
    name: Bilingual
    countries: tuple[Annotated[str, StringConstraints(pattern=r"^\d{3}$")], ...] = Field(min_length=1)


class Band(Part):
    """Hours of some days, local time; `holiday` beats the day of the week. A band without hours is what is left."""

    id: Name
    days: tuple[Day, ...] = ()
    opens: time | None = Field(default=None, alias="from")
    closes: time | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _whole_minutes(self) -> Self:
        if any(moment is not None and (moment.second or moment.microsecond) for moment in (self.opens, self.closes)):
            raise ValueError("bands begin and end on whole minutes")
        return self

    def holds(self, day: str, minute: int) -> bool:
        """Whether it covers that minute of that kind of day."""
        opens = 0 if self.opens is None else self.opens.hour * 60 + self.opens.minute
        closes = 1440 if self.closes is None or self.closes == time() else self.closes.hour * 60 + self.closes.minute
        return (not self.days or day in self.days) and opens <= minute < closes


class TimePlan(Part):
    """Bands in the order in which they are tried; the last one must have no days and no hours."""

    id: Name
    bands: tuple[Band, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _covers_every_minute(self) -> Self:
        last = self.bands[-1]
        if last.days or last.opens or last.closes:
            raise ValueError("the last band must have no days and no hours, so that every minute has a price")
        return self

    def band_at(self, weekday: int, minute: int, *, holiday: bool) -> int:
        """The place of the band at that minute; on a holiday, bands that name holidays come first."""
        days = ["holiday", WEEKDAYS[weekday]] if holiday else [WEEKDAYS[weekday]]
        for day in days:
            for place, band in enumerate(self.bands):
                if band.holds(day, minute) and (day != "holiday" or "holiday" in band.days):
                    return place
        return len(self.bands) - 1


class Step(Part):
    """The price from a second of the call on."""

    after: int = Field(default=0, ge=0)
    price: Price
    increment: int = Field(default=60, ge=1)


class Tier(Part):
    """The price of each `block` up to a quantity of the month; `flat` is added once it is entered."""

    up_to: int | None = Field(default=None, ge=1)
    price: Price
    block: int = Field(default=1, ge=1)
    flat: Price = Decimal(0)


class PriceRule(Part):
    """What one kind of use costs in some zones; exactly one of price, bandPrices, steps and tiers.

    Prices are for each `per` seconds, messages, megabytes or events, before tax; `first` and `increment` say in which
    pieces a call is counted. With `roaming` the rule is for use in that foreign zone; `zones: [any]` are all.
    """

    usage: Usage
    zones: tuple[str, ...] = Field(default=("any",), min_length=1)
    roaming: Name | None = None
    per: int | None = Field(default=None, ge=1)
    first: int | None = Field(default=None, ge=1)
    increment: int | None = Field(default=None, ge=1)
    connect_fee: Price = Decimal(0)
    minimum: Price = Decimal(0)
    maximum: Price | None = None
    discount_percent: Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)] = Decimal(0)
    price: Price | None = None
    times: Name | None = None
    band_prices: dict[str, Price] = Field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    tiers: tuple[Tier, ...] = ()
    by_volume: bool = False

    @property
    def counted_per(self) -> int:
        """How many seconds, messages, megabytes or events the price is for; a minute of calls when not said."""
        return self.per or (60 if self.usage == "voice" else 1)

    @property
    def counted_increment(self) -> int:
        """In which pieces use is counted; those of the price when not said."""
        return self.increment or self.counted_per

    @property
    def counted_first(self) -> int:
        """How much the first piece counts at least."""
        return self.first or self.counted_increment

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = (self.price is not None, bool(self.band_prices), bool(self.steps), bool(self.tiers))
        if sum(ways) != 1:
            raise ValueError("say exactly one of price, bandPrices, steps and tiers")
        if self.steps and self.steps[0].after != 0:
            raise ValueError("the first step must begin at 0")
        if bool(self.band_prices) != (self.times is not None):
            raise ValueError("bandPrices and times belong together")
        return self


class Prefix(Part):
    """The beginning of numbers of a zone: +E.164, or a short code."""

    prefix: Annotated[str, StringConstraints(pattern=r"^\+?\d{1,14}$")]
    zone: str
    ar: str
    en: str


class RateBook(Part):
    """A version of the prices of what is not sold with a plan: abroad, roaming, services; from a day on."""

    valid_from: date
    valid_to: date | None = None
    destinations: str
    zones: tuple[Zone, ...]
    roaming_zones: tuple[RoamingZone, ...] = ()
    times: tuple[TimePlan, ...] = ()
    prices: tuple[PriceRule, ...]
    prefixes: tuple[Prefix, ...] = ()

    def __hash__(self) -> int:
        """Cheap; books that differ elsewhere are told apart by comparison."""
        return hash((self.valid_from, len(self.prefixes)))


def read(path: Path) -> RateBook:
    """The book of a file with its prefixes. Raises FileMistake naming every line that is wrong."""
    book = readable.read(path, RateBook)
    prefixes = _prefixes(path.parent / book.destinations)
    whole = book.model_copy(update={"prefixes": prefixes})
    mistakes = check(whole)
    if mistakes:
        raise FileMistake("\n".join(f"{path.name}: {mistake}" for mistake in mistakes))
    return whole


def check(book: RateBook) -> list[str]:
    """What does not fit together in a book."""
    zones = {*BUILT_IN, *(zone.id for zone in book.zones)}
    abroad = {zone.id for zone in book.roaming_zones}
    plans = {plan.id: {band.id for band in plan.bands} for plan in book.times}
    mistakes = []
    if book.valid_to is not None and book.valid_to < book.valid_from:
        mistakes.append("validTo is before validFrom")
    for place, rule in enumerate(book.prices):
        mistakes += [f"prices.{place}: {mistake}" for mistake in _mistakes_of(rule, zones, abroad, plans)]
    seen: set[tuple[str, str | None, str]] = set()
    for place, rule in enumerate(book.prices):
        keys = {(rule.usage, rule.roaming, zone) for zone in rule.zones}
        mistakes += [f"prices.{place}: {rule.usage} to {zone} has a price already" for _, _, zone in keys & seen]
        seen |= keys
    return [*mistakes, *_mistakes_of_prefixes(book, zones)]


def _mistakes_of(rule: PriceRule, zones: set[str], abroad: set[str], plans: dict[str, set[str]]) -> list[str]:
    mistakes = [f"there is no zone {zone}" for zone in rule.zones if zone not in zones and zone != "any"]
    if rule.roaming is not None and rule.roaming not in abroad:
        mistakes.append(f"there is no roaming zone {rule.roaming}")
    if rule.roaming is None and set(rule.zones) & {*BUILT_IN, "any"}:
        mistakes.append("what is used at home, at home, is priced by the offerings in the catalogue")
    if rule.times is not None and rule.times not in plans:
        mistakes.append(f"there are no times {rule.times}")
    if rule.times in plans and set(rule.band_prices) != plans[rule.times]:
        mistakes.append(f"bandPrices must name {', '.join(sorted(plans[rule.times]))}, each once")
    return mistakes


def _mistakes_of_prefixes(book: RateBook, zones: set[str]) -> list[str]:
    seen: set[str] = set()
    mistakes = []
    for prefix in book.prefixes:
        if prefix.zone not in zones:
            mistakes.append(f"{book.destinations}: {prefix.prefix} names the zone {prefix.zone}, which there is not")
        if prefix.prefix in seen:
            mistakes.append(f"{book.destinations}: {prefix.prefix} stands there twice")
        seen.add(prefix.prefix)
    return mistakes


def _prefixes(path: Path) -> tuple[Prefix, ...]:
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileMistake(f"{path.name} cannot be read: {error}") from error
    rows = csv.DictReader(io.StringIO(content))
    if rows.fieldnames != PREFIX_COLUMNS:
        raise FileMistake(f"{path.name}, line 1: the columns must be {','.join(PREFIX_COLUMNS)}")
    found, mistakes = [], []
    for row in rows:
        try:
            found.append(Prefix.model_validate(row))
        except ValueError as error:
            first = str(error).splitlines()[2].strip() if len(str(error).splitlines()) > 2 else str(error)
            mistakes.append(f"{path.name}, line {rows.line_num}: {first}")
    if mistakes:
        raise FileMistake("\n".join(mistakes))
    return tuple(found)
