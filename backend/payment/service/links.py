"""Pages that need no login: pay a bill, see how a payment went, read a receipt."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from backend.billing import service as billing
from backend.infra import links
from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.kernel.money import Money
from backend.kernel.text import Language
from backend.party import service as party
from backend.payment import queries, rules
from backend.payment.errors import GatewayUnavailable, NothingToPay
from backend.payment.models import Payment
from backend.payment.rules import OPEN, Method
from backend.payment.service import autopay, settling
from backend.payment.service.paying import Wanted, begin, limits_of
from backend.payment.service.placing import money_of

log = structlog.get_logger(__name__)
PAY, DONE, CARD, RECEIPT = "pay", "paid", "card", "receipt"


@dataclass(frozen=True, slots=True)
class PayPage:
    """All that the page tells of a bill: what is due, by when, and the end of its number."""

    bill_no: str
    due: Money
    due_date: date
    language: Language


@dataclass(frozen=True, slots=True)
class Ending:
    """How a payment went: "done", "pending" or "failed"."""

    state: str
    amount: Money | None
    receipt: str | None = None


def pay_link(session: Session, bill_id: UUID) -> tuple[str, datetime]:
    """The address of the page that pays the bill, and until when it works."""
    life = timedelta(days=operator_of(session).payment.link_days)
    return _address(session, "pay", PAY, bill_id, life), clock_of(session).now() + life


def receipt_link(session: Session, payment_id: UUID) -> str:
    """The address of the payment's receipt."""
    life = timedelta(days=operator_of(session).payment.link_days)
    return _address(session, "pay/receipt", RECEIPT, payment_id, life)


def page_of(session: Session, token: str) -> PayPage:
    """What the link shows. Raises LinkWrong, LinkExpired."""
    bill = billing.bill_facts(session, _read(session, PAY, token), None)
    language = party.contact_of(session, bill.party_id).language
    return PayPage(rules.masked_bill_no(bill.bill_no), _due(session, bill), bill.due_date, language)


def start_page(session: Session, token: str, language: Language) -> str:
    """Begin to pay what is due of the link's bill; where the gateway's page is. Pressed twice, it is the same page.

    Raises LinkWrong, LinkExpired, NothingToPay, GatewayUnavailable.
    """
    bill = billing.bill_facts(session, _read(session, PAY, token), None, lock=True)
    due = _due(session, bill)
    since = clock_of(session).now() - timedelta(minutes=operator_of(session).payment.hosted_page_minutes)
    earlier = queries.page_still_open(session, bill.id, due.value, since)
    if earlier is not None and earlier.redirect_url:
        return earlier.redirect_url
    if due < limits_of(session).minimum:
        raise NothingToPay
    wanted = Wanted(
        billing_account_id=bill.billing_account_id,
        party_id=bill.party_id,
        amount=due,
        method=Method.CARD,
        taken_by="link",
        bill_id=bill.id,
        language=language,
    )
    return begin(session, wanted).redirect_url or ""


def ending_of(session: Session, token: str) -> Ending:
    """How the payment of the link went; the gateway is asked when it is still open. Raises LinkWrong, LinkExpired."""
    payment_id = _read(session, DONE, token)
    try:
        payment = settling.ask(session, payment_id)
    except GatewayUnavailable:
        payment = queries.payment(session, payment_id, None)
    return _ending(session, payment)


def card_ending_of(session: Session, token: str) -> Ending:
    """Whether the card of the link is saved. Raises LinkWrong, LinkExpired."""
    autopay_id = _read(session, CARD, token)
    try:
        autopay.ask_card(session, autopay_id)
    except GatewayUnavailable:
        log.info("gateway_unavailable_for_card")
    row = queries.visible_autopay(session, autopay_id, None)
    states = {"active": "done", "pending": "pending"}
    return Ending(states.get(row.state, "failed"), None)


def receipt_of(session: Session, token: str) -> UUID:
    """Which payment's receipt the link shows. Raises LinkWrong, LinkExpired."""
    return _read(session, RECEIPT, token)


def _due(session: Session, bill: billing.BillFacts) -> Money:
    """What may be collected of the bill and of the account's older ones, as the bill's first page says."""
    others = (one for one in billing.open_bills(session, bill.billing_account_id) if one.id != bill.id)
    older = (one.collectible for one in others if one.bill_date < bill.bill_date)
    return sum(older, bill.collectible)


def _ending(session: Session, payment: Payment) -> Ending:
    if payment.receipt_no is not None:
        return Ending("done", money_of(payment), receipt_link(session, payment.id))
    return Ending("pending" if payment.status in OPEN else "failed", money_of(payment))


def _address(session: Session, path: str, purpose: str, subject: UUID, life: timedelta) -> str:
    token = links.sign(purpose, subject, now=clock_of(session).now(), life=life)
    return f"{session.info.get('public_url', '')}/{path}/{token}"


def _read(session: Session, purpose: str, token: str) -> UUID:
    return links.read(purpose, token, now=clock_of(session).now())
