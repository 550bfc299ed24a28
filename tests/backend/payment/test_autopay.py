"""Automatic payment: by consent only, on the due date, with retries by the operator's schedule."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from books import books_agree
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from backend.billing.models import CustomerBill
from backend.infra.models import OutgoingMessage
from backend.kernel.clock import Clock
from backend.payment import queries, service
from backend.payment.models import Autopay, Payment
from backend.payment.rules import PaymentStatus, autopay_attempt
from backend.payment.sandbox import Choice

Headers = dict[str, str]
DUE = date(2026, 11, 21)
DAYS = (0, 3, 7)


@pytest.fixture
def autopay(
    api: TestClient, session: Session, bill: CustomerBill, own: Headers, tell: Callable[..., Response]
) -> Autopay:
    """The customer's consent, with a card saved at the gateway."""
    body = {"billingAccount": str(bill.billing_account_id), "agreed": True}
    made = api.post("/payment/v1/autopay", json=body, headers=own).json()
    autopay = session.get_one(Autopay, made["id"])
    assert autopay.state == "pending"
    assert tell(autopay.gateway_reference).json() == {"result": "applied"}
    return autopay


def charged(session: Session, autopay: Autopay) -> list[Payment]:
    """A morning's work."""
    due = service.attempts_due(session, autopay.id)
    return [service.charge_kept(session, payment.id) for payment in due]


@pytest.mark.parametrize(
    ("today", "made", "number"),
    [(20, 0, None), (21, 0, 1), (25, 0, 1), (22, 1, None), (24, 1, 2), (27, 2, None), (28, 2, 3), (30, 3, None)],
)
def test_a_card_is_tried_on_the_days_of_the_schedule(today: int, made: int, number: int | None) -> None:
    assert autopay_attempt(DUE, date(2026, 11, today), made, DAYS) == number


def test_the_bill_is_paid_once_when_it_is_due(
    session: Session, autopay: Autopay, bill: CustomerBill, clock: Clock
) -> None:
    clock.offset -= timedelta(days=4)  # the day before it is due
    assert charged(session, autopay) == []
    clock.offset += timedelta(days=1)
    (payment,) = charged(session, autopay)
    assert (payment.status, payment.method, bill.remaining_amount) == (PaymentStatus.DONE, "tokenizedCard", 0)
    assert charged(session, autopay) == []
    assert service.charge_kept(session, payment.id).receipt_no == payment.receipt_no
    assert books_agree(session)


def test_a_declined_card_is_tried_again_and_the_customer_told(
    session: Session, autopay: Autopay, bill: CustomerBill, clock: Clock
) -> None:
    autopay.token = f"tok_sandbox_{Choice.DECLINE}"
    session.flush()
    clock.offset -= timedelta(days=3)
    outcomes = []
    for _ in range(12):
        outcomes += [(clock.today().day, payment.status) for payment in charged(session, autopay)]
        clock.offset += timedelta(days=1)
    assert outcomes == [(21, "denied"), (24, "denied"), (28, "denied")]
    told = [one.text for one in session.scalars(select(OutgoingMessage)) if "/pay/" in one.text]
    assert len(told) == 3
    assert bill.remaining_amount == Decimal("207.00")


def test_a_charge_whose_answer_was_lost_is_the_same_charge(
    session: Session, autopay: Autopay, bill: CustomerBill
) -> None:
    (payment,) = service.attempts_due(session, autopay.id)
    service.charge(session, payment.id)  # killed before the answer was kept
    assert service.attempts_due(session, autopay.id) == []
    assert service.charge_kept(session, payment.id).status == PaymentStatus.DONE
    rows = session.execute(
        text("SELECT count(*) FROM payment_sandbox_charge WHERE merchant_reference = :id"), {"id": str(payment.id)}
    )
    assert rows.scalar() == 1
    assert bill.remaining_amount == 0


def test_without_consent_no_card_is_saved_and_withdrawing_forgets_it(
    api: TestClient, session: Session, own: Headers, bill: CustomerBill, autopay: Autopay
) -> None:
    body = {"billingAccount": str(bill.billing_account_id), "agreed": False}
    assert api.post("/payment/v1/autopay", json=body, headers=own).json()["code"] == "consent_missing"

    (shown,) = api.get("/payment/v1/autopay", headers=own).json()
    assert (shown["state"], shown["card"]) == ("active", "Sandbox card")
    assert "tok_" not in str(shown)
    raw = session.execute(text("SELECT token FROM payment_autopay")).scalar_one()
    assert raw.startswith("gAAAA")

    assert api.delete(f"/payment/v1/autopay/{autopay.id}", headers=own).json()["state"] == "ended"
    assert autopay.token is None
    assert charged(session, autopay) == []


def test_a_charge_back_ends_automatic_payment(session: Session, autopay: Autopay) -> None:
    (payment,) = charged(session, autopay)
    service.charge_back(session, payment_id=payment.id, amount=None, reason="not me", asked_by="huda")
    assert queries.autopay_of(session, autopay.billing_account_id) is None
    assert books_agree(session)
