"""What buckets cover, in the order of use: allowances, money, and the room below a cap."""

from dataclasses import dataclass

import ibis

from backend.rating.engine.sql import Relation, SqlEngine
from backend.rating.engine.tables import BUCKETS, Level


@dataclass(frozen=True, slots=True)
class Covered:
    """What came out: the rows with what was taken, and what each bucket gave."""

    rows: Relation
    given: Relation


def cover(engine: SqlEngine, rows: Relation, level: Level, later: tuple[Level, ...]) -> Covered:
    """Moves what the level's buckets cover from `rest` to `taken`, row by row in the order of use; `met` one at all.

    Where a bucket holds all that is asked of it no order is needed; only the rows of the others are sorted.
    The rows lose what no `later` level asks for: most of the time goes into writing and reading them.
    """
    name, buckets = f"level_{level.number}", Relation.of("buckets", BUCKETS)
    matched = engine.run(f"{name}_matched", _matched, rows, buckets, level, later)
    asked = engine.run(f"{name}_asked", _asked, matched, buckets, level)
    contested = engine.run(f"{name}_contested", _contested, matched, asked)
    covered = engine.view(f"{name}_covered", _covered, matched, asked, contested)
    return Covered(covered, engine.view(f"{name}_given", _given, asked))


def uncovered(rows: ibis.Table) -> ibis.Table:
    """The rows with `rest` and `taken`: what no level has seen has all of its quantity in `rest`."""
    return rows if "rest" in rows.columns else rows.mutate(rest=rows.quantity, taken=ibis.literal(0, "int64"))


def _matched(rows: ibis.Table, buckets: ibis.Table, level: Level, later: tuple[Level, ...]) -> ibis.Table:
    mine = buckets.filter(buckets.level == level.number).select(
        "bucket", "owner", "subject", "since", "until", bucket_area="area"
    )
    fits = [
        rows[level.owner] == mine.owner,
        rows.kind + level.subject == mine.subject,
        rows.area == mine.bucket_area,
        rows.started >= mine.since,
        rows.started < mine.until,
        (rows.rest if "rest" in rows.columns else rows.quantity) > 0,
    ]
    idle = {"met", *([] if later else ["area"]), *({"pool"} - {one.owner for one in later})}
    return rows.left_join(mine, fits).select(*(name for name in rows.columns if name not in idle), "bucket")


def _asked(matched: ibis.Table, buckets: ibis.Table, level: Level) -> ibis.Table:
    some = uncovered(matched.filter(matched.bucket.notnull()))
    totals = some.group_by("bucket").agg(total=some.rest.sum())
    mine = buckets.filter(buckets.level == level.number).select("room", asked="bucket")
    return totals.inner_join(mine, totals.bucket == mine.asked).select("bucket", "total", "room")


def _given(asked: ibis.Table) -> ibis.Table:
    return asked.select("bucket", given=ibis.least(asked.total, asked.room))


def _contested(matched: ibis.Table, asked: ibis.Table) -> ibis.Table:
    scarce = asked.filter(asked.total > asked.room).select("room", scarce="bucket")
    rows = uncovered(matched.inner_join(scarce, matched.bucket == scarce.scarce))
    earlier = ibis.window(group_by="bucket", order_by=["started", "id"], preceding=None, following=0)
    so_far = rows.rest.sum().over(earlier) - rows.rest
    return _moved(matched, rows, ibis.greatest(ibis.least(rows.rest, rows.room - so_far), 0))


def _covered(matched: ibis.Table, asked: ibis.Table, contested: ibis.Table) -> ibis.Table:
    scarce = asked.filter(asked.total > asked.room).select(scarce="bucket")
    plenty = uncovered(matched.anti_join(scarce, matched.bucket == scarce.scarce))
    return _moved(matched, plenty, ibis.ifelse(plenty.bucket.isnull(), 0, plenty.rest)).union(contested)


def _moved(shape: ibis.Table, rows: ibis.Table, covered: ibis.Value) -> ibis.Table:
    kept = [name for name in shape.columns if name not in {"bucket", "rest", "taken"}]
    return rows.select(*kept, rest=rows.rest - covered, taken=rows.taken + covered, met=rows.bucket.notnull())
