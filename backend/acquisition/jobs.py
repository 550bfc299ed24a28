"""Background work of acquisition: applications that nobody finishes expire, and become leads."""

import procrastinate
import structlog

from backend.acquisition import service
from backend.infra.jobs import RETRY, database_of

log = structlog.get_logger(__name__)
jobs = procrastinate.Blueprint()


@jobs.periodic(cron="17 2 * * *")
@jobs.task(name="expire_abandoned", retry=RETRY, pass_context=True)
def expire_abandoned(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Every night: expire what was left lying for too long, and keep what was not finished for follow-up."""
    with database_of(context).transaction() as session:
        expired, leads = service.expire_abandoned(session), service.collect_leads(session)
        log.info("applications_expired", count=expired, leads=leads)
