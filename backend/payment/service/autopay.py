"""Automatic payment: consent, the saved card, and what is charged when a bill falls due."""

from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.account.service import AccountView
from backend.billing import service as billing
from backend.infra.database import clock_of
from backend.infra.numbers import next_number
from backend.infra.operator import operator_of
from backend.infra.outside import outside
from backend.kernel.money import Money
from backend.kernel.scope import Scope
from backend.kernel.text import Language
from backend.payment import queries, rules
from backend.payment.errors import ConsentMissing
from backend.payment.gateway import GatewayAnswer, PaymentGateway
from backend.payment.models import Autopay, AutopayAttempt, Payment
from backend.payment.rules import Method, Outcome
from backend.payment.service.paying import Wanted, keep, open_page

CONSENT_VERSION = "2026-11"


def agree(
    session: Session, account: AccountView, *, agreed: bool, caller: str, language: Language, return_url: str = ""
) -> Autopay:
    """Note the consent, and open the gateway's page on which the card is saved; it counts from then on.

    Raises ConsentMissing, GatewayUnavailable.
    """
    if not agreed:
        raise ConsentMissing
    autopay_id, nothing = uuid4(), Money.zero(operator_of(session).currency)
    page = open_page(session, autopay_id, nothing, language, return_url, save_card=True)
    autopay = Autopay(
        id=autopay_id,
        billing_account_id=account.id,
        party_id=account.party_id,
        state="pending",
        consent_version=CONSENT_VERSION,
        consent_at=clock_of(session).now(),
        consent_by=caller[:80],
        gateway_reference=page.reference,
        redirect_url=page.redirect_url,
    )
    session.add(autopay)
    session.flush()
    return autopay


def card_saved(session: Session, answer: GatewayAnswer) -> str:
    """The gateway tells of a session that saves a card; "unknown" when it is none of ours."""
    autopay = queries.autopay_by_reference(session, answer.reference)
    if autopay is None:
        return "unknown"
    if autopay.state != "pending" or answer.outcome is Outcome.PENDING:
        return "repeated" if autopay.state != "pending" else "pending"
    if answer.outcome is not Outcome.APPROVED or answer.card is None:
        autopay.state, autopay.ended_at = "failed", clock_of(session).now()
        return "applied"
    earlier = queries.autopay_of(session, autopay.billing_account_id, lock=True)
    if earlier is not None:
        _end(session, earlier)
    autopay.state, autopay.token, autopay.label = "active", answer.card.token, answer.card.label
    session.flush()
    return "applied"


def ask_card(session: Session, autopay_id: UUID) -> str:
    """Ask the gateway whether the card is saved. Raises AutopayNotFound, GatewayUnavailable."""
    autopay = queries.visible_autopay(session, autopay_id, None)
    return card_saved(session, outside(session, PaymentGateway).status(autopay.gateway_reference))


def withdraw(session: Session, autopay_id: UUID, scope: Scope) -> Autopay:
    """The customer no longer wants it: the token is forgotten at once. Raises AutopayNotFound."""
    autopay = queries.visible_autopay(session, autopay_id, scope)
    if autopay.state != "ended":
        _end(session, autopay)
    return autopay


def end_for(session: Session, billing_account_id: UUID) -> None:
    """The card's bank took money back: the card is not charged again."""
    autopay = queries.autopay_of(session, billing_account_id, lock=True)
    if autopay is not None:
        _end(session, autopay)


def attempts_due(session: Session, autopay_id: UUID) -> list[Payment]:
    """Payments for the account's bills that are to be charged today; each number of try is made once.

    They are kept before the gateway is asked, so that a charge is never made twice.
    """
    autopay = queries.visible_autopay(session, autopay_id, None)
    if autopay.state != "active":
        return []
    today, days = clock_of(session).today(), operator_of(session).payment.autopay_days
    made = []
    for bill in billing.bills_due(session, [autopay.billing_account_id], today):
        tries = queries.attempts(session, bill.id)
        number = rules.autopay_attempt(bill.due_date, today, len(tries), days)
        busy = tries and queries.payment(session, tries[-1].payment_id, None).status in rules.OPEN
        if number is None or busy:
            continue
        wanted = Wanted(
            billing_account_id=autopay.billing_account_id,
            party_id=autopay.party_id,
            amount=bill.collectible,
            method=Method.SAVED_CARD,
            taken_by="autopay",
            bill_id=bill.id,
        )
        payment = keep(session, wanted, next_number(session, "PAY"))
        attempt = AutopayAttempt(autopay_id=autopay.id, bill_id=bill.id, number=number, payment_id=payment.id)
        session.add(attempt)
        session.flush()
        made.append(payment)
    return made


def charge(session: Session, payment_id: UUID) -> GatewayAnswer | None:
    """Have the saved card charged for a kept payment; the same charge however often it is tried. None without a card.

    Raises PaymentNotFound, GatewayUnavailable.
    """
    payment = queries.payment(session, payment_id, None)
    autopay = queries.autopay_of(session, payment.billing_account_id)
    if autopay is None or autopay.token is None:
        return None
    amount = Money(payment.amount, payment.unit)
    return outside(session, PaymentGateway).charge(key=payment.id, token=autopay.token, amount=amount)


def _end(session: Session, autopay: Autopay) -> None:
    autopay.state, autopay.ended_at, autopay.token = "ended", clock_of(session).now(), None
    session.flush()
