"""Top-ups that were paid for as TMF676 payments: credited once, taken back when refunded, never lost."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from backend.access.rules import Role
from backend.account import service as account
from backend.prepaid import service

PAYMENT, REFUND = "/tmf-api/paymentManagement/v4/payment", "/tmf-api/paymentManagement/v4/refund"
Headers = dict[str, str]


def body_of(session: Session, party_id: UUID, product_id: UUID, value: float) -> dict[str, Any]:
    return {
        "account": {"id": str(account.open_account(session, party_id).id)},
        "totalAmount": {"unit": "SAR", "value": value},
        "paymentMethod": {"@type": "cash", "name": "cash"},
        "paymentItem": [{"item": {"id": str(product_id), "@referredType": "Product"}}],
    }


def test_a_paid_top_up_is_credited_and_a_refund_takes_back_what_is_left(
    api: TestClient, session: Session, line: Callable[..., Any], staff: Callable[..., Headers]
) -> None:
    nora, agent = line(), staff(Role.AGENT)
    body = body_of(session, nora.party_id, nora.product_id, 40)
    key = {"Idempotency-Key": "top-up-once"}
    paid, again = (api.post(PAYMENT, json=body, headers=agent | key).json() for _ in range(2))
    assert (paid["id"], service.purse_of(session, nora.product_id).amount) == (again["id"], 40)

    service.adjust(session, service.Adjustment(nora.product_id, Decimal(-25), "used"))
    refund = {name: body[name] for name in ("account", "totalAmount", "paymentMethod")} | {
        "payment": {"id": paid["id"]},
        "description": "changed her mind",
    }
    done = api.post(REFUND, json=refund, headers=agent)

    assert (done.status_code, done.json()["status"]) == (201, "done")
    assert service.purse_of(session, nora.product_id).amount == 0
    assert service.differences(session) == {}


def test_a_top_up_of_a_line_without_a_balance_becomes_credit_for_bills(
    api: TestClient, session: Session, customer: Callable[..., Any], staff: Callable[..., Headers]
) -> None:
    postpaid = customer()
    body = body_of(session, postpaid.party_id, postpaid.product_id, 40)
    assert api.post(PAYMENT, json=body, headers=staff(Role.AGENT)).status_code == 201
    owner = account.open_account(session, postpaid.party_id)
    assert account.credits_by_account(session)[owner.id] == 40
    assert service.differences(session) == {}
