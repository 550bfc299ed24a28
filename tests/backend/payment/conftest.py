"""A customer with fibre and a bill of October, 207.00, and the sandbox gateway they pay at."""

from collections.abc import Callable
from datetime import date

import pytest
from bills import bill_party
from customers import Customer
from fastapi.testclient import TestClient
from httpx import Response
from payments import PAYMENTS, payment_body
from sqlalchemy.orm import Session

from backend.access.rules import Level
from backend.billing.models import CustomerBill
from backend.infra.outside import outside
from backend.kernel.period import month_of
from backend.payment.gateway import PaymentGateway
from backend.payment.models import Payment
from backend.payment.sandbox import Choice, SandboxGateway
from backend.payment.service import CALLBACK

OCTOBER = month_of(date(2026, 10, 1))


@pytest.fixture
def home(customer: Callable[..., Customer]) -> Customer:
    """Somebody with fibre since the first of October."""
    return customer(offering="fibre-100", joined=date(2026, 10, 1))


@pytest.fixture
def bill(session: Session, home: Customer) -> CustomerBill:
    """Their bill of October, 207.00."""
    made = bill_party(session, home.party_id, OCTOBER)
    assert made is not None
    return made


@pytest.fixture
def own(conversation: Callable[..., dict[str, str]], home: Customer) -> dict[str, str]:
    """The customer, verified, in English."""
    return conversation(Level.VERIFIED, home.party_id)


@pytest.fixture
def gateway(session: Session) -> SandboxGateway:
    """The sandbox gateway."""
    found = outside(session, PaymentGateway)
    assert isinstance(found, SandboxGateway)
    return found


@pytest.fixture
def tell(api: TestClient, gateway: SandboxGateway) -> Callable[..., Response]:
    """Choose what happens at the gateway, and let it call back as it would."""

    def told(reference: str, choice: Choice = Choice.APPROVE) -> Response:
        gateway.choose(reference, choice)
        body, signature = gateway.callback(reference)
        return api.post(CALLBACK, content=body, headers={"X-Gateway-Signature": signature})

    return told


@pytest.fixture
def card_payment(session: Session, api: TestClient, own: dict[str, str], bill: CustomerBill) -> Callable[..., Payment]:
    """A payment by card for the bill that waits for the gateway's page."""

    def begun(value: float = 207.0) -> Payment:
        answer = api.post(PAYMENTS, json=payment_body(bill, value), headers=own)
        assert answer.status_code == 201, answer.text
        return session.get_one(Payment, answer.json()["id"])

    return begun
