"""The bill as a document: what it says in each language, and that it never changes."""

import base64
import hashlib
import io
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from customers import Customer
from fastapi.testclient import TestClient
from pypdf import PdfReader
from sqlalchemy.orm import Session

from backend.access import service as access
from backend.access.rules import Level, Role
from backend.billing import service as billing
from backend.billing.models import CustomerBill
from backend.delivery import queries, service
from backend.delivery.document import facts_of, set_bill
from backend.delivery.document.setting import printed
from backend.delivery.document.zatca import qr_text
from backend.kernel.clock import Clock
from backend.kernel.money import Money

Headers = dict[str, str]
BILLS = "/tmf-api/customerBillManagement/v4/customerBill"


def text_of(pdf: bytes, page: int = 0) -> str:
    return PdfReader(io.BytesIO(pdf)).pages[page].extract_text()


def tags(code: str) -> list[str]:
    """The values of a TLV code."""
    raw, found = base64.b64decode(code), []
    while raw:
        found.append(raw[2 : 2 + raw[1]].decode())
        raw = raw[2 + raw[1] :]
    return found


def test_the_first_page_says_what_is_owed_by_when_and_how_to_pay(session: Session, bill: CustomerBill) -> None:
    pdf = service.document(session, bill.id, None, "en").pdf
    first = text_of(pdf)
    for said in (
        "207.00",
        "Please pay by 21 November 2026",
        bill.bill_no,
        "310175397400003",
        "How to pay",
        "Biller code 901",
    ):
        assert said in first, said
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 2
    links = [a.get_object()["/A"]["/URI"] for a in PdfReader(io.BytesIO(pdf)).pages[0]["/Annots"]]
    assert any("/pay/" in link for link in links)


def test_the_details_have_each_line_with_its_tax(session: Session, bill: CustomerBill) -> None:
    details = text_of(service.document(session, bill.id, None, "en").pdf, 1)
    for said in ("180.00", "27.00", "207.00", "VAT 15%", "Total including VAT"):
        assert said in details, said


def test_a_customer_gets_it_in_their_language_and_may_have_the_other(session: Session, bill: CustomerBill) -> None:
    arabic, english = service.document(session, bill.id, None), service.document(session, bill.id, None, "en")
    assert (arabic.language, english.language) == ("ar", "en")
    assert arabic.sha256 != english.sha256
    assert PdfReader(io.BytesIO(arabic.pdf)).metadata.title == f"فاتورة ضريبية مبسطة {bill.bill_no}"
    assert PdfReader(io.BytesIO(arabic.pdf)).root_object["/Lang"] == "ar"


def test_a_reprint_is_the_same_bytes_whatever_has_happened_since(
    session: Session, bill: CustomerBill, clock: Clock
) -> None:
    first = service.document(session, bill.id, None, "ar")
    billing.apply_payment(session, bill_id=bill.id, amount=Money(bill.remaining_amount, "SAR"), source_id="one")
    clock.offset += timedelta(days=400)
    again = service.document(session, bill.id, None, "ar")
    english = service.document(session, bill.id, None, "en")  # set now, of the facts of then
    assert first.pdf == again.pdf
    assert first.sha256 == again.sha256 == hashlib.sha256(again.pdf).hexdigest()
    assert "Please pay by 21 November 2026" in text_of(english.pdf)


def test_another_process_sets_the_same_bytes(session: Session, bill: CustomerBill) -> None:
    facts = facts_of(session, bill.id, "https://hatif.example/pay/x")
    program = (
        "import ast, hashlib, sys; from backend.delivery.document import set_bill;"
        "facts = ast.literal_eval(sys.stdin.read());"
        "print(hashlib.sha256(set_bill(facts, 'ar')).hexdigest())"
    )
    there = subprocess.run(
        [sys.executable, "-c", program], input=repr(facts), capture_output=True, text=True, check=True
    )
    assert there.stdout.strip() == hashlib.sha256(set_bill(facts, "ar")).hexdigest()


def test_the_code_holds_the_five_fields_of_a_tax_invoice(session: Session, bill: CustomerBill) -> None:
    seller, vat_number, moment, total, tax = tags(facts_of(session, bill.id, "")["qr"])
    assert (seller, vat_number, total, tax) == ("شركة هاتف للاتصالات", "310175397400003", "207.00", "27.00")
    assert moment.endswith("Z")


def test_a_long_name_of_a_seller_is_counted_in_bytes() -> None:
    from_arabic = qr_text(
        seller="هاتف",
        vat_number="3" + "0" * 13 + "3",
        at=Clock().now(),
        total=Money.zero("SAR").value,
        tax=Money.zero("SAR").value,
    )
    assert base64.b64decode(from_arabic)[1] == 8
    assert tags(from_arabic)[0] == "هاتف"


def test_earlier_bills_and_credit_are_part_of_what_is_to_pay(session: Session, bill: CustomerBill) -> None:
    facts = facts_of(session, bill.id, "")
    told = printed(facts | {"earlier": "93.00", "remaining": "150.00"}, "en")
    assert told["toPay"] == "243.00"
    assert [(row["name"], row["amount"]) for row in told["sums"]] == [
        ("This bill", "207.00"),
        ("Paid or credited", "−57.00"),
        ("Earlier unpaid bills", "93.00"),
    ]


def test_lines_say_only_what_differs_from_the_whole_bill(session: Session, bill: CustomerBill) -> None:
    facts = facts_of(session, bill.id, "")
    line = facts["groups"][0]["lines"][0]
    other = line | {"taxPercent": "0", "period": ["2026-10-10", "2026-10-31"]}
    facts["groups"][0]["lines"] = [line, other]
    shown = printed(facts, "en")["groups"][0]["lines"]
    assert [(one["period"], one["rate"]) for one in shown] == [("", "15%"), ("10 – 31 Oct", "0%")]


def test_who_may_open_a_bill(
    api: TestClient,
    bill: CustomerBill,
    own: Headers,
    conversation: Callable[..., Headers],
    staff: Callable[..., Headers],
) -> None:
    path = f"{BILLS}/{bill.id}/document"
    for headers in (own, staff(Role.AGENT)):
        answer = api.get(path, headers=headers)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/pdf"
    assert api.get(path, headers=conversation(Level.VERIFIED, uuid4())).status_code == 404
    assert api.get(path, headers=conversation(Level.CHANNEL, bill.party_id)).status_code == 403
    assert api.get(path).status_code == 401


def test_a_link_of_the_chat_opens_while_the_chat_knows_its_customer(
    api: TestClient, session: Session, bill: CustomerBill, own: Headers, clock: Clock
) -> None:
    url = api.post(f"/delivery/v1/bill/{bill.id}/link", headers=own).json()["url"]
    assert api.get(url).content.startswith(b"%PDF")
    assert api.get(url.split("?")[0]).status_code == 404
    assert api.get(f"{url.split('?')[0]}?chat={uuid4()}").status_code == 404
    clock.offset += timedelta(minutes=31)
    assert api.get(url).status_code == 410
    clock.offset -= timedelta(minutes=31)
    access.close_conversation(session, UUID(own["X-Conversation-Id"]))
    assert api.get(url).status_code == 404


def test_the_document_is_kept_once_a_language(session: Session, bill: CustomerBill, home: Customer) -> None:
    for language in ("ar", "en", "ar", "en"):
        service.document(session, bill.id, frozenset({home.party_id}), language)  # type: ignore[arg-type]
    assert sorted(one.language for one in queries.documents(session, bill.id)) == ["ar", "en"]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_page_says_which_of_how_many_it_is(session: Session, bill: CustomerBill, language: str) -> None:
    facts = facts_of(session, bill.id, "")
    facts["groups"][0]["lines"] *= 90
    pages = PdfReader(io.BytesIO(set_bill(facts, language))).pages  # type: ignore[arg-type]
    assert len(pages) > 3
    assert bill.bill_no in pages[-1].extract_text()
