"""Rate what is not rated yet: take it from the network, price it, write it down, some lines at a time."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.rating.rules import RatingReport
from backend.rating.service import writing
from backend.rating.service.lines import SoldLine, postpaid_lines
from backend.rating.service.running import run
from backend.usage import service as usage
from backend.usage.service import LineSpan

LINES_AT_ONCE = 500


def rate_pending(session: Session, *, until: datetime, product_ids: Collection[UUID] | None = None) -> RatingReport:
    """Collect and rate what postpaid lines used before `until`: those named, or all. Repeated, it adds nothing.

    It works in the session's transaction; memory is bounded by the lines of one step. Raises NetworkUnavailable.
    """
    report = RatingReport()
    for lines in postpaid_lines(session, until, product_ids, LINES_AT_ONCE):
        writing.wait_for(session, [line.party_id for line in lines])
        collected = usage.collect_new(session, [_span(line) for line in lines], min(until, clock_of(session).now()))
        report += RatingReport(collected=collected) + _rate(session, lines, until)
    return report


def _rate(session: Session, lines: Sequence[SoldLine], until: datetime) -> RatingReport:
    records = usage.to_rate(session, [line.product_id for line in lines], until)
    if not records.num_rows:
        return RatingReport()
    outcome = run(session, lines, records)
    rows = writing.rated_rows(session, records, outcome)
    writing.write(session, rows, outcome)
    writing.add_to_tallies(session, outcome.taken)
    return RatingReport(rated=len(rows), unrated=len(records) - len(rows))


def _span(line: SoldLine) -> LineSpan:
    return LineSpan(line.product_id, line.number, line.since, line.until)
