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


def cover(engine: SqlEngine, rows: Relation, level: Level) -> Covered:
    """Moves what the level's buckets cover from `rest` to `taken`, row by row in the order of use; `met` one at all.

    Where a bucket holds all that is asked of it no order is needed; only the rows of the others are sorted.
    """
    name = f"level_{level.number}"
    matched = engine.run(f"{name}_matched", _matched, rows, Relation.of("buckets", BUCKETS), level)
    asked = engine.run(f"{name}_asked", _asked, matched)
    contested = engine.run(f"{name}_contested", _contested, matched, asked)
    covered = engine.view(f"{name}_covered", _covered, matched, asked, contested)
    return Covered(covered, engine.view(f"{name}_given", _given, asked))


def _matched(rows: ibis.Table, buckets: ibis.Table, level: Level) -> ibis.Table:
    mine = buckets.filter(buckets.level == level.number).select(
        "bucket", "owner", "subject", "since", "until", "room", bucket_area="area"
    )
    fits = [
        rows[level.owner] == mine.owner,
        rows.kind + level.subject == mine.subject,
        rows.area == mine.bucket_area,
        rows.started >= mine.since,
        rows.started < mine.until,
        rows.rest > 0,
    ]
    kept = [name for name in rows.columns if name != "met"]
    return rows.left_join(mine, fits).select(*kept, "bucket", "room")


def _asked(matched: ibis.Table) -> ibis.Table:
    some = matched.filter(matched.bucket.notnull())
    return some.group_by("bucket").agg(total=some.rest.sum(), room=some.room.max())


def _given(asked: ibis.Table) -> ibis.Table:
    return asked.select("bucket", given=ibis.least(asked.total, asked.room))


def _contested(matched: ibis.Table, asked: ibis.Table) -> ibis.Table:
    scarce = asked.filter(asked.total > asked.room).select(scarce="bucket")
    rows = matched.inner_join(scarce, matched.bucket == scarce.scarce)
    earlier = ibis.window(group_by="bucket", order_by=["started", "id"], preceding=None, following=0)
    so_far = rows.rest.sum().over(earlier) - rows.rest
    return _moved(matched, rows, ibis.greatest(ibis.least(rows.rest, rows.room - so_far), 0))


def _covered(matched: ibis.Table, asked: ibis.Table, contested: ibis.Table) -> ibis.Table:
    scarce = asked.filter(asked.total > asked.room).select(scarce="bucket")
    plenty = matched.anti_join(scarce, matched.bucket == scarce.scarce)
    return _moved(matched, plenty, ibis.ifelse(plenty.bucket.isnull(), 0, plenty.rest)).union(contested)


def _moved(shape: ibis.Table, rows: ibis.Table, covered: ibis.Value) -> ibis.Table:
    kept = [name for name in shape.columns if name not in {"bucket", "room", "rest", "taken"}]
    return rows.select(*kept, rest=rows.rest - covered, taken=rows.taken + covered, met=rows.bucket.notnull())
