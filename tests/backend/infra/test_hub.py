"""Events reach whoever subscribed: signed, once the change is committed, again until taken."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from uuid import UUID

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.access.rules import Role
from backend.infra.hub import rules, service
from backend.infra.models import HubDelivery

Headers = dict[str, str]
PARTY = "/tmf-api/party/v4"
SUBSCRIBER = "http://127.0.0.1:9/events"


@pytest.fixture
def admin(staff: Callable[..., Headers]) -> Headers:
    return staff(Role.ADMIN)


@pytest.fixture(autouse=True)
def inner_networks(api: TestClient) -> Iterator[None]:
    database = api.app.state.database
    database.private_callbacks = True
    yield
    database.private_callbacks = False


def subscribed(api: TestClient, admin: Headers, query: str | None = None) -> httpx.Response:
    answer = api.post(
        f"{PARTY}/hub", json={"callback": SUBSCRIBER} | ({"query": query} if query else {}), headers=admin
    )
    assert answer.status_code == 201, answer.text
    return answer


def events(session: Session) -> list[dict[str, object]]:
    rows = session.scalars(select(HubDelivery).order_by(HubDelivery.created_at, HubDelivery.event_type)).all()
    return [json.loads(row.body) for row in rows]


def test_each_kind_of_change_is_an_event(api: TestClient, session: Session, admin: Headers) -> None:
    subscribed(api, admin)
    made = api.post(f"{PARTY}/individual", json={"givenName": "Jane", "familyName": "Doe"}, headers=admin).json()
    path = f"{PARTY}/individual/{made['id']}"
    api.patch(path, json={"gender": "female"}, headers=admin)
    api.patch(path, json={"status": "validated"}, headers=admin)
    api.delete(path, headers=admin)

    told = events(session)

    assert {event["eventType"] for event in told} == {
        "IndividualCreateEvent",
        "IndividualAttributeValueChangeEvent",
        "IndividualStateChangeEvent",
        "IndividualDeleteEvent",
    }
    created = next(event for event in told if event["eventType"] == "IndividualCreateEvent")
    assert created["event"]["individual"]["givenName"] == "Jane"  # type: ignore[index]


def test_a_query_lets_only_what_it_names_through(api: TestClient, session: Session, admin: Headers) -> None:
    subscribed(api, admin, "eventType=IndividualCreateEvent&individual.familyName=Doe")
    for family in ("Doe", "Roe"):
        api.post(f"{PARTY}/individual", json={"givenName": "Jane", "familyName": family}, headers=admin)
    api.post(f"{PARTY}/organization", json={"tradingName": "Doe"}, headers=admin)

    assert [event["event"]["individual"]["familyName"] for event in events(session)] == ["Doe"]  # type: ignore[index]


def test_a_change_that_is_refused_is_no_event(api: TestClient, session: Session, admin: Headers) -> None:
    subscribed(api, admin)
    refused = api.post(
        f"{PARTY}/individual",
        json={"givenName": "J", "familyName": "D", "birthDate": "2999-01-01T00:00:00Z"},
        headers=admin,
    )
    assert refused.status_code == 422
    assert events(session) == []


def test_what_is_delivered_is_signed_and_delivered_once(api: TestClient, session: Session, admin: Headers) -> None:
    secret = subscribed(api, admin).headers["X-Hub-Secret"]
    api.post(f"{PARTY}/organization", json={"tradingName": "Acme"}, headers=admin)
    delivery = session.scalars(select(HubDelivery)).one()
    taken: list[httpx.Request] = []
    states = iter((503, 200, 200))

    def subscriber(request: httpx.Request) -> httpx.Response:
        taken.append(request)
        return httpx.Response(next(states))

    def deliver() -> str | None:
        with httpx.Client(transport=httpx.MockTransport(subscriber)) as client:
            return service.deliver(session, delivery.id, private=True, client=client)

    assert [deliver(), deliver(), deliver()] == ["HTTP 503", None, None]
    assert len(taken) == 2
    expected = "sha256=" + hmac.new(secret.encode(), taken[1].content, hashlib.sha256).hexdigest()
    assert taken[1].headers["X-Hub-Signature-256"] == expected
    assert (delivery.state, delivery.attempts) == ("delivered", 2)


def test_a_subscription_is_its_owners(api: TestClient, staff: Callable[..., Headers], admin: Headers) -> None:
    made = subscribed(api, admin).json()
    other = staff(Role.ADMIN)

    assert api.get(f"{PARTY}/hub", headers=other).json() == []
    assert api.delete(f"{PARTY}/hub/{made['id']}", headers=other).status_code == 404
    assert api.delete(f"{PARTY}/hub/{made['id']}", headers=admin).status_code == 204
    assert api.get(f"{PARTY}/hub", headers=admin).json() == []


@pytest.mark.parametrize("callback", ["ftp://example.com/x", "http://", "nonsense!", "http://user@example.com/"])
def test_what_cannot_be_called_is_refused(api: TestClient, admin: Headers, callback: str) -> None:
    assert api.post(f"{PARTY}/hub", json={"callback": callback}, headers=admin).status_code == 400


def test_inner_networks_are_not_called_where_they_must_not(session: Session) -> None:
    with pytest.raises(service.CallbackInvalid):
        service.subscribe(session, api="TMF632", owner="x", callback=SUBSCRIBER, query=None, private=False)


def test_private_addresses_are_told_apart() -> None:
    assert [rules.is_private([ip]) for ip in ("127.0.0.1", "10.1.2.3", "::1", "169.254.1.1")] == [True] * 4
    assert not rules.is_private(["8.8.8.8"])


def test_a_delivery_of_nobody_is_left_alone(session: Session) -> None:
    with httpx.Client() as client:
        assert service.deliver(session, UUID(int=5), private=True, client=client) is None
