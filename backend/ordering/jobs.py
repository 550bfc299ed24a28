"""Background work of ordering: orders are fulfilled, those that had to wait go on, what is over ends."""

from uuid import UUID

import procrastinate
import structlog

from backend.infra.database import Database, clock_of
from backend.infra.jobs import database_of, defer
from backend.kernel.errors import DomainError, Unavailable
from backend.ordering import queries, service
from backend.ordering.service import Progress

log = structlog.get_logger(__name__)
jobs = procrastinate.Blueprint()
TRIES = 8
AT_ONCE = 500
RETRY = procrastinate.RetryStrategy(max_attempts=TRIES, exponential_wait=3)


@jobs.task(name="fulfil_order", retry=RETRY, pass_context=True)
def fulfil_order(context: procrastinate.JobContext, order_id: str) -> None:
    """Bring the order to its end, or to where it waits. Cut off anywhere and run again, it goes on where it was."""
    last_try = context.job is not None and context.job.attempts >= TRIES
    fulfil(database_of(context), UUID(order_id), last_try=last_try)


@jobs.periodic(cron="* * * * *")
@jobs.task(name="go_on", pass_context=True, queueing_lock="go_on")
def go_on(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - procrastinate's
    """What had to wait until now by the business clock goes on."""
    go_on_with_due(database_of(context))


def go_on_with_due(database: Database) -> None:
    """Wake orders and cancellations whose moment has come, resume what was paused until now, end what is used up."""
    with database.transaction() as session:
        now = clock_of(session).now()
        for order_id in queries.due_orders(session, now, AT_ONCE):
            defer(session, "ordering:fulfil_order", lock=f"order:{order_id}", order_id=str(order_id))
        cancellations, paused = queries.due_cancellations(session, now), queries.to_resume(session, now)
        service.end_used_up(session, AT_ONCE)
    for cancellation_id in cancellations:
        with database.transaction() as session:
            service.cancel_due(session, cancellation_id)
    for product_id in paused:
        with database.transaction() as session:
            service.resume_paused(session, product_id)


def fulfil(database: Database, order_id: UUID, *, last_try: bool) -> None:
    """The steps, in transactions of their own. What may pass is raised to be tried again, until the last try.

    After that the step is stuck, and the order is held for staff. What is refused for good fails its item; then what
    was done for it is taken back.
    """
    progress = Progress.AGAIN
    while progress is Progress.AGAIN:
        try:
            with database.transaction() as session:
                progress = service.advance(session, order_id)
        except Unavailable as refusal:
            with database.transaction() as session:
                service.note_attempt(session, order_id, refusal, last_try=last_try)
            if not last_try:
                raise
            log.warning("order_held", order_id=str(order_id), code=refusal.code)
        except DomainError as refusal:
            log.warning("order_item_failed", order_id=str(order_id), code=refusal.code)
            with database.transaction() as session:
                given_up = service.give_up(session, order_id, refusal)
            if not given_up:
                raise
