"""What rating takes from here, and what it says has become of it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import pyarrow as pa
from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.infra import bulk
from backend.usage import queries
from backend.usage.errors import UsageGone
from backend.usage.models import Usage
from backend.usage.rules import UsageStatus

# a record as rating sees it: `started` is an epoch second, `units` are seconds, messages, bytes or events
TO_RATE = pa.schema({
    "usage_id": pa.string(), "product_id": pa.string(), "kind": pa.string(), "started": pa.int64(),
    "units": pa.int64(), "calling": pa.string(), "destination": pa.string(), "visited": pa.string(),
})  # fmt: skip
MARKED = """
    UPDATE usage_usage SET status = :status FROM unnest(CAST(:ids AS uuid[])) AS rated(id)
    WHERE usage_usage.id = rated.id
"""


def to_rate(session: Session, product_ids: Collection[UUID], until: datetime) -> pa.Table:
    """The lines' records that began before `until` and wait to be rated, in the order of use, as TO_RATE."""
    return bulk.copy_out(session, queries.unrated(product_ids, until), TO_RATE)


def used_between(session: Session, product_ids: Collection[UUID], since: datetime, until: datetime) -> pa.Table:
    """The lines' records of a span that have been rated, in the order of use, as TO_RATE."""
    done = (UsageStatus.RATED, UsageStatus.RERATED)
    statement = queries.to_rate().where(
        Usage.product_id.in_(product_ids),
        Usage.started_at >= since,
        Usage.started_at < until,
        Usage.status.in_(done),
    )
    return bulk.copy_out(session, statement, TO_RATE)


def mark_rated(session: Session, usage_ids: Sequence[str], *, again: bool = False) -> None:
    """Note that the records are rated, or rated again; locks them until the transaction ends. Raises UsageGone."""
    if not usage_ids:
        return
    status = UsageStatus.RERATED if again else UsageStatus.RATED
    marked = session.execute(text(MARKED), {"status": status, "ids": f"{{{','.join(usage_ids)}}}"})
    if marked.rowcount != len(usage_ids):  # type: ignore[attr-defined]
        raise UsageGone
