"""Background work of delivery: set bills, send them."""

from uuid import UUID

import procrastinate
import structlog

from backend.delivery import queries, service
from backend.delivery.errors import NobodyToSendTo
from backend.infra.jobs import RETRY, database_of
from backend.infra.mail import MailUnavailable

log = structlog.get_logger(__name__)
jobs = procrastinate.Blueprint()
LAST_TRY = RETRY.max_attempts or 1


@jobs.task(name="deliver_bill", pass_context=True, retry=RETRY)
def deliver_bill(context: procrastinate.JobContext, bill_id: str) -> None:
    """Set the bill and plan its ways; each is then sent by a job of its own. Run again, it plans nothing new."""
    with database_of(context).transaction() as session:
        service.document(session, UUID(bill_id), None)
        try:
            planned = service.plan(session, UUID(bill_id))
        except NobodyToSendTo:
            log.info("bill_without_recipient", bill_id=bill_id)
            return
        for delivery in planned:
            service.defer_sending(session, delivery)


@jobs.task(name="send_text", pass_context=True, retry=RETRY)
def send_text(context: procrastinate.JobContext, delivery_id: str) -> None:
    """Tell by SMS."""
    with database_of(context).transaction() as session:
        service.send_text(session, UUID(delivery_id))


@jobs.task(name="send_mail", pass_context=True, retry=RETRY)
def send_mail(context: procrastinate.JobContext, delivery_id: str) -> None:
    """Send by e-mail; a server that stays away is given up on in the end, and the customer is told by SMS."""
    database = database_of(context)
    try:
        service.send_mail(database, UUID(delivery_id))
    except MailUnavailable as trouble:
        if context.job is None or context.job.attempts + 1 < LAST_TRY:
            raise
        with database.transaction() as session:
            service.give_up(session, queries.delivery(session, UUID(delivery_id), lock=True), str(trouble))
