"""Reactions of billing."""

from sqlalchemy.orm import Session

from backend.account import service as account
from backend.billing import service
from backend.billing.events import BillIssued
from backend.infra import outbox
from backend.kernel.text import Bilingual
from backend.ordering.events import ProductOrderCompleted
from backend.party import service as party

NOTICE = Bilingual(
    ar="صدرت فاتورتك {bill} من هاتف بمبلغ {amount}. اطّلع على تفاصيلها عبر المساعد.",
    en="Your Hatif bill {bill} is ready: {amount}. The assistant can explain it.",
)


def open_account(session: Session, event: ProductOrderCompleted) -> None:
    """A new customer gets an account with the first completed order."""
    account.open_account(session, event.party_id)


def announce_bill(session: Session, event: BillIssued) -> None:
    """Tell the customer by SMS that a bill is there."""
    contact = party.contact_of(session, event.party_id)
    total = service.bill_facts(session, event.bill_id, None).total
    text = NOTICE.format(bill=event.bill_no, amount=total)
    outbox.send(session, channel="sms", recipient=contact.number, text=text, language=contact.language)
