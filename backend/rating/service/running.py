"""One run of the engine over some lines' records: what each costs, and what was taken of allowances and caps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.kernel.period import Period
from backend.kernel.zone_shifts import shifts_of
from backend.rating import engine, queries
from backend.rating.book.classes import RateClassName
from backend.rating.engine import KIND_CODES, Setting
from backend.rating.service import tables
from backend.rating.service.books import books
from backend.rating.service.buckets import Bucket, Holders, buckets_of, spans_of
from backend.rating.service.lines import SoldLine, additions_to, pools_of
from backend.rating.service.tiers import TierCount, tier_counts


@dataclass(frozen=True, slots=True)
class Outcome:
    """The engine's rows in the order of the records, the classes they name, what each bucket gave and each tier
    counted, and everything that could have."""

    rows: pa.Table
    classes: Sequence[RateClassName]
    taken: Sequence[tuple[Bucket | TierCount, int]]
    scopes: frozenset[str]


def run(session: Session, lines: Sequence[SoldLine], records: pa.Table, *, anew: bool = False) -> Outcome:
    """Rate the records of the lines; `anew` forgets what earlier runs took of allowances and caps and counted."""
    operator, zone = operator_of(session), clock_of(session).zone
    days, home = _days(records, zone), tables.home_prefixes(operator)
    additions, by_party = additions_to(session, lines), pools_of(session, lines)
    pools = list({pool.account_id: pool for pool in by_party.values()}.values())
    versions, cards = tuple(books(session)), _cards(lines)
    tariffs = tables.tariffs_of(versions, tuple(cards.values()), home)
    buckets = buckets_of(session, Holders(lines, additions, pools), days, tariffs)
    numbers = [cards[line.offering.id, line.offering.version].number for line in lines]
    spans, valid_from = spans_of(session, days), [book.valid_from for book in versions]
    counts = tier_counts(lines, numbers, spans, tariffs, valid_from)
    scopes = {one.scope for one in buckets.listed} | {one.scope for one in counts}
    used = {} if anew else queries.tallies(session, scopes)
    prices = tables.price_tables(versions, tuple(cards.values()), home)
    setting = Setting(
        shifts_of(zone, days.start, days.end),
        tables.book_spans(versions),
        tables.prefix_lengths(prices["prefixes"]),
        buckets.levels,
        tiered=bool(tariffs.tiers),
    )
    places = {pool.account_id: number for number, pool in enumerate(pools)}
    shared = [places[by_party[line.party_id].account_id] if line.party_id in by_party else -1 for line in lines]
    given = {
        "usage": _usage(lines, records, shared, numbers),
        "special_days": tables.arrow("special_days", tables.special_days(operator, days)),
        "buckets": tables.arrow("buckets", buckets.rows(used)),
        "tallies": tables.arrow("tallies", [one.row(used) for one in counts]),
        **prices,
    }
    rows, from_buckets, counted = _rated(given, setting)
    of_count = {(one.line, one.tier, int(one.since.timestamp())): one for one in counts}
    taken: list[tuple[Bucket | TierCount, int]] = [
        (buckets.listed[row["bucket"]], row["given"]) for row in from_buckets
    ]
    taken += [(of_count[row["line"], row["tier"], row["since"]], row["given"]) for row in counted]
    return Outcome(rows, tariffs.classes, taken, frozenset(scopes))


def _rated(given: Mapping[str, pa.Table], setting: Setting) -> tuple[pa.Table, list[Any], list[Any]]:
    """The rows in the order of the records, what buckets gave, and what tiers counted."""
    duck = engine.DuckEngine(threads=2)
    try:
        for name, table in given.items():
            duck.put(engine.INPUT[name], table)
        rated = engine.rate(duck, setting)
        rows = duck.fetch(rated.rows).sort_by("id")
        taken = [row for relation in rated.given for row in duck.fetch(relation).to_pylist()]
        return rows, taken, duck.fetch(rated.counted).to_pylist() if rated.counted else []
    finally:
        duck.close()


def _cards(lines: Sequence[SoldLine]) -> dict[tuple[str, str], Any]:
    found: dict[tuple[str, str], Any] = {}
    for line in lines:
        key = (line.offering.id, line.offering.version)
        if key not in found:
            found[key] = tables.card_of(len(found) + 1, line.offering)
    return found


def _usage(lines: Sequence[SoldLine], records: pa.Table, pools: Sequence[int], cards: Sequence[int]) -> pa.Table:
    """The records as the engine reads them: `id` is their place, lines, pools and cards are numbers."""
    line = pc.index_in(records["product_id"], pa.array([str(one.product_id) for one in lines], pa.string()))
    kinds, codes = pa.array(list(KIND_CODES), pa.string()), pa.array(KIND_CODES.values(), pa.int64())
    columns = {
        "id": pa.array(range(len(records)), pa.int64()),
        "line": pc.cast(line, pa.int64()),
        "pool": pa.array(pools, pa.int64()).take(line.combine_chunks()),
        "card": pa.array(cards, pa.int64()).take(line.combine_chunks()),
        "kind": codes.take(pc.index_in(records["kind"], kinds).combine_chunks()),
        "calling": pc.fill_null(records["calling"], ""),
        "called": pc.fill_null(records["destination"], ""),
        "visited": pc.utf8_slice_codeunits(pc.fill_null(records["visited"], ""), 0, 3),
        "started": records["started"],
        "quantity": records["units"],
    }
    return pa.table(columns)


def _days(records: pa.Table, zone: Any) -> Period:
    ends = pc.min_max(records["started"]).as_py()
    first, last = (datetime.fromtimestamp(ends[name], UTC).astimezone(zone).date() for name in ("min", "max"))
    return Period(first, last)
