"""Rate again: where prices or allowances have changed, what was rated is reversed and replaced, exactly once."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import delete, insert, literal, select
from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.kernel.period import Period
from backend.rating import queries, rules
from backend.rating.models import RatedUsage, Tally
from backend.rating.rules import RatingReport
from backend.rating.service import writing
from backend.rating.service.lines import SoldLine, pools_of, postpaid_lines
from backend.rating.service.running import run
from backend.usage import service as usage

LINES_AT_ONCE = 200


def rate_again(session: Session, *, days: Period, product_ids: Collection[UUID] | None = None) -> RatingReport:
    """Rate the allowance periods that touch the days once more, by the prices of now, in the order of use.

    Lines that share an allowance are rated together. A row that would be the same stays; another is reversed by a row
    with its negation and replaced: a second run changes nothing, and what was billed is corrected on the next bill.
    """
    periods = rules.periods_over(days)
    whole = Period(periods[0].start, periods[-1].end)
    since, until = (_midnight(session, day) for day in (whole.start, whole.end + timedelta(days=1)))
    report, done = RatingReport(), set[UUID]()
    for lines in postpaid_lines(session, until, product_ids, LINES_AT_ONCE):
        together = [line for line in _with_pools(session, lines, until) if line.product_id not in done]
        done |= {line.product_id for line in together}
        writing.wait_for(session, [line.party_id for line in together])
        records = usage.used_between(session, [line.product_id for line in together], since, until)
        if records.num_rows:
            report += _replaced(session, together, records, whole)
    return report


def _with_pools(session: Session, lines: Sequence[SoldLine], until: datetime) -> list[SoldLine]:
    found = {line.product_id: line for line in lines}
    for pool in pools_of(session, lines).values():
        members = [line.product_id for line in pool.lines]
        for some in postpaid_lines(session, until, members, len(members)):
            found |= {line.product_id: line for line in some}
    return list(found.values())


def _replaced(session: Session, lines: Sequence[SoldLine], records: pa.Table, days: Period) -> RatingReport:
    outcome = run(session, lines, records, anew=True)
    rows = writing.rated_rows(session, records, outcome)
    fresh = {row["usage_id"]: row for row in rows.to_pylist()}
    now = {str(row.usage_id): row for row in session.execute(queries.valid_rows(records["usage_id"].to_pylist()))}
    changed = [usage_id for usage_id, row in now.items() if _differs(row, fresh.get(usage_id))]
    _reverse(session, [now[usage_id].id for usage_id in changed])
    made = rows.filter(pc.is_in(rows["usage_id"], pa.array(changed, pa.string())))
    writing.write(session, made, outcome, again=True)
    _forget_tallies(session, outcome.scopes, days)
    writing.add_to_tallies(session, outcome.taken)
    return RatingReport(rated=len(made), reversed=len(changed), unrated=len(records) - len(fresh))


def _differs(row: Any, fresh: dict[str, Any] | None) -> bool:
    told = ("rate_class", "quantity", "included_quantity", "amount")
    return fresh is None or any(getattr(row, name) != fresh[name] for name in told)


def _reverse(session: Session, ids: Collection[int]) -> None:
    row = queries.RATED.c
    same = ("usage_id", "product_id", "kind", "rate_class", "started_at", "local_date", "unit")
    names = [*same, "quantity", "included_quantity", "amount", "reverses_id", "rated_at"]
    negated = select(
        *(row[name] for name in same),
        -row.quantity,
        -row.included_quantity,
        -row.amount,
        row.id,
        literal(clock_of(session).now()),
    ).where(row.id.in_(ids))
    if ids:
        session.execute(insert(RatedUsage).from_select(names, negated, include_defaults=False))


def _forget_tallies(session: Session, scopes: Collection[str], days: Period) -> None:
    since, until = _midnight(session, days.start), _midnight(session, days.end + timedelta(days=1))
    of_period = (Tally.scope.in_(scopes)) & (Tally.since >= since) & (Tally.since < until)
    session.execute(delete(Tally).where(of_period).execution_options(synchronize_session=False))


def _midnight(session: Session, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock_of(session).zone)
