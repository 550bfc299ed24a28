"""One run of the engine over some lines' records: what each costs, and what was taken of allowances and caps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pyarrow as pa
from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.kernel.period import Period
from backend.kernel.zone_shifts import shifts_of
from backend.rating import engine
from backend.rating.book.classes import RateClassName
from backend.rating.engine import KIND_CODES, Setting
from backend.rating.service import tables
from backend.rating.service.books import books
from backend.rating.service.buckets import Bucket, Holders, buckets_of
from backend.rating.service.lines import Pool, SoldLine, additions_to, pools_of
from backend.usage.service import UsageToRate


@dataclass(frozen=True, slots=True)
class Outcome:
    """The engine's rows in the order of the records, the classes they name, and what each bucket gave."""

    rows: pa.Table
    classes: Sequence[RateClassName]
    taken: Sequence[tuple[Bucket, int]]


def run(session: Session, lines: Sequence[SoldLine], records: Sequence[UsageToRate], *, anew: bool = False) -> Outcome:
    """Rate the records of the lines; `anew` forgets what earlier runs took of allowances and caps."""
    operator, zone = operator_of(session), clock_of(session).zone
    days, home = _days(records, zone), tables.home_prefixes(operator)
    additions, by_party = additions_to(session, lines), pools_of(session, lines)
    pools = list({pool.account_id: pool for pool in by_party.values()}.values())
    versions, cards = tuple(books(session)), _cards(lines)
    tariffs = tables.tariffs_of(versions, tuple(cards.values()), home)
    buckets = buckets_of(session, Holders(lines, additions, pools), days, tariffs)
    used = {} if anew else buckets.used(session)
    prices = tables.price_tables(versions, tuple(cards.values()), home)
    setting = Setting(
        shifts_of(zone, days.start, days.end),
        tables.book_spans(versions),
        tables.prefix_lengths(prices["prefixes"]),
        buckets.levels,
        tiered=bool(tariffs.tiers),
    )
    given = {
        "usage": _usage(lines, records, by_party, pools, cards),
        "special_days": tables.arrow("special_days", tables.special_days(operator, days)),
        "buckets": tables.arrow("buckets", buckets.rows(used)),
        "tallies": tables.arrow("tallies", []),
        **prices,
    }
    duck = engine.DuckEngine(threads=2)
    try:
        for name, table in given.items():
            duck.put(engine.INPUT[name], table)
        rated = engine.rate(duck, setting)
        rows = duck.fetch(rated.rows).sort_by("id")
        taken = [row for relation in rated.given for row in duck.fetch(relation).to_pylist()]
    finally:
        duck.close()
    return Outcome(rows, tariffs.classes, [(buckets.listed[row["bucket"]], row["given"]) for row in taken])


def _cards(lines: Sequence[SoldLine]) -> dict[tuple[str, str], Any]:
    found: dict[tuple[str, str], Any] = {}
    for line in lines:
        key = (line.offering.id, line.offering.version)
        if key not in found:
            found[key] = tables.card_of(len(found) + 1, line.offering)
    return found


def _usage(
    lines: Sequence[SoldLine],
    records: Sequence[UsageToRate],
    by_party: dict[UUID, Pool],
    pools: Sequence[Pool],
    cards: dict[tuple[str, str], Any],
) -> pa.Table:
    places = {pool.account_id: number for number, pool in enumerate(pools)}
    known = {}
    for number, line in enumerate(lines):
        pool = by_party.get(line.party_id)
        card = cards[line.offering.id, line.offering.version].number
        known[line.product_id] = (number, places[pool.account_id] if pool else -1, card)
    of = [known[record.product_id] for record in records]
    schema = {name: pa.string() if kind == "string" else pa.int64() for name, kind in engine.INPUT["usage"].columns}
    columns: dict[str, list[Any]] = {
        "id": list(range(len(records))),
        "line": [one[0] for one in of],
        "pool": [one[1] for one in of],
        "card": [one[2] for one in of],
        "kind": [KIND_CODES[record.kind] for record in records],
        "calling": [record.calling or "" for record in records],
        "called": [record.destination or "" for record in records],
        "visited": [(record.visited or "")[:3] for record in records],
        "started": [record.started for record in records],
        "quantity": [record.units for record in records],
    }
    return pa.table({name: pa.array(columns[name], kind) for name, kind in schema.items()})


def _days(records: Sequence[UsageToRate], zone: Any) -> Period:
    first, last = min(record.started for record in records), max(record.started for record in records)
    return Period(
        datetime.fromtimestamp(first, UTC).astimezone(zone).date(),
        datetime.fromtimestamp(last, UTC).astimezone(zone).date(),
    )
