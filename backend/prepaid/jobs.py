"""Background work of prepaid balances: plans renew, time ends what it ends, used money reaches the ledger."""

from collections.abc import Callable
from uuid import UUID

import procrastinate
import structlog
from sqlalchemy.orm import Session

from backend.infra import proofs
from backend.infra.database import Database, clock_of
from backend.infra.jobs import RETRY, database_of
from backend.prepaid import queries, service
from backend.prepaid.rules import UsageType

log = structlog.get_logger(__name__)
jobs = procrastinate.Blueprint()
AT_ONCE = 500


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(name="go_on", pass_context=True, queueing_lock="prepaid_go_on")
def go_on(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - procrastinate's
    """Every five minutes, what is due by the business clock."""
    bring_up_to_date(database_of(context))


@jobs.periodic(cron="40 3 * * *")
@jobs.task(name="verify_balances", pass_context=True)
def verify_balances(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - procrastinate's
    """Every night, prove that the ledger says what the balances hold; what differs is logged, and told by /metrics."""
    with database_of(context).transaction() as session:
        found = service.differences(session)
        proofs.note(session, "prepaid", len(found))
    for account_id, (books, held) in found.items():
        log.error("prepaid_balance_differs", account_id=str(account_id), ledger=str(books), balances=str(held))


@jobs.task(name="warn_low", pass_context=True, retry=RETRY)
def warn_low(context: procrastinate.JobContext, product_id: str, kind: str) -> None:
    """Tell a customer that money or data is running low."""
    with database_of(context).transaction() as session:
        service.warn_low(session, UUID(product_id), UsageType(kind))


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
