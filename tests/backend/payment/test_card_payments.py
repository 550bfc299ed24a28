"""A payment by card: the gateway's page, what it tells, and what we make of it."""

import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from books import books_agree
from counts import noted
from fastapi.testclient import TestClient
from httpx import Response
from payments import PAYMENTS, now, payment_body
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.access.rules import Level, Role
from backend.billing.models import CustomerBill
from backend.billing.rules import BillState
from backend.infra.models import OutgoingMessage
from backend.kernel.clock import Clock
from backend.payment import service
from backend.payment.gateway import SIGNATURE_HEADER, signature
from backend.payment.models import Callback, Payment
from backend.payment.rules import PaymentStatus
from backend.payment.sandbox import Choice, SandboxGateway

Headers = dict[str, str]
Begin = Callable[..., Payment]
Tell = Callable[..., Response]


def results(session: Session, reference: str | None) -> list[str]:
    return list(session.scalars(select(Callback.result).where(Callback.reference == reference)))


def test_an_approved_card_settles_the_bill_and_gives_a_receipt(
    session: Session, card_payment: Begin, tell: Tell, bill: CustomerBill
) -> None:
    payment = card_payment()
    assert (payment.status, bill.remaining_amount) == (PaymentStatus.PENDING, Decimal("207.00"))
    assert str(payment.redirect_url).endswith(f"/sandbox/gateway/{payment.gateway_reference}")

    assert tell(payment.gateway_reference).json() == {"result": "applied"}

    assert (payment.status, payment.receipt_no) == (PaymentStatus.DONE, "RCT-2026-000001")
    assert (bill.remaining_amount, bill.state) == (0, BillState.SETTLED)
    assert any("RCT-2026-000001" in one.text for one in session.scalars(select(OutgoingMessage)))
    assert books_agree(session)


def test_bills_and_payments_are_counted_by_their_states_as_they_change(
    session: Session, card_payment: Begin, tell: Tell
) -> None:
    payment = card_payment()
    before = noted(session, Payment)
    tell(payment.gateway_reference)
    after = noted(session, Payment)
    assert after[PaymentStatus.DONE] == before.get(PaymentStatus.DONE, 0) + 1
    assert after.get(PaymentStatus.PENDING, 0) == before[PaymentStatus.PENDING] - 1
    assert noted(session, CustomerBill)[BillState.SETTLED] >= 1


def test_a_callback_that_comes_twice_is_one_payment(
    session: Session, card_payment: Begin, tell: Tell, bill: CustomerBill
) -> None:
    payment = card_payment(100)
    first, again = tell(payment.gateway_reference, Choice.TWICE), tell(payment.gateway_reference, Choice.TWICE)
    assert (first.json(), again.json()) == ({"result": "applied"}, {"result": "repeated"})
    assert bill.remaining_amount == Decimal("107.00")
    assert session.scalar(select(func.count()).select_from(Payment).where(Payment.receipt_no.is_not(None))) == 1
    assert books_agree(session)


def test_a_wrong_signature_changes_nothing(
    session: Session, card_payment: Begin, tell: Tell, bill: CustomerBill
) -> None:
    payment = card_payment()
    answer = tell(payment.gateway_reference, Choice.WRONG_SIGNATURE)
    assert (answer.status_code, answer.json()["code"]) == (401, "signature_wrong")
    assert (payment.status, bill.remaining_amount) == (PaymentStatus.PENDING, Decimal("207.00"))
    assert results(session, payment.gateway_reference) == []


@pytest.mark.parametrize("header", ["", "nonsense", "t=1", "t=x,v1=00", "v1=00,t=99999999999999"])
def test_what_is_no_signature_is_refused(api: TestClient, header: str) -> None:
    answer = api.post("/payment/v1/gateway/callback", content=b"{}", headers={SIGNATURE_HEADER: header})
    assert answer.status_code == 401


def test_a_signature_that_was_heard_long_ago_is_not_believed_again(
    api: TestClient, card_payment: Begin, gateway: SandboxGateway
) -> None:
    reference = str(card_payment().gateway_reference)
    gateway.choose(reference, Choice.APPROVE)
    body, _ = gateway.callback(reference)
    old = signature(gateway.secret, body, now() - timedelta(minutes=6))
    assert api.post("/payment/v1/gateway/callback", content=body, headers={SIGNATURE_HEADER: old}).status_code == 401


def test_a_signed_callback_about_nothing_of_ours_is_kept_and_unreadable_ones_are_refused(
    session: Session, api: TestClient, gateway: SandboxGateway
) -> None:
    def post(body: bytes) -> Response:
        headers = {SIGNATURE_HEADER: signature(gateway.secret, body, now())}
        return api.post("/payment/v1/gateway/callback", content=body, headers=headers)

    said: dict[str, Any] = {"eventId": "e1", "reference": "nobody's", "outcome": "approved"}
    assert post(json.dumps(said | {"amount": {"unit": "SAR", "value": "5"}}).encode()).json() == {"result": "unknown"}
    assert results(session, "nobody's") == ["unknown"]
    for bad in (b"", b"[]", b"\xff", json.dumps(said | {"amount": {"unit": "SAR", "value": "NaN"}}).encode()):
        assert post(bad).status_code == 422, bad
    assert post(b"x" * 20_000).status_code == 422


def test_another_amount_than_asked_for_is_held_for_staff(
    session: Session, api: TestClient, card_payment: Begin, tell: Tell, staff: Callable[..., Headers]
) -> None:
    payment = card_payment()
    assert tell(payment.gateway_reference, Choice.OTHER_AMOUNT).json() == {"result": "held"}
    assert (payment.status, payment.held) == (PaymentStatus.AUTHORIZED, "amountMismatch")
    bill = session.get_one(CustomerBill, payment.bill_id)
    assert bill.remaining_amount == Decimal("207.00")

    path = f"/payment/v1/payment/{payment.id}/decide"
    assert api.post(path, json={"decision": "accept"}, headers=staff(Role.AGENT)).status_code == 403
    answer = api.post(path, json={"decision": "accept"}, headers=staff(Role.BILLING))
    assert (answer.status_code, answer.json()["status"]) == (200, "done")
    assert bill.remaining_amount == 0
    assert api.post(path, json={"decision": "cancel"}, headers=staff(Role.BILLING)).status_code == 409
    assert books_agree(session)


@pytest.mark.parametrize(
    ("choice", "status"), [(Choice.DECLINE, PaymentStatus.DENIED), (Choice.CANCEL, PaymentStatus.CANCELED)]
)
def test_a_declined_or_cancelled_payment_leaves_the_bill_as_it_was(
    card_payment: Begin, tell: Tell, bill: CustomerBill, choice: Choice, status: PaymentStatus
) -> None:
    payment = card_payment()
    assert tell(payment.gateway_reference, choice).json() == {"result": "applied"}
    assert (payment.status, payment.receipt_no, bill.remaining_amount) == (status, None, Decimal("207.00"))


def test_a_gateway_that_never_calls_is_asked(
    session: Session, card_payment: Begin, gateway: SandboxGateway, bill: CustomerBill
) -> None:
    payment = card_payment()
    assert service.ask(session, payment.id).status == PaymentStatus.PENDING
    gateway.choose(str(payment.gateway_reference), Choice.APPROVE)  # and the callback is lost
    assert service.ask(session, payment.id).status == PaymentStatus.DONE
    assert service.ask(session, payment.id).receipt_no == payment.receipt_no
    assert bill.remaining_amount == 0
    assert books_agree(session)


def test_a_page_that_nobody_finishes_expires_but_money_that_comes_late_is_money(
    session: Session, card_payment: Begin, tell: Tell, clock: Clock, bill: CustomerBill
) -> None:
    payment = card_payment()
    clock.offset += timedelta(minutes=31)
    assert service.ask(session, payment.id).status == PaymentStatus.CANCELED
    assert tell(payment.gateway_reference, Choice.LATE).json() == {"result": "applied"}
    assert (payment.status, bill.remaining_amount) == (PaymentStatus.DONE, 0)


def test_the_same_key_is_the_same_payment(api: TestClient, session: Session, own: Headers, bill: CustomerBill) -> None:
    headers = own | {"Idempotency-Key": "pay-once-please"}
    first, again = (api.post(PAYMENTS, json=payment_body(bill, 20), headers=headers) for _ in range(2))
    assert first.json() == again.json()
    assert session.scalar(select(func.count()).select_from(Payment)) == 1
    assert api.post(PAYMENTS, json=payment_body(bill, 21), headers=headers).status_code == 422


def test_who_may_pay_how(
    api: TestClient,
    own: Headers,
    bill: CustomerBill,
    conversation: Callable[..., Headers],
    staff: Callable[..., Headers],
) -> None:
    def pay(headers: Headers, method: str, value: float = 20) -> tuple[int, str]:
        answer = api.post(PAYMENTS, json=payment_body(bill, value, method), headers=headers)
        return answer.status_code, answer.json().get("code", "")

    assert pay(own, "cash") == (403, "method_for_staff")
    assert pay(own, "bankAccountTransfer") == (422, "method_unknown")
    assert pay(own, "gold") == (422, "method_unknown")
    assert pay(own, "bankCard", 0.5) == (422, "amount_out_of_range")
    assert pay(own, "bankCard", 20.005) == (422, "amount_out_of_range")
    assert pay(own, "bankCard", 20_000.01) == (422, "amount_out_of_range")
    assert pay(conversation(Level.VERIFIED, uuid4()), "bankCard") == (422, "account_not_payable")
    assert pay(conversation(Level.CHANNEL, bill.party_id), "bankCard")[0] == 403
    assert pay(staff(Role.AGENT), "cash")[0] == 201


def test_no_card_number_is_taken_kept_or_told(
    api: TestClient, session: Session, own: Headers, bill: CustomerBill, caplog: pytest.LogCaptureFixture
) -> None:
    number = "4111 1111 1111 1111"
    bodies = [
        payment_body(bill, 20) | {"description": f"card {number}"},
        payment_body(bill, 20) | {"paymentMethod": {"@type": "bankCard", "name": number.replace(" ", "")}},
        payment_body(bill, 20)
        | {"paymentMethod": {"@type": "bankCard", "name": "Visa", "description": "٤١١١١١١١١١١١١١١١"}},
    ]
    for body in bodies:
        answer = api.post(PAYMENTS, json=body, headers=own)
        assert (answer.status_code, answer.json()["code"]) == (422, "card_number_sent")
        assert "4111" not in answer.text
    assert session.scalar(select(func.count()).select_from(Payment)) == 0
    assert "4111" not in caplog.text


def test_a_customer_sees_their_own_payments_only(
    api: TestClient, card_payment: Begin, own: Headers, conversation: Callable[..., Headers]
) -> None:
    payment = card_payment()
    stranger = conversation(Level.VERIFIED, uuid4())
    assert [one["id"] for one in api.get(PAYMENTS, headers=own).json()] == [str(payment.id)]
    assert api.get(PAYMENTS, headers=stranger).json() == []
    assert api.get(f"{PAYMENTS}/{payment.id}", headers=stranger).status_code == 404
    assert api.get(f"/payment/v1/payment/{payment.id}/receipt", headers=stranger).status_code == 404


def test_the_receipt_is_a_pdf_that_is_the_same_every_time(
    api: TestClient, card_payment: Begin, tell: Tell, own: Headers
) -> None:
    payment = card_payment()
    path = f"/payment/v1/payment/{payment.id}/receipt"
    assert api.get(path, headers=own).status_code == 404
    tell(payment.gateway_reference)
    first, again = api.get(path, headers=own), api.get(path, headers=own)
    assert first.headers["content-type"] == "application/pdf"
    assert first.content.startswith(b"%PDF")
    assert first.content == again.content
