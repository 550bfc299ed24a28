"""What the gateway says of a payment: by callback, or when asked."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.infra.outside import outside
from backend.payment import queries
from backend.payment.errors import PaymentNotHeld, SignatureWrong
from backend.payment.gateway import GatewayAnswer, PaymentGateway, verified
from backend.payment.models import Callback, Payment
from backend.payment.rules import ENDINGS, OPEN, RECEIVED, Outcome, PaymentStatus
from backend.payment.service import autopay
from backend.payment.service.placing import capture, end, hold, money_of

log = structlog.get_logger(__name__)
AMOUNT_MISMATCH = "amountMismatch"


def hear(session: Session, header: str, body: bytes) -> str:
    """Take a callback in; what came of it: applied, repeated, held, pending, unknown.

    The signature is of the real time, whatever the business clock says. Raises SignatureWrong, CallbackUnreadable.
    """
    try:
        callback = verified(outside(session, PaymentGateway).secret, header, body, datetime.now(UTC))
    except SignatureWrong:
        log.warning("gateway_callback_with_wrong_signature", size=len(body))
        raise
    answer = callback.answer
    queries.wait_for_event(session, callback.event_id)
    result = "repeated" if queries.heard_before(session, callback.event_id) else _told(session, answer)
    session.add(
        Callback(
            event_id=callback.event_id,
            reference=answer.reference,
            outcome=answer.outcome,
            unit=answer.amount.unit,
            amount=answer.amount.value,
            result=result,
            received_at=clock_of(session).now(),
        )
    )
    session.flush()
    log.info("gateway_callback", reference=answer.reference, outcome=answer.outcome, result=result)
    return result


def ask(session: Session, payment_id: UUID) -> Payment:
    """Ask the gateway how the payment stands, and settle it by that; one that nobody finished in time is canceled.

    The gateway is asked before anything is locked. Raises PaymentNotFound, GatewayUnavailable.
    """
    payment = queries.payment(session, payment_id, None)
    if payment.status != PaymentStatus.PENDING or payment.gateway_reference is None:
        return payment
    answer = outside(session, PaymentGateway).status(payment.gateway_reference)
    payment = queries.payment(session, payment_id, None, lock=True)
    settle(session, payment, answer)
    life = timedelta(minutes=operator_of(session).payment.hosted_page_minutes)
    if payment.status == PaymentStatus.PENDING and payment.created_at + life < clock_of(session).now():
        end(session, payment, PaymentStatus.CANCELED, "not finished in time")
    return payment


def settle(session: Session, payment: Payment, answer: GatewayAnswer) -> str:
    """Let the (locked) payment be what the gateway says. Money that comes after an ending is money all the same."""
    if payment.status in RECEIVED or payment.held:
        return "repeated"
    if answer.outcome is Outcome.PENDING:
        return "pending"
    if answer.outcome is Outcome.APPROVED:
        if answer.amount != money_of(payment):
            hold(session, payment, AMOUNT_MISMATCH, f"{answer.amount} came, {money_of(payment)} was asked for")
            return "held"
        capture(session, payment)
        return "applied"
    if payment.status not in OPEN:
        return "repeated"
    end(session, payment, ENDINGS[answer.outcome], answer.reason)
    return "applied"


def charge_kept(session: Session, payment_id: UUID) -> Payment:
    """Charge the saved card for a kept payment, and settle it by the answer. Raises GatewayUnavailable."""
    answer = autopay.charge(session, payment_id)
    payment = queries.payment(session, payment_id, None, lock=True)
    if answer is None:
        return end(session, payment, PaymentStatus.CANCELED, "no saved card") if payment.status in OPEN else payment
    payment.gateway_reference = answer.reference
    settle(session, payment, answer)
    return payment


def resolve_held(session: Session, payment_id: UUID, *, accept: bool, reason: str) -> Payment:
    """Staff decide about a held payment: take it as it was asked for, or cancel it. Raises PaymentNotHeld."""
    payment = queries.payment(session, payment_id, None, lock=True)
    if payment.held is None:
        raise PaymentNotHeld
    if accept:
        return capture(session, payment)
    payment.held = None
    return end(session, payment, PaymentStatus.CANCELED, reason)


def _told(session: Session, answer: GatewayAnswer) -> str:
    payment = queries.payment_by_reference(session, answer.reference)
    if payment is not None:
        return settle(session, payment, answer)
    return autopay.card_saved(session, answer)
