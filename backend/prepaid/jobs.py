"""Background work of prepaid balances: plans renew, time ends what it ends, used money reaches the ledger."""

from collections.abc import Callable

import procrastinate
from sqlalchemy.orm import Session

from backend.infra.database import Database, clock_of
from backend.infra.jobs import database_of
from backend.prepaid import queries, service

jobs = procrastinate.Blueprint()
AT_ONCE = 500


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(name="go_on", pass_context=True, queueing_lock="prepaid_go_on")
def go_on(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - procrastinate's
    """Every five minutes, what is due by the business clock."""
    bring_up_to_date(database_of(context))


def bring_up_to_date(database: Database) -> None:
    """Renew plans, give back what nobody came for, end what is over, and post what was used."""
    with database.transaction() as session:
        due = queries.due_renewals(session, clock_of(session).now(), AT_ONCE)
    for product_id in due:
        with database.transaction() as session:
            service.renew(session, product_id)
    for work in (service.release_forgotten, service.end_bundles, service.end_balances, service.post_used):
        _until_done(database, work)


def _until_done(database: Database, work: Callable[[Session, int], int]) -> None:
    done = AT_ONCE
    while done >= AT_ONCE:
        with database.transaction() as session:
            done = work(session, AT_ONCE)
