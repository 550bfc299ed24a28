"""Background work of the hub: deliveries with retries, old ones forgotten."""

from datetime import timedelta
from uuid import UUID

import httpx
import procrastinate
from sqlalchemy import delete

from backend.infra.database import clock_of
from backend.infra.hub import service
from backend.infra.idempotency import forget_old_answers
from backend.infra.jobs import database_of
from backend.infra.models import HubDelivery

jobs = procrastinate.Blueprint()
TRIES, KEPT = 10, timedelta(days=14)
RETRY = procrastinate.RetryStrategy(max_attempts=TRIES, exponential_wait=2)


@jobs.task(name="deliver_event", retry=RETRY, pass_context=True)
def deliver_event(context: procrastinate.JobContext, delivery_id: str) -> None:
    """Hand one event over, again and again with longer waits until its subscriber takes it."""
    database, last = database_of(context), context.job is not None and context.job.attempts >= TRIES - 1
    with httpx.Client(follow_redirects=False) as client, database.transaction() as session:
        mistake = service.deliver(session, UUID(delivery_id), private=database.private_callbacks, client=client)
        if mistake is not None and last:
            service.give_up(session, UUID(delivery_id))
    if mistake is not None and not last:
        raise service.EventNotTaken(mistake)


@jobs.periodic(cron="41 3 * * *")
@jobs.task(name="forget_old", retry=RETRY, pass_context=True)
def forget_old(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - procrastinate's
    """Every night: forget deliveries and answers to repeated requests that are two weeks old."""
    with database_of(context).transaction() as session:
        before = clock_of(session).now() - KEPT
        session.execute(delete(HubDelivery).where(HubDelivery.created_at < before))
        forget_old_answers(session, before)
