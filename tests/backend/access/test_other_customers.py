"""What is another customer's does not exist: whatever names one thing, asked with the real id of somebody else's."""

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
from bills import bill_party
from customers import SELLER, Customer
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.access.rules import Level
from backend.acquisition import service as acquisition
from backend.disputes import service as disputes
from backend.kernel.period import month_of
from backend.ordering.models import ProductOrder
from backend.provisioning.models import Service
from backend.tickets import service as tickets
from backend.tickets.rules import Problem

Headers = dict[str, str]
Things = dict[str, tuple[str, str]]


@pytest.fixture
def owner(customer: Callable[..., Customer]) -> Customer:
    """A customer of whom everything exists."""
    return customer(joined=date(2026, 10, 1))


@pytest.fixture
def things(session: Session, owner: Customer) -> Things:
    """(method, path) of everything that the owner has."""
    bill = bill_party(session, owner.party_id, month_of(date(2026, 10, 1)))
    assert bill is not None
    contested = disputes.open_dispute(
        session, party_id=owner.party_id, bill_id=bill.id, line_id=None, description="not mine"
    )
    ticket = tickets.open_ticket(session, party_id=owner.party_id, problem=Problem.SMS, description="no messages")
    order = session.scalars(select(ProductOrder).where(ProductOrder.party_id == owner.party_id)).one()
    service = session.scalars(select(Service).where(Service.product_id == owner.product_id)).one()
    application, _ = acquisition.start(session, SELLER)
    return {
        "person": ("GET", f"/tmf-api/party/v4/individual/{owner.party_id}"),
        "order": ("GET", f"/tmf-api/productOrderingManagement/v4/productOrder/{order.id}"),
        "product": ("GET", f"/tmf-api/productInventory/v4/product/{owner.product_id}"),
        "service": ("GET", f"/tmf-api/serviceInventory/v4/service/{service.id}"),
        "bill": ("GET", f"/tmf-api/customerBillManagement/v4/customerBill/{bill.id}"),
        "dispute": ("GET", f"/disputes/v1/dispute/{contested.id}"),
        "withdrawal": ("POST", f"/disputes/v1/dispute/{contested.id}/withdraw"),
        "ticket": ("GET", f"/tmf-api/troubleTicket/v4/troubleTicket/{ticket.id}"),
        "note": ("PATCH", f"/tmf-api/troubleTicket/v4/troubleTicket/{ticket.id}"),
        "application": ("GET", f"/acquisition/v1/application/{application.id}"),
        "application's change": ("PATCH", f"/acquisition/v1/application/{application.id}"),
        "application's end": ("DELETE", f"/acquisition/v1/application/{application.id}"),
        "submission": ("POST", f"/acquisition/v1/application/{application.id}/submit"),
    }


def answered(api: TestClient, headers: Headers, method: str, path: str) -> tuple[int, object]:
    answer = api.request(method, path, headers=headers, json=None if method == "GET" else {})
    return answer.status_code, answer.json()


def test_another_customers_things_are_answered_like_things_that_never_were(
    api: TestClient, things: Things, conversation: Callable[..., Headers], customer: Callable[..., Customer]
) -> None:
    stranger = conversation(Level.VERIFIED, customer().party_id)
    for name, (method, path) in things.items():
        real = next(part for part in path.split("/") if part.count("-") == 4)
        theirs = answered(api, stranger, method, path)
        nobodys = answered(api, stranger, method, path.replace(real, str(uuid4())))
        assert theirs == nobodys, name
        assert theirs[0] == 404, name


def test_the_owner_sees_each_of_them(
    api: TestClient, owner: Customer, things: Things, conversation: Callable[..., Headers]
) -> None:
    own = conversation(Level.VERIFIED, owner.party_id)
    seen = {name: answered(api, own, *where)[0] for name, where in things.items() if "application" not in name}
    assert {status for name, status in seen.items() if name != "submission"} == {200}


def test_no_list_holds_anything_of_another_customer(
    api: TestClient, things: Things, conversation: Callable[..., Headers], customer: Callable[..., Customer]
) -> None:
    someone: UUID = customer().party_id
    stranger = conversation(Level.VERIFIED, someone)
    for name, (method, path) in things.items():
        if method == "GET" and name != "application":
            collection, _, thing = path.rpartition("/")
            status, listed = answered(api, stranger, "GET", collection)
            assert status == 200, name
            assert thing not in str(listed), name
