"""Tickets over HTTP, for customers, staff and those who only look."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from customers import Customer
from fastapi.testclient import TestClient

from backend.access.rules import Level, Role

TICKETS = "/tmf-api/troubleTicket/v4/troubleTicket"
Headers = dict[str, str]


@pytest.fixture
def someone(customer: Callable[..., Customer]) -> Customer:
    """A customer with a mobile line."""
    return customer()


@pytest.fixture
def own(conversation: Callable[..., Headers], someone: Customer) -> Headers:
    """The customer, identified by the channel alone, in Arabic."""
    return conversation(Level.CHANNEL, someone.party_id, "ar")


def report(api: TestClient, headers: Headers, **others: Any) -> dict[str, Any]:
    body = {"description": "النت مقطوع من الظهر", "ticketType": "no_internet"} | others
    answer = api.post(TICKETS, json=body, headers=headers)
    return answer.json() | {"status_code": answer.status_code}


def test_a_report_about_ones_line_comes_back_with_the_test_in_words(
    api: TestClient, own: Headers, someone: Customer
) -> None:
    related = [{"id": str(someone.product_id), "@referredType": "Product"}]
    ticket = report(api, own, relatedEntity=related, place="الرياض")
    assert (ticket["status_code"], ticket["status"], ticket["severity"]) == (201, "acknowledged", "major")
    assert ticket["lineTest"] == {"result": "ok", "text": "فحصنا الخط عن بُعد ولم يظهر فيه عطل."}
    assert ticket["relatedEntity"] == related
    (listed,) = api.get(TICKETS, params={"ticketNo": ticket["ticketNo"].lower()}, headers=own).json()
    assert listed["id"] == ticket["id"]


def test_the_same_key_opens_one_ticket(api: TestClient, own: Headers) -> None:
    keyed = own | {"Idempotency-Key": f"key-{uuid4()}"}
    assert report(api, keyed) == report(api, keyed)
    assert len(api.get(TICKETS, headers=own).json()) == 1


def test_notes_are_added_and_the_ticket_is_closed(api: TestClient, own: Headers) -> None:
    path = f"{TICKETS}/{report(api, own)['id']}"
    noted = api.patch(path, json={"note": [{"text": "رجع يشتغل"}]}, headers=own).json()
    assert [note["text"] for note in noted["note"]] == ["رجع يشتغل"]
    assert api.patch(path, json={"status": "closed"}, headers=own).json()["status"] == "closed"


def test_a_forbidden_step_is_a_conflict_that_still_says_409(api: TestClient, own: Headers) -> None:
    refused = api.patch(f"{TICKETS}/{report(api, own)['id']}", json={"status": "resolved"}, headers=own)
    assert (refused.status_code, refused.json()["status"]) == (409, "409")
    assert (refused.json()["code"], refused.json()["ticketStatus"]) == ("ticket_move_forbidden", "acknowledged")


@pytest.mark.parametrize(
    "body",
    [
        {"ticketType": "ghosts"},
        {"description": "x" * 2001},
        {"relatedEntity": [{"id": "not-an-id"}]},
        {"severity": "major"},
        {"place": "p" * 201},
        {"description": "a\u0000b"},
    ],
)
def test_a_report_of_the_wrong_shape_is_refused_in_words(api: TestClient, own: Headers, body: dict[str, Any]) -> None:
    refused = report(api, own, **body)
    assert (refused["status_code"], refused["title"]) == (400, "صيغة الطلب غير صحيحة.")


def test_staff_work_on_tickets_and_an_auditor_only_reads(
    api: TestClient, own: Headers, staff: Callable[..., Headers]
) -> None:
    path = f"{TICKETS}/{report(api, own)['id']}"
    auditor, agent = staff(Role.AUDITOR), staff(Role.AGENT)
    assert api.get(path, headers=auditor).status_code == 200
    assert api.patch(path, json={"status": "inProgress"}, headers=auditor).status_code == 403
    assert api.patch(path, json={"status": "inProgress"}, headers=agent).json()["status"] == "inProgress"
    assert api.patch(path, json={"note": [{"text": "called"}]}, headers=agent).json()["note"][0]["author"] != "customer"


def test_staff_have_no_tickets_of_their_own(api: TestClient, staff: Callable[..., Headers]) -> None:
    assert report(api, staff(Role.AGENT))["status_code"] == 403


def test_other_customers_tickets_do_not_exist(
    api: TestClient, own: Headers, conversation: Callable[..., Headers], customer: Callable[..., Customer]
) -> None:
    theirs = report(api, own)
    stranger = conversation(Level.VERIFIED, customer().party_id)
    assert api.get(TICKETS, headers=stranger).json() == []
    assert api.get(TICKETS, params={"ticketNo": theirs["ticketNo"]}, headers=stranger).json() == []
    for method in ("GET", "PATCH"):
        seen = api.request(method, f"{TICKETS}/{theirs['id']}", json={"status": "closed"}, headers=stranger)
        assert (seen.status_code, seen.json()["code"]) == (404, "ticket_not_found")
