"""Rated rows and tallies on their way to PostgreSQL: by COPY, inside the session's transaction."""

from collections.abc import Sequence
from uuid import UUID

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.infra import bulk
from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.rating.models import RateClass, RatedUsage, Tally
from backend.rating.service.buckets import Bucket
from backend.rating.service.running import Outcome
from backend.rating.service.tiers import TierCount
from backend.usage import service as usage

# the engine's whole numbers as exact decimals; a megabyte is 2**20 bytes, a division by which a double does exactly
READABLE = """
    SELECT usage_id, product_id, kind_name AS kind, rate_class_key AS rate_class,
        CAST(make_timestamp(started * 1000000) AS TIMESTAMPTZ) AS started_at,
        make_date(CAST(day AS INTEGER)) AS local_date,
        CAST(CASE kind WHEN 3 THEN quantity / 1048576.0 ELSE quantity END AS DECIMAL(20, 6)) AS quantity,
        CAST(CASE kind WHEN 3 THEN included / 1048576.0 ELSE included END AS DECIMAL(20, 6)) AS included_quantity,
        CAST(CAST(amount AS DECIMAL(20, 0)) * CAST('0.000000001' AS DECIMAL(10, 9)) AS DECIMAL(20, 9)) AS amount,
        CAST($unit AS VARCHAR) AS unit, CAST($now AS TIMESTAMPTZ) AS rated_at
    FROM outcome
"""
LOCKS = 64


def wait_for(session: Session, party_ids: Sequence[UUID]) -> None:
    """Let one transaction at a time rate a party's usage."""
    for lock in sorted({party_id.int % LOCKS for party_id in party_ids}):
        session.execute(text("SELECT pg_advisory_xact_lock(7, :lock)"), {"lock": lock})


def rated_rows(session: Session, records: pa.Table, outcome: Outcome) -> pa.Table:
    """What rows of `rating_rated_usage` the outcome makes of the records, in their order."""
    rows = outcome.rows.filter(pc.is_valid(outcome.rows["rate_class"]))
    of, keys = records.take(rows["id"]), pa.array([one.key for one in outcome.classes], pa.string())
    named = {
        "usage_id": of["usage_id"], "product_id": of["product_id"], "kind_name": of["kind"],
        "rate_class_key": keys.take(pc.cast(rows["rate_class"], pa.int64()).combine_chunks()),
    }  # fmt: skip
    for name, column in named.items():
        rows = rows.append_column(name, column)
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("outcome", rows)
        of_all = {"unit": operator_of(session).currency, "now": clock_of(session).now().isoformat()}
        return connection.sql(READABLE, params=of_all).to_arrow_table()


def write(session: Session, rows: pa.Table, outcome: Outcome, *, again: bool = False) -> None:
    """Keep the rated rows, and note that their records are rated: locked and known to exist, before rows name them."""
    keep_classes(session, outcome)
    usage.mark_rated(session, rows["usage_id"].to_pylist(), again=again)
    bulk.copy_in(session, RatedUsage.__tablename__, rows)


def keep_classes(session: Session, outcome: Outcome) -> None:
    """Let bills know what the classes are called."""
    rows = [
        {
            "key": one.key, "name_ar": one.name.ar, "name_en": one.name.en, "quantity_unit": one.quantity_unit,
            "quantity_size": one.quantity_size,
        }
        for one in outcome.classes
    ]  # fmt: skip
    if rows:
        new = insert(RateClass)
        named = {"name_ar": new.excluded.name_ar, "name_en": new.excluded.name_en}
        session.execute(new.on_conflict_do_update(index_elements=["key"], set_=named), rows)


def add_to_tallies(session: Session, taken: Sequence[tuple[Bucket | TierCount, int]]) -> None:
    """Note what was taken of allowances and caps and counted in tiers, on top of what was taken before."""
    rows = [
        {"scope": one.scope, "since": one.since, "owner_id": one.owner_id, "used": given}
        for one, given in taken
        if given
    ]
    if rows:
        new = insert(Tally)
        more = {"used": Tally.used + new.excluded.used}
        session.execute(new.on_conflict_do_update(index_elements=["scope", "since"], set_=more), rows)
