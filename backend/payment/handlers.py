"""Reactions of payment: receipts, and notices of cards that were not accepted."""

from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra import outbox
from backend.infra.jobs import defer
from backend.kernel.text import Bilingual
from backend.party import service as party
from backend.payment import queries, service
from backend.payment.events import PaymentCaptured, PaymentFailed, PaymentReversed
from backend.payment.rules import ReversalKind

RECEIVED = Bilingual(
    ar="استلمنا دفعتك بمبلغ {amount}. رقم الإيصال {receipt}: {link}",
    en="We received your payment of {amount}. Receipt {receipt}: {link}",
)
CARD_DECLINED = Bilingual(
    ar="لم يقبل البنك بطاقتك لدفع {amount} تلقائيًا. سنحاول مرة أخرى، ويمكنك الدفع الآن: {link}",
    en="Your card was not accepted for the automatic payment of {amount}. We will try again; you can pay now: {link}",
)
REFUNDED = Bilingual(
    ar="أعدنا إليك {amount} من دفعتك {payment}.", en="We have refunded {amount} of your payment {payment}."
)
TAKEN_BACK = Bilingual(
    ar="استرجع بنكك {amount} من دفعتك {payment}، فعاد المبلغ مستحقًا على حسابك.",
    en="Your bank took back {amount} of your payment {payment}; the amount is due on your account again.",
)


def send_receipt(session: Session, event: PaymentCaptured) -> None:
    """Tell the customer by SMS that the money came, and by e-mail with the receipt where an address is known."""
    payment = queries.payment(session, event.payment_id, None)
    link = service.receipt_link(session, payment.id)
    _tell(session, event.party_id, RECEIVED.format(amount=event.amount, receipt=payment.receipt_no, link=link))
    if party.email_of(session, event.party_id):
        defer(session, "payment:mail_receipt", payment_id=str(payment.id))


def tell_declined(session: Session, event: PaymentFailed) -> None:
    """A saved card was not accepted."""
    attempt = queries.attempt_of(session, event.payment_id)
    if attempt is not None:
        payment = queries.payment(session, event.payment_id, None)
        link, _ = service.pay_link(session, attempt.bill_id)
        _tell(session, event.party_id, CARD_DECLINED.format(amount=service.money_of(payment), link=link))


def tell_reversed(session: Session, event: PaymentReversed) -> None:
    """Money went back."""
    payment = queries.payment(session, event.payment_id, None)
    text = REFUNDED if event.kind == ReversalKind.REFUND else TAKEN_BACK
    _tell(session, event.party_id, text.format(amount=event.amount, payment=payment.payment_no))


def _tell(session: Session, party_id: UUID, text: Bilingual) -> None:
    contact = party.contact_of(session, party_id)
    outbox.send(session, channel="sms", recipient=contact.number, text=text, language=contact.language)
