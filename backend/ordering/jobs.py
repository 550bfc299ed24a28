"""Background work of ordering: an acknowledged order becomes an active line."""

from uuid import UUID

import procrastinate
import structlog

from backend.infra.database import Database
from backend.infra.jobs import database_of
from backend.kernel.errors import Unavailable
from backend.ordering import service
from backend.provisioning.errors import NetworkRefused

log = structlog.get_logger(__name__)
jobs = procrastinate.Blueprint()
TRIES = 8
RETRY = procrastinate.RetryStrategy(max_attempts=TRIES, exponential_wait=3)


@jobs.task(name="fulfil_order", retry=RETRY, pass_context=True)
def fulfil_order(context: procrastinate.JobContext, order_id: str) -> None:
    """Bring the order to its end. Cut off anywhere and run again, it goes on where it was."""
    last_try = context.job is not None and context.job.attempts >= TRIES
    fulfil(database_of(context), UUID(order_id), last_try=last_try)


def fulfil(database: Database, order_id: UUID, *, last_try: bool) -> None:
    """The steps, a transaction each. What may pass is raised to be tried again, until the last try."""
    try:
        with database.transaction() as session:
            goes_on = service.reserve_lines(session, order_id)
        if goes_on:
            with database.transaction() as session:
                service.activate_lines(session, order_id)
    except (NetworkRefused, Unavailable) as refusal:
        if isinstance(refusal, Unavailable) and not last_try:
            raise
        log.warning("order_failed", order_id=str(order_id), code=refusal.code)
        with database.transaction() as session:
            service.fail(session, order_id, f"{refusal.code}: {refusal.detail}")
