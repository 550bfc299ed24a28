"""What the console was built against is what the API says."""

import json
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from backend.access.rules import Role
from backend.cli.contract import FILE, OPERATIONS, cut, printed


@pytest.fixture(scope="module")
def description(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description of the app."""
    return app.openapi()


def test_the_console_contract_is_that_of_the_app(description: dict[str, Any]) -> None:
    assert FILE.read_text(encoding="utf-8") == printed(description), "write it again: hatif contract"


def test_the_contract_holds_what_its_operations_lead_to_and_nothing_else() -> None:
    money = {"type": "object"}
    bill = {"properties": {"due": {"$ref": "#/components/schemas/Money"}}}
    answer = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Bill"}}}}
    usual = {"in": "header", "name": "authorization"}
    listing = {"responses": {"200": answer, "403": {}}, "parameters": [usual], "description": "long"}
    whole = {
        "openapi": "3.1.0",
        "info": {"version": "1"},
        "paths": {"/bill": {"get": listing, "post": {}}, "/other": {}},
        "components": {"schemas": {"Bill": bill, "Money": money, "Other": {}}},
    }
    part = cut(whole, {"GET /bill": ["party.id"]})
    filtered = {"in": "query", "name": "party.id", "schema": {"type": "string"}}
    assert part["paths"] == {"/bill": {"get": {"parameters": [filtered], "responses": {"200": answer}}}}
    assert part["components"]["schemas"] == {"Bill": bill, "Money": money}


def test_every_filter_of_the_contract_is_one(api: TestClient, staff: Any) -> None:
    headers = staff(Role.BILLING)
    for operation, filters in json.loads(OPERATIONS.read_text(encoding="utf-8")).items():
        for name in filters:
            value = "sent" if name == "state" else "00000000-0000-0000-0000-000000000000"
            answer = api.get(operation.split(" ")[1], params={name: value}, headers=headers)
            assert (answer.status_code, answer.json()) == (200, []), f"{operation}?{name}"
