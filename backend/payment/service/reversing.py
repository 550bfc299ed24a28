"""Money that goes back: refunds, which above a limit need a second person, and charge-backs."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.billing import service as billing
from backend.infra.database import clock_of
from backend.infra.events import publish
from backend.infra.jobs import defer
from backend.infra.numbers import next_number
from backend.infra.operator import operator_of
from backend.infra.outside import outside
from backend.kernel.money import Money
from backend.ledger import service as ledger
from backend.ledger.rules import LedgerAccount, Posting
from backend.payment import queries, rules
from backend.payment.errors import RefundDecided, SecondPersonNeeded
from backend.payment.events import PaymentReversed
from backend.payment.gateway import PaymentGateway
from backend.payment.models import Payment, Refund
from backend.payment.rules import HOLDERS, Method, Outcome, PaymentStatus, Purpose, ReversalKind
from backend.payment.service.autopay import end_for
from backend.payment.service.placing import money_of, paid_bills

BY_CARD = frozenset({Method.CARD, Method.SAVED_CARD})


def ask_refund(
    session: Session, *, payment_id: UUID, amount: Money, reason: str, asked_by: str, document: dict[str, Any]
) -> Refund:
    """Give money of a payment back the way it came; above the limit it waits for somebody else's approval.

    The amount counts as given back from now on, so that two refunds never exceed the payment. Raises PaymentNotFound,
    PaymentNotRefundable, RefundTooHigh.
    """
    payment = queries.payment(session, payment_id, None, lock=True)
    refund = _kept(session, payment, ReversalKind.REFUND, amount, reason=reason, asked_by=asked_by)
    refund.document = document
    if not rules.needs_second_person(amount, operator_of(session).payment.refund_limit):
        _authorize(session, refund, payment)
    session.flush()
    return refund


def approve(session: Session, refund_id: UUID, approved_by: str) -> Refund:
    """A second person agrees. Raises RefundNotFound, RefundDecided, SecondPersonNeeded."""
    refund, payment = _waiting(session, refund_id)
    if refund.asked_by == approved_by:
        raise SecondPersonNeeded
    refund.approved_by = approved_by
    _authorize(session, refund, payment)
    return refund


def refuse(session: Session, refund_id: UUID, refused_by: str) -> Refund:
    """A second person does not agree: nothing goes back. Raises RefundNotFound, RefundDecided."""
    refund, payment = _waiting(session, refund_id)
    refund.approved_by = refused_by
    _fail(session, refund, payment, PaymentStatus.DENIED)
    return refund


def send_refund(session: Session, refund_id: UUID) -> Refund:
    """Have the gateway give the money back; again, it is the same refund. Raises GatewayUnavailable."""
    refund = queries.refund(session, refund_id, None)
    if refund.status != PaymentStatus.AUTHORIZED:
        return refund
    reference = queries.payment(session, refund.payment_id, None).gateway_reference or ""
    answer = outside(session, PaymentGateway).refund(key=refund.id, reference=reference, amount=_money(refund))
    payment = queries.payment(session, refund.payment_id, None, lock=True)
    refund = queries.refund(session, refund_id, None, lock=True)
    if refund.status != PaymentStatus.AUTHORIZED:
        return refund
    refund.gateway_reference = answer.reference
    if answer.outcome is Outcome.APPROVED:
        _finish(session, refund, payment)
    elif answer.outcome is not Outcome.PENDING:
        _fail(session, refund, payment, PaymentStatus.FAILED)
    return refund


def charge_back(session: Session, *, payment_id: UUID, amount: Money | None, reason: str, asked_by: str) -> Refund:
    """The card's bank took money back: what it had paid is owed again, and its card is not charged again.

    Raises PaymentNotFound, PaymentNotRefundable, RefundTooHigh.
    """
    payment = queries.payment(session, payment_id, None, lock=True)
    left = rules.refundable(payment.status, money_of(payment), Money(payment.reversed_amount, payment.unit))
    refund = _kept(session, payment, ReversalKind.CHARGEBACK, amount or left, reason=reason, asked_by=asked_by)
    _finish(session, refund, payment)
    end_for(session, payment.billing_account_id)
    return refund


def _kept(
    session: Session, payment: Payment, kind: ReversalKind, amount: Money, *, reason: str, asked_by: str
) -> Refund:
    left = rules.refundable(payment.status, money_of(payment), Money(payment.reversed_amount, payment.unit))
    rules.check_refund(amount, left)
    now = clock_of(session).now()
    refund = Refund(
        refund_no=next_number(session, "RFD"),
        payment_id=payment.id,
        party_id=payment.party_id,
        kind=kind,
        unit=amount.unit,
        amount=amount.value,
        status=PaymentStatus.PENDING,
        status_at=now,
        created_at=now,
        reason=reason[:300],
        asked_by=asked_by[:80],
        document={},
    )
    payment.reversed_amount += amount.value
    session.add(refund)
    session.flush()
    return refund


def _waiting(session: Session, refund_id: UUID) -> tuple[Refund, Payment]:
    payment = queries.payment(session, queries.refund(session, refund_id, None).payment_id, None, lock=True)
    refund = queries.refund(session, refund_id, None, lock=True)
    if refund.status != PaymentStatus.PENDING:
        raise RefundDecided
    return refund, payment


def _authorize(session: Session, refund: Refund, payment: Payment) -> None:
    if payment.method not in BY_CARD:
        _finish(session, refund, payment)
        return
    _move(session, refund, PaymentStatus.AUTHORIZED)
    defer(session, "payment:send_refund", refund_id=str(refund.id))


def _finish(session: Session, refund: Refund, payment: Payment) -> None:
    if payment.purpose == Purpose.TOP_UP:
        _taken_off_balances(session, refund, payment)
    else:
        billing.give_back(
            session,
            billing_account_id=payment.billing_account_id,
            amount=_money(refund),
            out_of=HOLDERS[Method(payment.method)],
            source=refund.kind,
            source_id=refund.refund_no,
            bill_ids=paid_bills(list(queries.allocations(session, [payment.id]))),
        )
    _move(session, refund, PaymentStatus.DONE)
    publish(
        session,
        PaymentReversed(
            payment_id=payment.id,
            refund_id=refund.id,
            kind=refund.kind,
            purpose=payment.purpose,
            party_id=payment.party_id,
            product_id=payment.product_id,
            amount=_money(refund),
        ),
    )


def _taken_off_balances(session: Session, refund: Refund, payment: Payment) -> None:
    """A top-up that is refunded comes off the balance; what a bank takes back may be used up, and is our loss."""
    loss = Posting(LedgerAccount.CHARGEBACK, refund.amount)
    if refund.kind == ReversalKind.REFUND:
        loss = Posting(LedgerAccount.PREPAID, refund.amount, payment.billing_account_id)
    legs = [Posting(HOLDERS[Method(payment.method)], -refund.amount), loss]
    today = clock_of(session).today()
    ledger.post(session, source=refund.kind, source_id=refund.refund_no, entry_date=today, postings=legs)


def _fail(session: Session, refund: Refund, payment: Payment, status: PaymentStatus) -> None:
    payment.reversed_amount -= refund.amount
    _move(session, refund, status)


def _move(session: Session, refund: Refund, status: PaymentStatus) -> None:
    refund.status, refund.status_at = status, clock_of(session).now()
    session.flush()


def _money(refund: Refund) -> Money:
    return Money(refund.amount, refund.unit)
