"""Records that wait: who they are, and another try."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.usage import queries
from backend.usage.mediation.parsing import settle, staging
from backend.usage.models import SuspendedRecord
from backend.usage.rules import SuspenseState
from backend.usage.service.guiding import bring, guide

FIELDS = ("calling", "called", "visited", "kind", "started", "units", "callId", "part", "last")
TRIED = """
    UPDATE usage_suspended_record s SET settled_at = :now, state = CASE i.verdict WHEN 'loaded' THEN 'recycled'
        ELSE 'rejected' END, reason = CASE i.verdict WHEN 'loaded' THEN s.reason ELSE i.verdict END
    FROM incoming i WHERE s.id = i.suspended_id AND i.verdict IN ('loaded', 'duplicate')
"""


@dataclass(frozen=True, slots=True)
class Recycled:
    """How many records were tried, how many became usage (parts of one count each), how many still wait."""

    tried: int
    recycled: int
    waiting: int


def suspended(session: Session, *, limit: int = 100) -> Sequence[SuspendedRecord]:
    """The records that wait, oldest first."""
    return queries.suspended(session, limit)


def recycle(session: Session, *, limit: int = 100_000) -> Recycled:
    """Try what waits once more: parts may be complete by now, and numbers belong to somebody."""
    rows = queries.suspended(session, limit, lock=True)
    sources = queries.sources(session, {row.file_id for row in rows})
    connection = staging()
    try:
        values = [
            (number, row.raw, "ok", row.record_id, *(row.record.get(name) for name in FIELDS), 1, sources[row.file_id])
            for number, row in enumerate(rows)
        ]
        if values:
            connection.executemany(f"INSERT INTO records VALUES ({', '.join('?' * 15)})", values)  # noqa: S608
        settle(connection)
        of = {number: (row.file_id, row.id) for number, row in enumerate(rows)}
        merged = connection.execute("SELECT line_no FROM records WHERE verdict = 'merged'").fetchall()
        twice = connection.execute("SELECT line_no FROM records WHERE verdict = 'duplicate'").fetchall()
        bring(session, connection, of, None)
    finally:
        connection.close()
    guided = guide(session)
    now = clock_of(session).now()
    session.execute(text(TRIED), {"now": now})
    whole = _whole(session, [rows[number].id for (number,) in merged])
    for number in [number for (number,) in twice]:
        rows[number].state, rows[number].reason, rows[number].settled_at = SuspenseState.REJECTED, "duplicate", now
    session.flush()
    loaded = guided.verdicts.get("loaded", 0) + whole
    return Recycled(len(rows), loaded, len(rows) - loaded - len(twice) - guided.verdicts.get("duplicate", 0))


def _whole(session: Session, ids: Sequence[UUID]) -> int:
    """Parts whose use has been loaded are done too."""
    done = text("""
        UPDATE usage_suspended_record s SET state = 'recycled', settled_at = :now
        FROM usage_suspended_record first JOIN incoming i ON i.suspended_id = first.id AND i.verdict = 'loaded'
        JOIN usage_file f ON f.id = first.file_id
        WHERE s.id = ANY(:ids) AND s.record ->> 'callId' = first.record ->> 'callId'
            AND s.file_id IN (SELECT o.id FROM usage_file o WHERE o.source = f.source)
    """)
    if not ids:
        return 0
    return int(session.execute(done, {"ids": list(ids), "now": clock_of(session).now()}).rowcount)  # type: ignore[attr-defined]
