"""Background work of billing: the month's bills, a party a job, begun on the first of the month."""

from datetime import date, timedelta
from uuid import UUID

import procrastinate
from sqlalchemy.orm import Session

from backend.billing import service
from backend.infra.database import clock_of
from backend.infra.jobs import RETRY, database_of, defer
from backend.kernel.period import Period, month_of

jobs = procrastinate.Blueprint()


def last_month(today: date) -> Period:
    """The calendar month before the one that holds the day."""
    return month_of(month_of(today).start - timedelta(days=1))


def start_run(session: Session, cycle: Period) -> int:
    """Defer a job for each party that has no bill of the cycle yet; how many."""
    parties = service.parties_to_bill(session, cycle)
    for party_id in parties:
        defer(session, "billing:bill_party", party_id=str(party_id), cycle=cycle.start.isoformat())
    return len(parties)


@jobs.periodic(cron="15 1 1 * *")
@jobs.task(name="bill_last_month", pass_context=True, retry=RETRY)
def bill_last_month(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - procrastinate's
    """On the first of the month, bill the month that has passed."""
    with database_of(context).transaction() as session:
        start_run(session, last_month(clock_of(session).today()))


@jobs.task(name="bill_party", pass_context=True, retry=RETRY)
def bill_party(context: procrastinate.JobContext, party_id: str, cycle: str) -> None:
    """Make one party's bill; again, it makes no second one."""
    with database_of(context).transaction() as session:
        service.bill_party(session, UUID(party_id), month_of(date.fromisoformat(cycle)))
