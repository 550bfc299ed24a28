"""Receipts: what a received payment was, as a page of PDF; the same bytes whenever it is asked for."""

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from babel.dates import format_datetime
from fastapi.responses import Response
from sqlalchemy.orm import Session

from backend.billing import service as billing
from backend.infra.database import clock_of
from backend.infra.mail import Attachment, Mail
from backend.infra.operator import operator_of
from backend.infra.typesetting import typesetter
from backend.kernel.money import Money
from backend.kernel.text import Bilingual, Language
from backend.party import service as party
from backend.payment import queries
from backend.payment.errors import ReceiptMissing
from backend.payment.models import Payment
from backend.payment.rules import Method, Purpose

TEMPLATE = Path(__file__).parent / "templates" / "receipt.typ"
TITLE = Bilingual(ar="إيصال استلام", en="Receipt")
NUMBER = Bilingual(ar="رقم الإيصال", en="Receipt number")
PAYMENT = Bilingual(ar="رقم الدفعة", en="Payment number")
DAY = Bilingual(ar="التاريخ", en="Date")
METHOD = Bilingual(ar="طريقة الدفع", en="Paid by")
CUSTOMER = Bilingual(ar="العميل", en="Customer")
PAID = Bilingual(ar="سُدّد به", en="It paid")
CREDIT = Bilingual(ar="رصيد لفواتيرك القادمة", en="Credit for your next bills")
TOP_UP = Bilingual(ar="شحن الرصيد", en="Balance top-up")
VAT = Bilingual(ar="الرقم الضريبي", en="VAT number")
SUBJECT = Bilingual(ar="إيصال من {operator} رقم {receipt}", en="Receipt {receipt} from {operator}")
LETTER = Bilingual(
    ar="مرحبًا،\n\nاستلمنا {amount}. الإيصال مرفق.\n{operator}",
    en="Hello,\n\nWe have received {amount}. The receipt is attached.\n{operator}",
)
CURRENCIES = {"SAR": Bilingual(ar="ريال سعودي", en="SAR")}
METHODS = {
    Method.CARD: Bilingual(ar="بطاقة", en="Card"),
    Method.SAVED_CARD: Bilingual(ar="بطاقة محفوظة (دفع تلقائي)", en="Saved card (automatic)"),
    Method.CASH: Bilingual(ar="نقدًا", en="Cash"),
    Method.TRANSFER: Bilingual(ar="تحويل بنكي", en="Bank transfer"),
    Method.NETWORK: Bilingual(ar="خدمة سداد الفواتير", en="Bill payment network"),
}


def answer(session: Session, payment_id: UUID, language: Language | None) -> Response:
    """The receipt for a browser; in the customer's language when none is asked for. Raises ReceiptMissing."""
    payment = _received(session, payment_id)
    name = f'inline; filename="{payment.receipt_no}.pdf"'
    headers = {"Content-Disposition": name, "Cache-Control": "private, no-store"}
    return Response(receipt_pdf(session, payment_id, language), media_type="application/pdf", headers=headers)


def receipt_pdf(session: Session, payment_id: UUID, language: Language | None = None) -> bytes:
    """The receipt. Raises PaymentNotFound, ReceiptMissing."""
    payment = _received(session, payment_id)
    chosen = language or party.contact_of(session, payment.party_id).language
    moment = clock_of(session).local(payment.captured_at or payment.created_at)
    return typesetter(TEMPLATE).pdf(_data(session, payment, chosen, moment), moment.date())


def _received(session: Session, payment_id: UUID) -> Payment:
    payment = queries.payment(session, payment_id, None)
    if payment.receipt_no is None:
        raise ReceiptMissing
    return payment


def _data(session: Session, payment: Payment, language: Language, moment: datetime) -> dict[str, Any]:
    operator = operator_of(session)
    locale = "ar@numbers=latn" if language == "ar" else "en_GB"
    rows = [
        (NUMBER, payment.receipt_no, True),
        (PAYMENT, payment.payment_no, True),
        (DAY, format_datetime(moment, "d MMMM y, HH:mm", locale=locale), False),
        (METHOD, METHODS[Method(payment.method)][language], False),
        (CUSTOMER, party.full_name(session, payment.party_id), False),
    ]
    return {
        "language": language,
        "brand": operator.name[language],
        "title": TITLE[language],
        "receiptNo": payment.receipt_no,
        "amount": f"{payment.amount:,.2f}",
        "currency": CURRENCIES.get(payment.unit, Bilingual(payment.unit, payment.unit))[language],
        "rows": [{"name": name[language], "value": value, "number": number} for name, value, number in rows],
        "shares": _shares(session, payment, language),
        "words": {"paid": PAID[language], "vat": VAT[language]},
        "seller": {
            "name": operator.seller.legal_name[language],
            "address": operator.seller.address[language],
            "vat": operator.seller.vat_number,
        },
    }


def _shares(session: Session, payment: Payment, language: Language) -> list[dict[str, Any]]:
    if payment.purpose == Purpose.TOP_UP:
        return [{"name": TOP_UP[language], "amount": f"{payment.amount:,.2f}", "number": False}]
    shares = []
    for one in queries.allocations(session, [payment.id]):
        bill_no = billing.bill_facts(session, one.bill_id, None).bill_no if one.bill_id else None
        name = bill_no or CREDIT[language]
        shares.append({"name": name, "amount": f"{one.amount:,.2f}", "number": bill_no is not None})
    return shares


def mail_of(session: Session, payment_id: UUID) -> Mail | None:
    """The receipt as an e-mail; None where no address is known. Raises ReceiptMissing."""
    payment = _received(session, payment_id)
    address, operator = party.email_of(session, payment.party_id), operator_of(session)
    if address is None:
        return None
    language = party.contact_of(session, payment.party_id).language
    amount = Money(payment.amount, payment.unit)
    said = {"receipt": payment.receipt_no, "amount": amount, "operator": operator.name[language]}
    return Mail(
        message_id=f"{payment.id}.receipt@bills.hatif",
        sender=operator.delivery.sender or "bills@localhost",
        recipient=address,
        subject=SUBJECT.format(**said)[language],
        text=LETTER.format(**said)[language],
        language=language,
        attachments=(Attachment(f"{payment.receipt_no}.pdf", receipt_pdf(session, payment.id, language)),),
    )
