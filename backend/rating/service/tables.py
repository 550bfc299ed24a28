"""From what the operator says to what the engine reads: prices, holidays, the zone's shifts."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

import holidays
import ibis
import pyarrow as pa

from backend.catalog.rules import Offering, OutOfBundle
from backend.infra.operator import Operator
from backend.kernel.period import Period
from backend.rating.book import Card, CardPrice, RateBook, Tariffs, tariffs
from backend.rating.book.file import Tier
from backend.rating.engine import INPUT, Book

EPOCH = date(1970, 1, 1)
HOLIDAY = 7
Rows = Sequence[Mapping[str, object]]


def arrow(name: str, rows: Rows) -> pa.Table:
    """Rows of one of the engine's tables."""
    return pa.Table.from_pylist(list(rows), schema=ibis.schema(dict(INPUT[name].columns)).to_pyarrow())


def card_of(number: int, offering: Offering) -> Card:
    """What the offering says of use at home."""
    prices = tuple((one.usage, _card_price(one)) for one in offering.out_of_bundle)
    return Card(number, prices, offering.kind.is_postpaid)


def _card_price(said: OutOfBundle) -> CardPrice:
    tiers = tuple(
        Tier(up_to=one.up_to, price=one.price.value, block=one.unit_size, flat=one.flat.value) for one in said.tiers
    )
    return CardPrice(said.price.value, said.unit_size, tiers, said.by_volume)


@lru_cache(maxsize=32)
def tariffs_of(books: tuple[RateBook, ...], cards: tuple[Card, ...], home: tuple[tuple[str, str], ...]) -> Tariffs:
    """The tables of prices for these offerings."""
    return tariffs(books, cards, home)


@lru_cache(maxsize=32)
def price_tables(
    books: tuple[RateBook, ...], cards: tuple[Card, ...], home: tuple[tuple[str, str], ...]
) -> dict[str, pa.Table]:
    """The same as the engine takes them in."""
    made = tariffs_of(books, cards, home)
    names = ("routes", "prices", "tiers", "prefixes", "networks", "slots")
    return {name: arrow(name, getattr(made, name)) for name in names}


def home_prefixes(operator: Operator) -> tuple[tuple[str, str], ...]:
    """Which numbers are ours (onNet), other mobiles (offNet), the country's, and free of charge."""
    code = f"+{operator.country_code}"
    found = {code: "national"} | {f"{code}{mobile}": "offNet" for mobile in operator.numbering.mobile_prefixes}
    for pool in operator.numbering.pool:
        first = int(pool.first)
        found |= {f"+{prefix}": "onNet" for prefix in covering_prefixes(first, first + pool.count - 1)}
    return tuple((found | dict.fromkeys(operator.rating.free_numbers, "free")).items())


def covering_prefixes(first: int, last: int) -> list[str]:
    """The fewest beginnings that fit all numbers from first to last and no other of that length."""
    found = []
    while first <= last:
        size = 1
        while first % (size * 10) == 0 and first + size * 10 - 1 <= last:
            size *= 10
        found.append(str(first // size))
        first += size
    return found


def special_days(operator: Operator, days: Period) -> list[dict[str, object]]:
    """The public holidays, and the operator's own, among the days."""
    own = {one.day for one in operator.rating.holidays} | operator.agent_hours.days_off
    public: set[date] = set()
    if operator.rating.public_holidays:
        years = range(days.start.year, days.end.year + 1)
        public = set(holidays.country_holidays(operator.country, years=years))
    return [
        {"day": (day - EPOCH).days, "day_type": HOLIDAY + day.weekday()} for day in sorted(own | public) if day in days
    ]


def book_spans(books: Sequence[RateBook]) -> tuple[Book, ...]:
    """The days on which each version holds: until its own end, or the day before the next one's."""
    starts = [book.valid_from for book in books[1:]] + [date.max]
    spans = []
    for number, (book, following) in enumerate(zip(books, starts, strict=True), start=1):
        after = following if book.valid_to is None else min(book.valid_to + timedelta(days=1), following)
        spans.append(Book(number, (book.valid_from - EPOCH).days, (after - EPOCH).days))
    return tuple(spans)


def prefix_lengths(table: pa.Table) -> tuple[tuple[int, int], ...]:
    """The lengths of prefixes, the ones that win first."""
    pairs = zip(table["calling_prefix"].to_pylist(), table["called_prefix"].to_pylist(), strict=True)
    return tuple(sorted({(len(calling), len(called)) for calling, called in pairs}, reverse=True))
