"""Records find the line that used them: set by set, each record once, nothing without a trace."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import duckdb
from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.ordering import service as ordering

ROWS_AT_ONCE = 50_000
READ = (
    "line_no", "raw", "verdict", "record_id", "calling", "called", "visited", "kind", "started", "units", "call_id",
    "part", "last", "parts",
)  # fmt: skip
WANTED = f"SELECT {', '.join(READ)} FROM records WHERE verdict NOT IN ('notCharged', 'merged', 'duplicate')"  # noqa: S608
INCOMING = """
    CREATE TEMP TABLE incoming (
        line_no bigint, raw text, verdict text, record_id text, calling text, called text, visited text, kind text,
        started bigint, units bigint, call_id text, part bigint, last boolean, parts bigint, file_id uuid,
        suspended_id uuid
    ) ON COMMIT DROP
"""
KNOWN = """
    UPDATE incoming i SET verdict = 'duplicate' FROM usage_file f WHERE f.id = i.file_id AND verdict = 'ok' AND (
        EXISTS (SELECT FROM usage_usage u WHERE u.source = f.source AND u.record_id = i.record_id)
        OR suspended_id IS NULL AND EXISTS (SELECT FROM usage_suspended_record s
            JOIN usage_file o ON o.id = s.file_id AND o.source = f.source WHERE s.record_id = i.record_id
            AND s.state = 'suspended' AND coalesce(s.record ->> 'part', '') = coalesce(i.part::text, '')))
"""
GUIDED = """
    INSERT INTO usage_usage (source, record_id, product_id, status, kind, started_at, quantity, units, calling,
        destination, visited, parts, file_id, line_no, collected_at)
    SELECT DISTINCT ON (f.source, i.record_id) f.source, i.record_id, l.product_id, 'guided', i.kind,
        to_timestamp(i.started),
        CASE i.kind WHEN 'data' THEN i.units / 1048576.0 ELSE i.units END, i.units, i.calling, i.called, i.visited,
        i.parts, i.file_id, i.line_no, :now
    FROM incoming i JOIN usage_file f ON f.id = i.file_id
        JOIN ({lines}) l ON l.msisdn = i.calling AND to_timestamp(i.started) >= l.since
        AND (l.until IS NULL OR to_timestamp(i.started) < l.until)
    WHERE i.verdict = 'ok' ORDER BY f.source, i.record_id, l.since DESC
    ON CONFLICT (source, record_id) DO NOTHING
"""
TAKEN = """
    UPDATE incoming i SET verdict = CASE WHEN u.file_id = i.file_id AND u.line_no = i.line_no THEN 'loaded'
        ELSE 'duplicate' END
    FROM usage_usage u, usage_file f
    WHERE f.id = i.file_id AND u.source = f.source AND u.record_id = i.record_id AND verdict = 'ok'
"""
NOBODY = "UPDATE incoming SET verdict = 'unknownSubscriber' WHERE verdict = 'ok'"
KEPT = """
    INSERT INTO usage_suspended_record (file_id, line_no, state, reason, raw, record_id, record, noted_at)
    SELECT file_id, line_no, CASE WHEN verdict IN ('unknownSubscriber', 'partMissing') THEN 'suspended'
        ELSE 'rejected' END, verdict, raw, left(record_id, 160),
        jsonb_build_object('calling', calling, 'called', called, 'visited', visited, 'kind', kind, 'started', started,
            'units', units, 'callId', call_id, 'part', part, 'last', last), :now
    FROM incoming WHERE verdict NOT IN ('loaded', 'duplicate')
    ON CONFLICT (file_id, line_no) DO NOTHING
"""
COUNTED = "SELECT verdict, count(*) AS number FROM incoming GROUP BY verdict"
SUSPENDED = ("unknownSubscriber", "partMissing")


@dataclass(frozen=True, slots=True)
class Guided:
    """How many records have each verdict: loaded, duplicate, or the reason why they are kept aside."""

    verdicts: dict[str, int]

    @property
    def suspended(self) -> int:
        """Those that wait to be tried again."""
        return sum(self.verdicts.get(name, 0) for name in SUSPENDED)

    @property
    def rejected(self) -> int:
        """Those that never become usage."""
        return (
            sum(self.verdicts.values()) - self.suspended - sum(map(self.verdicts.get, ("loaded", "duplicate"), (0, 0)))
        )


def guide(session: Session) -> Guided:
    """Let the table `incoming` become usage, as far as its lines are known."""
    now = clock_of(session).now()
    spans = ordering.line_spans().compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    session.execute(text("ANALYZE incoming"))
    session.execute(text(KNOWN))
    session.execute(text(GUIDED.format(lines=str(spans))), {"now": now})
    session.execute(text(TAKEN))
    session.execute(text(NOBODY))
    return Guided({row.verdict: row.number for row in session.execute(text(COUNTED))})


def keep_aside(session: Session) -> None:
    """Keep what could not become usage, with its reason and its line."""
    session.execute(text(KEPT), {"now": clock_of(session).now()})


def bring(
    session: Session, staged: duckdb.DuckDBPyConnection, more: dict[int, tuple[Any, Any]] | None, of: Any
) -> None:
    """Copy what was staged and matters into `incoming`: of a file, or (file, suspended record) by line of `more`."""
    session.execute(text("DROP TABLE IF EXISTS incoming"))
    session.execute(text(INCOMING))
    connection: Any = session.connection().connection.driver_connection
    rows = staged.execute(WANTED)
    with connection.cursor() as cursor, cursor.copy("COPY incoming FROM STDIN") as out:
        while some := rows.fetchmany(ROWS_AT_ONCE):
            for row in _with_origin(some, more, of):
                out.write_row(row)


def _with_origin(
    rows: Iterable[tuple[Any, ...]], more: dict[int, tuple[Any, Any]] | None, of: Any
) -> Iterable[tuple[Any, ...]]:
    for row in rows:
        yield (*row, of, None) if more is None else (*row, *more[row[0]])
