"""Reactions of prepaid balances."""

from sqlalchemy.orm import Session

from backend.account import service as account
from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.ledger import service as ledger
from backend.ledger.rules import LedgerAccount, Posting
from backend.ordering import service as ordering
from backend.ordering.events import ProductActivated
from backend.payment.events import PaymentCaptured, PaymentReversed
from backend.prepaid import queries, service
from backend.prepaid.service import TopUp

TOP_UP, REFUND = "topUp", "refund"


def open_balance(session: Session, event: ProductActivated) -> None:
    """A prepaid line begins with a balance, and with its plan's first period, which was paid with the order."""
    balance = service.open_balance(session, event.product_id)
    if balance is None or balance.renews_at is not None:
        return
    service.grant_plan(session, balance, service.Cause("order", event.order_id))
    price = ordering.product(session, event.product_id).price.value
    tax = service.tax_in(price, operator_of(session).vat_percent)
    ledger.post(
        session,
        source="prepaid",
        source_id=f"order:{event.product_id}",
        entry_date=clock_of(session).today(),
        postings=[
            Posting(LedgerAccount.CASH, price),
            Posting(LedgerAccount.REVENUE_PREPAID, tax - price),
            Posting(LedgerAccount.TAX, -tax),
        ],
    )


def top_up(session: Session, event: PaymentCaptured) -> None:
    """A payment for a top-up has arrived: it goes onto the balance, once."""
    if event.purpose != TOP_UP or event.product_id is None:
        return
    if queries.has_balance(session, event.product_id):
        source = f"payment:{event.payment_id}"
        service.top_up(session, TopUp(event.product_id, event.amount.value, None, source, channel="card"))
    else:  # the money is here, and no balance for it: it pays bills to come
        _to_credit(session, event)


def _to_credit(session: Session, event: PaymentCaptured) -> None:
    account.add_credit(session, event.billing_account_id, event.amount.value)
    ledger.post(
        session,
        source="prepaid",
        source_id=f"credit:{event.payment_id}",
        entry_date=clock_of(session).today(),
        postings=[
            Posting(LedgerAccount.PREPAID, event.amount.value, event.billing_account_id),
            Posting(LedgerAccount.RECEIVABLE, -event.amount.value, event.billing_account_id),
        ],
    )


def take_back(session: Session, event: PaymentReversed) -> None:
    """A top-up was refunded: it comes off the balance. What a bank took back is a loss of ours, not the customer's."""
    if event.purpose != TOP_UP or event.kind != REFUND or event.product_id is None:
        return
    if queries.has_balance(session, event.product_id):
        service.take_refunded(session, event.product_id, event.refund_id, event.amount.value)
