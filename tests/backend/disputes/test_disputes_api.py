"""Disputes over HTTP: opened once for a key, read by their owner, decided by staff."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from customers import Customer
from fastapi.testclient import TestClient

from backend.access.rules import Level, Role
from backend.billing.models import CustomerBill

DISPUTES = "/disputes/v1/dispute"
Headers = dict[str, str]


def contest(api: TestClient, bill: CustomerBill, headers: Headers, **others: object) -> dict[str, object]:
    body = {"bill": {"id": str(bill.id)}, "description": "not mine", "amount": {"unit": "SAR", "value": "60.00"}}
    answer = api.post(DISPUTES, json=body | others, headers=headers)
    return answer.json() | {"status_code": answer.status_code}


def test_a_customer_opens_and_reads_a_dispute(api: TestClient, bill: CustomerBill, own: Headers) -> None:
    opened = contest(api, bill, own)
    assert opened["status_code"] == 201
    assert opened["disputedAmount"] == {"unit": "SAR", "value": "60.00"}
    assert opened["bill"] == {"id": str(bill.id), "billNo": bill.bill_no}
    (read,) = api.get(DISPUTES, params={"sort": "-createdDate", "limit": 5}, headers=own).json()
    assert (read["disputeNo"], read["state"], read["decisionDueDate"]) == (opened["disputeNo"], "opened", "2026-12-01")
    held = api.get(f"/tmf-api/customerBillManagement/v4/customerBill/{bill.id}", headers=own).json()
    assert held["disputedAmount"] == {"unit": "SAR", "value": 60}


def test_the_same_key_opens_one_dispute(api: TestClient, bill: CustomerBill, own: Headers) -> None:
    keyed = own | {"Idempotency-Key": f"key-{uuid4()}"}
    first, again = contest(api, bill, keyed), contest(api, bill, keyed)
    assert first == again
    other = contest(api, bill, keyed, description="something else")
    assert (other["status_code"], other["code"]) == (422, "idempotency_key_reused")
    assert len(api.get(DISPUTES, headers=own).json()) == 1


def test_a_second_dispute_names_the_first(api: TestClient, bill: CustomerBill, own: Headers) -> None:
    first, second = contest(api, bill, own), contest(api, bill, own)
    assert (second["status_code"], second["code"], second["disputeNo"]) == (409, "dispute_exists", first["disputeNo"])
    assert str(first["disputeNo"]) in str(second["title"])


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ({"unit": "SAR", "value": "207.01"}, "amount_too_high"),
        ({"unit": "USD", "value": "1.00"}, "currency_differs"),
        ({"unit": "SAR", "value": "0"}, "request_malformed"),
        ({"unit": "SAR", "value": "1.005"}, "request_malformed"),
    ],
)
def test_an_impossible_amount_is_refused(
    api: TestClient, bill: CustomerBill, own: Headers, amount: dict[str, str], code: str
) -> None:
    refused = contest(api, bill, own, amount=amount)
    assert (refused["status_code"], refused["code"]) == (422, code)


def test_text_that_no_database_can_hold_is_refused_and_not_a_fault(
    api: TestClient, bill: CustomerBill, own: Headers
) -> None:
    refused = contest(api, bill, own, description="a\x00b")
    assert (refused["status_code"], refused["code"]) == (422, "request_malformed")


def test_staff_decide_and_only_a_supervisor_gives_much(
    api: TestClient, bill: CustomerBill, own: Headers, staff: Callable[..., Headers]
) -> None:
    dispute = contest(api, bill, own)
    path, body = f"{DISPUTES}/{dispute['id']}/decide", {"state": "accepted", "resolution": "You were right."}
    assert api.post(path, json=body, headers=own).status_code == 403
    assert api.post(path, json=body, headers=staff(Role.AUDITOR)).json()["code"] == "role_forbidden"
    assert api.post(path, json=body, headers=staff(Role.AGENT)).json()["code"] == "supervisor_needed"
    decided = api.post(path, json=body, headers=staff(Role.SUPERVISOR)).json()
    assert (decided["state"], decided["resolution"]) == ("accepted", "You were right.")
    assert api.post(path, json=body, headers=staff(Role.SUPERVISOR)).json()["code"] == "dispute_decided"


def test_a_customer_withdraws_and_an_auditor_may_not(
    api: TestClient, bill: CustomerBill, own: Headers, staff: Callable[..., Headers]
) -> None:
    path = f"{DISPUTES}/{contest(api, bill, own)['id']}/withdraw"
    assert api.post(path, headers=staff(Role.AUDITOR)).status_code == 403
    assert api.post(path, headers=own).json()["state"] == "withdrawn"


def test_other_customers_disputes_do_not_exist(
    api: TestClient,
    bill: CustomerBill,
    own: Headers,
    conversation: Callable[..., Headers],
    customer: Callable[..., Customer],
) -> None:
    theirs = contest(api, bill, own)
    stranger = conversation(Level.VERIFIED, customer().party_id)
    assert api.get(DISPUTES, headers=stranger).json() == []
    assert api.get(DISPUTES, params={"disputeNo": theirs["disputeNo"]}, headers=stranger).json() == []
    assert contest(api, bill, stranger)["code"] == "bill_not_found"
    for method, path in (("GET", f"{DISPUTES}/{theirs['id']}"), ("POST", f"{DISPUTES}/{theirs['id']}/withdraw")):
        seen = api.request(method, path, headers=stranger)
        assert (seen.status_code, seen.json()["code"]) == (404, "dispute_not_found")
