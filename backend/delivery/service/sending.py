"""A bill on its way: planned once, sent once, and told by text message where an e-mail did not arrive."""

from collections.abc import Callable
from uuid import UUID, uuid4

import structlog
from sqlalchemy.orm import Session

from backend.billing import service as billing
from backend.billing.service import BillFacts
from backend.delivery import queries, rules
from backend.delivery.errors import (
    BillStillDraft,
    DeliveryNotFailed,
    DeliveryOnItsWay,
    NobodyToSendTo,
    WayUnknown,
)
from backend.delivery.models import Delivery, DeliveryPreference
from backend.delivery.rules import Channel, DeliveryState, Preference
from backend.delivery.service.documents import bill_link, document
from backend.infra import outbox
from backend.infra.database import Database, clock_of
from backend.infra.jobs import defer
from backend.infra.mail import Attachment, Mail, MailCarrier, MailDeferred, MailRefused
from backend.infra.operator import operator_of
from backend.kernel.text import Bilingual, Language
from backend.party import service as party

log = structlog.get_logger(__name__)
INTERRUPTED = "stopped while it was being sent; whether it arrived is not known"
NOTICE = Bilingual(
    ar="صدرت فاتورتك {bill} من {operator} بمبلغ {amount}. افتحها هنا: {link}",
    en="Your {operator} bill {bill} is ready: {amount}. Open it here: {link}",
)
SUBJECT = Bilingual(ar="فاتورتك من {operator} رقم {bill}", en="Your {operator} bill {bill}")
LETTER = Bilingual(
    ar="مرحبًا،\n\nفاتورتك {bill} بمبلغ {amount} مرفقة، وموعد سدادها {due}.\n\n"
    "لديك سؤال؟ اسأل المساعد في أي وقت.\n{operator}",
    en="Hello,\n\nYour bill {bill} of {amount} is attached. Please pay by {due}.\n\n"
    "A question? Ask the assistant, any time.\n{operator}",
)


def plan(session: Session, bill_id: UUID) -> list[Delivery]:
    """The ways that the bill takes to its customer, decided once. Raises BillNotFound, NobodyToSendTo."""
    queries.wait_for_document(session, bill_id)
    planned = list(queries.of_bill(session, bill_id))
    if planned:
        return planned
    bill = billing.bill_facts(session, bill_id, None)
    contact, address = party.contact_of(session, bill.party_id), party.email_of(session, bill.party_id)
    wish = queries.preference(session, bill.party_id)
    ways = rules.channels(
        Preference(wish.preference) if wish else None, address=bool(address), number=bool(contact.number)
    )
    if not ways:
        raise NobodyToSendTo
    recipients = {Channel.EMAIL: address or "", Channel.SMS: contact.number}
    return [_planned(session, bill, way, recipients[way], contact.language) for way in ways]


def send_text(session: Session, delivery_id: UUID) -> None:
    """Tell by SMS that the bill is there, with a link to it; the message leaves with this transaction."""
    delivery = queries.delivery(session, delivery_id, lock=True)
    if delivery.state != DeliveryState.INITIAL:
        return
    bill = billing.bill_facts(session, delivery.bill_id, None)
    link, operator = bill_link(session, bill.id), operator_of(session)
    language: Language = "ar" if delivery.language == "ar" else "en"
    text = NOTICE.format(bill=bill.bill_no, amount=bill.total, link=link, operator=operator.name[language])
    outbox.send(session, channel="sms", recipient=delivery.recipient, text=text, language=language)
    _move(session, delivery, DeliveryState.COMPLETED)


def send_mail(database: Database, delivery_id: UUID) -> None:
    """Send the bill by e-mail. Before the content goes out, that is noted: stopped after, it is not sent again.

    Raises MailUnavailable, to be tried again.
    """
    with database.transaction() as session:
        mail = _mail(session, delivery_id)
    if mail is None:
        return

    def note() -> None:
        with database.transaction() as session:
            _move(session, queries.delivery(session, delivery_id, lock=True), DeliveryState.IN_PROGRESS)

    _carry(database, delivery_id, mail, note)


def give_up(session: Session, delivery: Delivery, reason: str) -> None:
    """An e-mail did not arrive: that is noted, and the customer gets a text message instead."""
    delivery.reason = reason[:200]
    _move(session, delivery, DeliveryState.FAILED)
    ways = {one.channel for one in queries.of_bill(session, delivery.bill_id)}
    number = party.contact_of(session, delivery.party_id).number
    if Channel.SMS not in ways and number:
        bill = billing.bill_facts(session, delivery.bill_id, None)
        instead = _planned(session, bill, Channel.SMS, number, "ar" if delivery.language == "ar" else "en")
        send_text(session, instead.id)


def note_bounce(session: Session, message_id: str, reason: str) -> Delivery:
    """The mail came back. Raises DeliveryNotFound."""
    delivery = queries.by_message(session, message_id)
    if delivery.state != DeliveryState.FAILED:
        give_up(session, delivery, f"bounced: {reason}")
    return delivery


def send_again(session: Session, delivery_id: UUID) -> Delivery:
    """Staff have a failed delivery sent once more. Raises DeliveryNotFound, DeliveryNotFailed."""
    delivery = queries.delivery(session, delivery_id, lock=True)
    if delivery.state != DeliveryState.FAILED:
        raise DeliveryNotFailed
    delivery.reason = None
    address = party.email_of(session, delivery.party_id)
    if delivery.channel == Channel.EMAIL and address:
        delivery.recipient = address
    _move(session, delivery, DeliveryState.INITIAL)
    defer_sending(session, delivery)
    return delivery


def send_bill(session: Session, bill_id: UUID, way: Channel) -> Delivery:
    """Staff have an issued bill sent that way, also once more; an e-mail then has an id of its own: it is no repeat.

    Raises BillNotFound, BillStillDraft, WayUnknown, DeliveryOnItsWay.
    """
    queries.wait_for_document(session, bill_id)
    bill = billing.bill_facts(session, bill_id, None)
    if not bill.bill_no:
        raise BillStillDraft
    contact, address = party.contact_of(session, bill.party_id), party.email_of(session, bill.party_id)
    recipient = address if way is Channel.EMAIL else contact.number
    if not recipient:
        raise WayUnknown
    known = next((one for one in queries.of_bill(session, bill_id) if one.channel == way), None)
    if known is None:
        known = _planned(session, bill, way, recipient, contact.language)
    elif known.state in (DeliveryState.INITIAL, DeliveryState.IN_PROGRESS):
        raise DeliveryOnItsWay
    else:
        known.recipient, known.reason = recipient, None
        known.message_id = f"{bill.id}.{way}.{uuid4().hex[:8]}@bills.hatif"
        _move(session, known, DeliveryState.INITIAL)
    defer_sending(session, known)
    return known


def prefer(session: Session, party_id: UUID, preference: Preference) -> DeliveryPreference:
    """How the party wants its bills from now on."""
    row = queries.preference(session, party_id)
    if row is None:
        row = DeliveryPreference(party_id=party_id)
        session.add(row)
    row.preference, row.changed_at = preference, clock_of(session).now()
    session.flush()
    return row


def defer_sending(session: Session, delivery: Delivery) -> None:
    """Have the delivery sent in the background."""
    task = "delivery:send_mail" if delivery.channel == Channel.EMAIL else "delivery:send_text"
    defer(session, task, lock=f"delivery {delivery.id}", delivery_id=str(delivery.id))


def _planned(session: Session, bill: BillFacts, way: Channel, recipient: str, language: Language) -> Delivery:
    now = clock_of(session).now()
    delivery = Delivery(
        bill_id=bill.id,
        party_id=bill.party_id,
        channel=way,
        recipient=recipient,
        language=language,
        state=DeliveryState.INITIAL,
        message_id=f"{bill.id}.{way}@bills.hatif",
        created_at=now,
        state_at=now,
    )
    session.add(delivery)
    session.flush()
    return delivery


def _mail(session: Session, delivery_id: UUID) -> Mail | None:
    """The e-mail to send; None when it was sent, or may have been."""
    delivery = queries.delivery(session, delivery_id, lock=True)
    if delivery.state == DeliveryState.IN_PROGRESS:
        give_up(session, delivery, INTERRUPTED)
    if delivery.state != DeliveryState.INITIAL:
        return None
    delivery.tries += 1
    language: Language = "ar" if delivery.language == "ar" else "en"
    printed, operator = document(session, delivery.bill_id, None, language), operator_of(session)
    bill = billing.bill_facts(session, delivery.bill_id, None)
    said = {"bill": bill.bill_no, "amount": bill.total, "due": bill.due_date, "operator": operator.name[language]}
    return Mail(
        message_id=delivery.message_id,
        sender=operator.delivery.sender or "bills@localhost",
        recipient=delivery.recipient,
        subject=SUBJECT.format(**said)[language],
        text=LETTER.format(**said)[language],
        language=language,
        attachments=(Attachment(f"{bill.bill_no}.pdf", printed.pdf),),
    )


def _carry(database: Database, delivery_id: UUID, mail: Mail, note: Callable[[], None]) -> None:
    try:
        database.outside.find(MailCarrier).carry(mail, note)
    except MailRefused as refusal:
        with database.transaction() as session:
            give_up(session, queries.delivery(session, delivery_id, lock=True), f"bounced: {refusal}")
        return
    except MailDeferred:
        with database.transaction() as session:
            _move(session, queries.delivery(session, delivery_id, lock=True), DeliveryState.INITIAL)
        raise
    with database.transaction() as session:
        _move(session, queries.delivery(session, delivery_id, lock=True), DeliveryState.COMPLETED)


def _move(session: Session, delivery: Delivery, state: DeliveryState) -> None:
    delivery.state, delivery.state_at = state, clock_of(session).now()
    session.flush()
