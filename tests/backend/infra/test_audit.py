"""The audit log says who changed what, why, before and after, and never tells a secret."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from backend.access.rules import Role

Headers = dict[str, str]
INDIVIDUAL = "/tmf-api/party/v4/individual"
LOG = "/access/v1/auditEntry"


def entries(api: TestClient, staff: Callable[..., Headers], **asked: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.get(LOG, params=asked | {"limit": "1000"}, headers=staff(Role.AUDITOR)).json()
    return found


def test_a_change_is_logged_with_before_and_after(api: TestClient, staff: Callable[..., Headers]) -> None:
    agent = staff(Role.AGENT)
    made = api.post(INDIVIDUAL, json={"givenName": "Jane", "familyName": "Doe"}, headers=agent).json()
    api.patch(f"{INDIVIDUAL}/{made['id']}", json={"givenName": "Janet"}, headers=agent | {"X-Reason": "a typing error"})

    (changed,) = entries(api, staff, entityId=made["id"], action="update")

    assert (changed["before"], changed["after"]) == ({"given_name": "Jane"}, {"given_name": "Janet"})
    assert (changed["role"], changed["reason"], changed["actorKind"]) == ("agent", "a typing error", "staff")
    assert changed["operation"] == "PATCH /tmf-api/party/v4/individual/{id}"
    assert changed["partyId"] == made["id"]


def test_encrypted_values_are_noted_not_told(api: TestClient, staff: Callable[..., Headers]) -> None:
    body = {
        "givenName": "Jane",
        "familyName": "Doe",
        "birthDate": "1990-05-20T00:00:00Z",
        "contactMedium": [{"mediumType": "mobile", "characteristic": {"phoneNumber": "0551234567"}}],
    }
    made = api.post(INDIVIDUAL, json=body, headers=staff(Role.AGENT)).json()

    told = str(entries(api, staff, partyId=made["id"]))

    assert "1990" not in told
    assert "551234567" not in told
    assert "•••" in told


def test_a_look_at_identity_numbers_is_logged_with_its_reason(api: TestClient, staff: Callable[..., Headers]) -> None:
    document = {"identificationType": "passport", "identificationId": "P5123456"}
    body = {"givenName": "Jane", "familyName": "Doe", "individualIdentification": [document]}
    made = api.post(INDIVIDUAL, json=body, headers=staff(Role.AGENT)).json()
    path, supervisor = f"/party/v1/party/{made['id']}/identity", staff(Role.SUPERVISOR)

    assert made["individualIdentification"][0]["identificationId"] == "••••••56"
    assert api.get(path, headers=supervisor).status_code == 422
    assert api.get(path, headers=staff(Role.AGENT) | {"X-Reason": "a court's order"}).status_code == 403
    seen = api.get(path, headers=supervisor | {"X-Reason": "a court's order"})

    assert seen.json() == [document]
    (look,) = entries(api, staff, action="read", partyId=made["id"])
    assert (look["reason"], look["role"], look["after"]) == ("a court's order", "supervisor", {"passport": "•••"})


def test_a_refused_change_is_not_logged(api: TestClient, staff: Callable[..., Headers]) -> None:
    agent = staff(Role.AGENT)
    made = api.post(INDIVIDUAL, json={"givenName": "Jane", "familyName": "Doe"}, headers=agent).json()
    api.patch(f"{INDIVIDUAL}/{made['id']}", json={"birthDate": "2999-01-01T00:00:00Z"}, headers=agent)
    assert entries(api, staff, entityId=made["id"], action="update") == []


@pytest.mark.parametrize("statement", ["UPDATE infra_audit_entry SET reason = 'x'", "DELETE FROM infra_audit_entry"])
def test_the_log_is_append_only(
    api: TestClient, session: Session, staff: Callable[..., Headers], statement: str
) -> None:
    api.post(INDIVIDUAL, json={"givenName": "Jane", "familyName": "Doe"}, headers=staff(Role.AGENT))
    with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
        session.execute(text(statement))
