"""Background work of payment: ask the gateway, charge saved cards, send refunds, place the lines of files."""

from datetime import timedelta
from uuid import UUID

import procrastinate
import structlog

from backend.infra.database import clock_of
from backend.infra.jobs import RETRY, database_of, defer
from backend.infra.mail import MailCarrier, MailRefused
from backend.infra.operator import operator_of
from backend.kernel.errors import Unavailable
from backend.payment import queries, receipts, service
from backend.payment.rules import PaymentStatus

log = structlog.get_logger(__name__)
jobs = procrastinate.Blueprint()


@jobs.periodic(cron="* * * * *")
@jobs.task(name="ask_gateway", pass_context=True, queueing_lock="ask_gateway")
def ask_gateway(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - procrastinate's
    """Ask the gateway about every payment that has waited a while: no callback may ever come."""
    database = database_of(context)
    with database.transaction() as session:
        patience = timedelta(minutes=operator_of(session).payment.ask_gateway_after_minutes)
        waiting = queries.waiting(session, clock_of(session).now() - patience)
    for payment_id in waiting:
        try:
            with database.transaction() as session:
                service.ask(session, payment_id)
        except Unavailable:
            log.warning("gateway_gave_no_answer", payment_id=str(payment_id))


@jobs.periodic(cron="0 6 * * *")
@jobs.task(name="pay_automatically", pass_context=True, queueing_lock="pay_automatically")
def pay_automatically(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - procrastinate's
    """Every morning, keep a payment for each bill that a saved card is to pay today, and have it charged."""
    database = database_of(context)
    with database.transaction() as session:
        consents = queries.active_autopays(session)
    for autopay_id in consents:
        with database.transaction() as session:
            for payment in service.attempts_due(session, autopay_id):
                defer(session, "payment:charge_card", payment_id=str(payment.id))


@jobs.task(name="charge_card", pass_context=True, retry=RETRY)
def charge_card(context: procrastinate.JobContext, payment_id: str) -> None:
    """Charge a saved card for one kept payment; run again, it is the same charge."""
    with database_of(context).transaction() as session:
        service.charge_kept(session, UUID(payment_id))


@jobs.task(name="send_refund", pass_context=True, retry=RETRY)
def send_refund(context: procrastinate.JobContext, refund_id: str) -> None:
    """Have the gateway give money back. A refund that it still thinks about is asked for again."""
    with database_of(context).transaction() as session:
        refund = service.send_refund(session, UUID(refund_id))
        if refund.status == PaymentStatus.AUTHORIZED:
            raise Unavailable("the gateway has not decided about the refund yet")


@jobs.task(name="place_file", pass_context=True, retry=RETRY)
def place_file(context: procrastinate.JobContext, file_id: str) -> None:
    """Place the lines of a file, so many a transaction; stopped, the rest are placed when it runs again."""
    while True:
        with database_of(context).transaction() as session:
            if not service.place_lines(session, UUID(file_id)):
                return


@jobs.task(name="mail_receipt", pass_context=True, retry=RETRY)
def mail_receipt(context: procrastinate.JobContext, payment_id: str) -> None:
    """Send a receipt by e-mail; an address that does not exist is let be: the text message has gone out."""
    database = database_of(context)
    with database.transaction() as session:
        mail = receipts.mail_of(session, UUID(payment_id))
    if mail is not None:
        try:
            database.outside.find(MailCarrier).carry(mail, lambda: None)
        except MailRefused:
            log.info("receipt_bounced", payment_id=payment_id)
