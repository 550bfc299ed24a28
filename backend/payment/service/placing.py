"""Where money that has arrived goes: bills, credit, or a prepaid balance; with a receipt."""

from uuid import UUID

from sqlalchemy.orm import Session

from backend.billing import service as billing
from backend.billing.settling import Share
from backend.infra.database import clock_of
from backend.infra.events import publish
from backend.infra.numbers import next_number
from backend.kernel.money import Money
from backend.ledger import service as ledger
from backend.ledger.rules import LedgerAccount, Posting
from backend.payment.events import PaymentCaptured, PaymentFailed
from backend.payment.models import Allocation, Payment
from backend.payment.rules import HOLDERS, Method, PaymentStatus, Purpose


def capture(session: Session, payment: Payment, *, held_in: LedgerAccount | None = None) -> Payment:
    """The money is there: place it, number its receipt, tell it. `held_in` is where it waited, if elsewhere."""
    into = held_in or HOLDERS[Method(payment.method)]
    shares = (
        _topped_up(session, payment, into) if payment.purpose == Purpose.TOP_UP else _received(session, payment, into)
    )
    session.add_all(
        Allocation(payment_id=payment.id, position=position, bill_id=share.bill_id, amount=share.amount)
        for position, share in enumerate(shares)
    )
    payment.captured_at = clock_of(session).now()
    payment.held, payment.receipt_no = None, next_number(session, "RCT")
    _move(session, payment, PaymentStatus.DONE)
    publish(
        session,
        PaymentCaptured(
            payment_id=payment.id,
            purpose=payment.purpose,
            party_id=payment.party_id,
            billing_account_id=payment.billing_account_id,
            product_id=payment.product_id,
            amount=money_of(payment),
        ),
    )
    return payment


def end(session: Session, payment: Payment, status: PaymentStatus, reason: str) -> Payment:
    """The payment came to nothing."""
    payment.reason = reason[:200]
    _move(session, payment, status)
    publish(session, PaymentFailed(payment.id, status, payment.party_id))
    return payment


def hold(session: Session, payment: Payment, why: str, reason: str) -> Payment:
    """Something is wrong with the money: a member of staff decides."""
    payment.held, payment.reason = why, reason[:200]
    _move(session, payment, PaymentStatus.AUTHORIZED)
    return payment


def money_of(payment: Payment) -> Money:
    """What the payment is of."""
    return Money(payment.amount, payment.unit)


def paid_bills(allocations: list[Allocation]) -> list[UUID]:
    """The bills on which the money went."""
    return [one.bill_id for one in allocations if one.bill_id is not None]


def _received(session: Session, payment: Payment, into: LedgerAccount) -> list[Share]:
    return billing.receive(
        session,
        billing_account_id=payment.billing_account_id,
        amount=money_of(payment),
        into=into,
        source_id=payment.payment_no,
        bill_id=payment.bill_id,
    )


def _topped_up(session: Session, payment: Payment, into: LedgerAccount) -> list[Share]:
    legs = [Posting(into, payment.amount), Posting(LedgerAccount.PREPAID, -payment.amount, payment.billing_account_id)]
    today = clock_of(session).today()
    ledger.post(session, source="payment", source_id=payment.payment_no, entry_date=today, postings=legs)
    return []


def _move(session: Session, payment: Payment, status: PaymentStatus) -> None:
    payment.status, payment.status_at = status, clock_of(session).now()
    session.flush()
