"""Rated rows and tallies on their way to PostgreSQL: by COPY, inside the session's transaction."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import duckdb
import pyarrow as pa
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.rating.models import RateClass, Tally
from backend.rating.service.buckets import Bucket
from backend.rating.service.running import Outcome
from backend.usage import service as usage
from backend.usage.service import UsageToRate

COLUMNS = (
    "usage_id", "product_id", "kind", "rate_class", "started_at", "local_date", "quantity", "included_quantity",
    "amount", "unit", "rated_at",
)  # fmt: skip
# the engine's whole numbers as exact decimals; a megabyte is 2**20 bytes, a division by which a double does exactly
READABLE = """
    SELECT r.id, c.key AS rate_class,
        strftime(make_timestamp(r.started * 1000000), '%Y-%m-%d %H:%M:%S+00') AS started_at,
        CAST(make_date(CAST(r.day AS INTEGER)) AS VARCHAR) AS local_date,
        CAST(CASE r.kind WHEN 3 THEN r.quantity / 1048576.0 ELSE r.quantity END AS DECIMAL(20, 6)) AS quantity,
        CAST(CASE r.kind WHEN 3 THEN r.included / 1048576.0 ELSE r.included END AS DECIMAL(20, 6)) AS included_quantity,
        CAST(CAST(r.amount AS DECIMAL(20, 0)) * CAST('0.000001' AS DECIMAL(7, 6)) AS DECIMAL(18, 6)) AS amount
    FROM outcome r JOIN classes c ON c.number = r.rate_class ORDER BY r.id
"""
LOCKS = 64


def wait_for(session: Session, party_ids: Sequence[UUID]) -> None:
    """Let one transaction at a time rate a party's usage."""
    for lock in sorted({party_id.int % LOCKS for party_id in party_ids}):
        session.execute(text("SELECT pg_advisory_xact_lock(7, :lock)"), {"lock": lock})


def readable(outcome: Outcome) -> pa.Table:
    """The outcome's rated rows with keys and decimals; `id` is the place of the record."""
    classes = pa.table({
        "number": pa.array(range(len(outcome.classes)), pa.int64()),
        "key": pa.array([one.key for one in outcome.classes], pa.string()),
    })  # fmt: skip
    with duckdb.connect() as connection:
        connection.register("outcome", outcome.rows)
        connection.register("classes", classes)
        return connection.sql(READABLE).to_arrow_table()


def write(session: Session, records: Sequence[UsageToRate], outcome: Outcome) -> int:
    """Keep the rated rows, and note that their records are rated. How many there were."""
    rows = readable(outcome).to_pylist()
    keep_classes(session, outcome)
    copy(session, [values(session, records[row["id"]], row) for row in rows])
    usage.mark_rated(session, [records[row["id"]].usage_id for row in rows])
    return len(rows)


def values(session: Session, record: UsageToRate, row: dict[str, Any]) -> tuple[Any, ...]:
    """A rated row in the order of COLUMNS."""
    return (
        record.usage_id, record.product_id, record.kind, row["rate_class"], row["started_at"], row["local_date"],
        row["quantity"], row["included_quantity"], row["amount"], operator_of(session).currency,
        clock_of(session).now(),
    )  # fmt: skip


def copy(session: Session, rows: Sequence[tuple[Any, ...]]) -> None:
    """Add the rows by COPY."""
    connection: Any = session.connection().connection.driver_connection
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY rating_rated_usage ({', '.join(COLUMNS)}) FROM STDIN") as out,
    ):
        for row in rows:
            out.write_row(row)


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


def add_to_tallies(session: Session, taken: Sequence[tuple[Bucket, int]]) -> None:
    """Note what was taken of allowances and caps, on top of what was taken before."""
    rows = [
        {"scope": one.scope, "since": one.since, "owner_id": one.owner_id, "used": given}
        for one, given in taken
        if given
    ]
    if rows:
        new = insert(Tally)
        more = {"used": Tally.used + new.excluded.used}
        session.execute(new.on_conflict_do_update(index_elements=["scope", "since"], set_=more), rows)
