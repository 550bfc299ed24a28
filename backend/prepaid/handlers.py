"""Reactions of prepaid balances."""

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.ledger import service as ledger
from backend.ledger.rules import LedgerAccount, Posting
from backend.ordering import service as ordering
from backend.ordering.events import ProductActivated
from backend.prepaid import service


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
