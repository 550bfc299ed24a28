"""Background work of provisioning: numbers become free again, portings move, the network is reconciled at night."""

import procrastinate
import structlog

from backend.infra.database import Database
from backend.infra.jobs import database_of
from backend.provisioning import queries, service
from backend.provisioning.errors import NetworkUnavailable, PortingUnavailable

log = structlog.get_logger(__name__)
jobs = procrastinate.Blueprint()


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(name="free_numbers", pass_context=True, queueing_lock="free_numbers")
def free_numbers(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - procrastinate's
    """Numbers whose reservation or quarantine is over may be given again."""
    free_numbers_again(database_of(context))


@jobs.periodic(cron="* * * * *")
@jobs.task(name="advance_portings", pass_context=True, queueing_lock="advance_portings")
def advance_portings(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - procrastinate's
    """Hear the other operators' answers."""
    advance_all_portings(database_of(context))


@jobs.periodic(cron="30 0 * * *")
@jobs.task(name="reconcile_network", pass_context=True, queueing_lock="reconcile_network")
def reconcile_network(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - procrastinate's
    """Once a night (UTC), compare the network with what was sold. Nothing is repaired without being asked for."""
    try:
        with database_of(context).transaction() as session:
            report = service.reconcile(session)
            log.info("network_reconciled", report=str(report.id), differences=report.differences)
    except NetworkUnavailable as refusal:
        log.warning("network_not_reconciled", reason=refusal.detail)


def free_numbers_again(database: Database) -> int:
    """Free what is to be freed, some hundreds a transaction; how many."""
    freed = 0
    while True:
        with database.transaction() as session:
            more = service.free_again(session)
        freed += more
        if not more:
            return freed


def advance_all_portings(database: Database) -> int:
    """Ask after every porting that is not answered, each in a transaction of its own; how many are now."""
    with database.transaction() as session:
        found = queries.unanswered_portings(session)
    moved = 0
    for porting_id in found:
        try:
            with database.transaction() as session:
                moved += service.advance_porting(session, porting_id)
        except PortingUnavailable as refusal:
            log.warning("porting_unanswered", porting_id=str(porting_id), reason=refusal.detail)
    return moved
