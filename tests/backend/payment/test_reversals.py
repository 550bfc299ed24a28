"""Money that goes back: never more than came in, and never twice."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from books import books_agree
from fastapi.testclient import TestClient
from httpx import Response
from payments import PAYMENTS, REFUNDS, payment_body
from sqlalchemy.orm import Session

from backend.access.rules import Role
from backend.billing.models import CustomerBill
from backend.billing.rules import BillState
from backend.infra.events import EventBus
from backend.payment import service
from backend.payment.events import PaymentReversed
from backend.payment.models import Payment, Refund
from backend.payment.rules import PaymentStatus

Headers = dict[str, str]
Staff = Callable[..., Headers]


@pytest.fixture
def cash(api: TestClient, session: Session, bill: CustomerBill, staff: Staff) -> Callable[[float], Payment]:
    """Cash for the bill, taken at a branch."""

    def taken(value: float) -> Payment:
        answer = api.post(PAYMENTS, json=payment_body(bill, value, "cash"), headers=staff(Role.AGENT))
        assert answer.json()["status"] == "done", answer.text
        return session.get_one(Payment, answer.json()["id"])

    return taken


@pytest.fixture
def refund(api: TestClient, staff: Staff) -> Callable[..., Response]:
    """Ask for a refund."""

    def asked(payment: Payment, value: float, headers: Headers | None = None) -> Response:
        body = {
            "account": {"id": str(payment.billing_account_id)},
            "paymentMethod": {"@type": payment.method, "name": "as paid"},
            "totalAmount": {"unit": "SAR", "value": value},
            "payment": {"id": str(payment.id)},
            "description": "paid by mistake",
        }
        return api.post(REFUNDS, json=body, headers=headers or staff(Role.AGENT))

    return asked


def test_a_payment_is_found_by_the_bill_that_its_money_went_on(
    api: TestClient, cash: Callable[[float], Payment], bill: CustomerBill, staff: Staff
) -> None:
    payment = cash(207)
    headers = staff(Role.BILLING)
    (found,) = api.get(PAYMENTS, params={"onBill": str(bill.id)}, headers=headers).json()
    assert found["name"] == payment.payment_no
    assert found["allocation"] == [{"bill": {"id": str(bill.id)}, "amount": {"unit": "SAR", "value": 207.0}}]
    for other in (str(payment.id), "no id"):
        assert api.get(PAYMENTS, params={"onBill": other}, headers=headers).json() == []


def test_a_refund_of_cash_is_done_at_once_and_the_bill_is_owed_again(
    session: Session, cash: Callable[[float], Payment], refund: Callable[..., Response], bill: CustomerBill
) -> None:
    session.info["bus"] = bus = EventBus()
    heard: list[PaymentReversed] = []
    bus.subscribe(PaymentReversed, lambda _, event: heard.append(event))
    payment = cash(207)
    answer = refund(payment, 50)
    assert (answer.status_code, answer.json()["status"]) == (201, "done")
    assert (bill.remaining_amount, bill.state) == (Decimal("50.00"), BillState.PARTIALLY_PAID)
    assert [(one.kind, one.amount.value) for one in heard] == [("refund", Decimal("50.0"))]
    assert books_agree(session)


def test_no_more_goes_back_than_came_in(
    session: Session, cash: Callable[[float], Payment], refund: Callable[..., Response]
) -> None:
    payment = cash(150)
    assert refund(payment, 100).status_code == 201
    over = refund(payment, 50.01)
    assert (over.status_code, over.json()["code"]) == (409, "refund_too_high")
    assert "50.00 SAR" in over.text
    assert refund(payment, 50).status_code == 201
    assert refund(payment, 0.01).status_code == 409
    assert books_agree(session)


def test_above_the_limit_another_person_decides(
    api: TestClient, session: Session, cash: Callable[[float], Payment], refund: Callable[..., Response], staff: Staff
) -> None:
    payment, asker = cash(500), staff(Role.BILLING)
    asked = refund(payment, 200.01, asker).json()
    assert asked["status"] == "pendingAuthorization"
    assert refund(payment, 300, asker).status_code == 409  # what is asked for counts already

    path, yes = f"/payment/v1/refund/{asked['id']}/decide", {"decision": "approve"}
    assert api.post(path, json=yes, headers=asker).json()["code"] == "second_person_needed"
    assert api.post(path, json=yes, headers=staff(Role.AGENT)).json()["code"] == "role_forbidden"
    assert api.post(path, json=yes, headers=staff(Role.SUPERVISOR)).json()["status"] == "done"
    assert api.post(path, json=yes, headers=staff(Role.SUPERVISOR)).status_code == 409
    assert books_agree(session)


def test_a_refund_that_is_refused_sets_its_amount_free(
    api: TestClient, cash: Callable[[float], Payment], refund: Callable[..., Response], staff: Staff
) -> None:
    payment = cash(500)
    asked = refund(payment, 400).json()
    path = f"/payment/v1/refund/{asked['id']}/decide"
    assert api.post(path, json={"decision": "refuse"}, headers=staff(Role.ADMIN)).json()["status"] == "denied"
    assert payment.reversed_amount == 0


def test_a_refund_to_a_card_goes_through_the_gateway_once(
    session: Session,
    card_payment: Callable[..., Payment],
    tell: Callable[..., Response],
    refund: Callable[..., Response],
) -> None:
    payment = card_payment(100)
    assert refund(payment, 10).json()["code"] == "payment_not_refundable"
    tell(payment.gateway_reference)
    asked = refund(payment, 60).json()
    assert asked["status"] == "authorized"
    for _ in range(2):  # the job, and the job again
        assert service.send_refund(session, session.get_one(Refund, asked["id"]).id).status == PaymentStatus.DONE
    assert payment.reversed_amount == Decimal("60.0000")
    assert books_agree(session)


def test_a_charge_back_opens_the_bill_again(
    api: TestClient,
    session: Session,
    card_payment: Callable[..., Payment],
    tell: Callable[..., Response],
    staff: Staff,
) -> None:
    payment = card_payment(207)
    tell(payment.gateway_reference)
    bill = session.get_one(CustomerBill, payment.bill_id)
    path, headers = (
        f"/payment/v1/payment/{payment.id}/chargeback",
        staff(Role.BILLING) | {"Idempotency-Key": "back-once"},
    )
    first, again = (api.post(path, json={"reason": "stolen card"}, headers=headers) for _ in range(2))
    assert (first.status_code, first.json()) == (201, again.json())
    assert (bill.remaining_amount, bill.state) == (Decimal("207.00"), BillState.SENT)
    assert api.post(path, json={"reason": "stolen card"}, headers=staff(Role.BILLING)).status_code == 409
    assert books_agree(session)


def test_a_top_up_stands_on_the_prepaid_liability_and_tells_the_product(
    api: TestClient, session: Session, bill: CustomerBill, staff: Staff, refund: Callable[..., Response]
) -> None:
    product = session.info["bus"] = EventBus()
    assert product is not None
    from_body = payment_body(bill, 30, "cash")
    line = api.get("/tmf-api/productInventory/v4/product", headers=staff(Role.ADMIN)).json()[0]["id"]
    from_body["paymentItem"] = [{"item": {"id": line, "@referredType": "Product"}}]
    paid = api.post(PAYMENTS, json=from_body, headers=staff(Role.AGENT)).json()
    payment = session.get_one(Payment, paid["id"])
    assert (payment.purpose, str(payment.product_id)) == ("topUp", line)
    assert bill.remaining_amount == Decimal("207.00")
    assert refund(payment, 30).json()["status"] == "done"
    assert books_agree(session)
