"""Background work of billing: bills of periods that ended yesterday, last bills, what customers are told of them."""

from datetime import timedelta
from uuid import UUID

import procrastinate
import structlog

from backend.billing import service
from backend.infra import proofs
from backend.infra.database import clock_of
from backend.infra.jobs import RETRY, database_of

log = structlog.get_logger(__name__)
jobs = procrastinate.Blueprint()


@jobs.periodic(cron="15 1 * * *")
@jobs.task(name="bill_yesterday", pass_context=True, retry=RETRY)
def bill_yesterday(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - procrastinate's
    """Every night, begin the bills of the periods that ended yesterday."""
    with database_of(context).transaction() as session:
        yesterday = clock_of(session).today() - timedelta(days=1)
        service.begin_run(session, yesterday, by="schedule")


@jobs.periodic(cron="45 2 * * *")
@jobs.task(name="bill_departed", pass_context=True, retry=RETRY)
def bill_departed(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - procrastinate's
    """Every night, make the last bills of accounts on which nothing goes on."""
    database = database_of(context)
    with database.transaction() as session:
        departed = service.departed(session)
    for party_id, ended in departed:
        with database.transaction() as session:
            service.bill_last(session, party_id, ended)


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(name="go_on_with_runs", pass_context=True, queueing_lock="go_on_with_runs")
def go_on_with_runs(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - procrastinate's
    """Work on runs that were left, whatever became of their jobs."""
    database = database_of(context)
    with database.transaction() as session:
        left = service.open_runs(session)
    for run_id in left:
        service.work_through(database, run_id)


@jobs.task(name="work_run", pass_context=True, retry=RETRY)
def work_run(context: procrastinate.JobContext, run_id: str) -> None:
    """Do chunks of a run as long as there are any; again, it makes no second bill."""
    service.work_through(database_of(context), UUID(run_id))


@jobs.task(name="tell_chunk", pass_context=True, retry=RETRY)
def tell_chunk(context: procrastinate.JobContext, run_id: str, number: int) -> None:
    """Say of each bill of a chunk that it is issued, once."""
    with database_of(context).transaction() as session:
        service.tell_chunk(session, UUID(run_id), number)


@jobs.periodic(cron="30 4 * * *")
@jobs.task(name="verify_ledger", pass_context=True, retry=RETRY)
def verify_ledger(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - procrastinate's
    """Every night, prove that the books are right; an error in the log and in /metrics when they are not."""
    with database_of(context).transaction() as session:
        findings = service.verify(session)
        proofs.note(session, "ledger", len(findings))
    for finding in findings:
        log.error("ledger_is_wrong", check=finding.check, what=finding.what)
