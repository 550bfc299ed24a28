"""Every refusal and fault is a problem document in the language that was asked for."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

from backend.infra import problems
from backend.infra.database import Database, SessionDep, engine_for
from backend.infra.tmf630 import Resource
from backend.kernel.errors import Conflict, NotFound
from backend.kernel.text import Bilingual


class SeatTaken(Conflict):
    """Somebody sits there."""

    title = Bilingual(ar="المقعد {seat} محجوز.", en="Seat {seat} is taken.")


class Seat(Resource):
    """Where somebody sits."""

    seat_no: int


@pytest.fixture
def client(database: Database) -> TestClient:
    """An app whose routes fail in every way."""
    app = FastAPI()
    app.state.database = database
    problems.install(app)

    @app.get("/taken")
    def taken() -> None:
        raise SeatTaken("row 3", seat=12, status="sitting", code="mine")

    @app.get("/none")
    def none() -> None:
        raise NotFound

    @app.get("/broken")
    def broken() -> None:
        raise ZeroDivisionError("secret 1012345003")

    @app.post("/seat")
    def seat(body: Seat) -> Seat:
        return body

    @app.get("/overflow")
    def overflow(session: SessionDep) -> None:
        session.execute(text("SELECT 99999999999::int4"))

    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize(
    ("header", "title"),
    [
        ("ar", "المقعد \u206812\u2069 محجوز."),
        ("ar-SA,ar;q=0.9,en;q=0.8", "المقعد \u206812\u2069 محجوز."),
        ("en", "Seat 12 is taken."),
        ("fr, en-GB", "Seat 12 is taken."),
        ("", "Seat 12 is taken."),
    ],
)
def test_a_refusal_is_told_in_the_asked_language(client: TestClient, header: str, title: str) -> None:
    answer = client.get("/taken", headers={"Accept-Language": header})
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == title


def test_a_refusals_own_members_never_hide_status_and_code(client: TestClient) -> None:
    assert client.get("/taken").json() == {
        "type": "urn:hatif:problem:seat_taken",
        "title": "Seat 12 is taken.",
        "status": 409,
        "code": "seat_taken",
        "detail": "row 3",
        "seat": 12,
    }


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/none", 404, "not_found"),
        ("GET", "/nowhere", 404, "route_not_found"),
        ("DELETE", "/none", 405, "route_not_found"),
        ("GET", "/broken", 500, "fault"),
        ("GET", "/overflow", 422, "request_malformed"),
    ],
)
def test_everything_that_goes_wrong_has_a_status_a_code_and_a_sentence(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.json()["status"], answer.json()["code"]) == (status, status, code)
    assert answer.json()["title"].endswith(".")
    assert "1012345003" not in answer.text


@pytest.mark.parametrize("body", ["{", "[]", '{"seatNo": "x"}', '{"seatNo": 1, "more": 2}', "{}"])
def test_a_body_of_the_wrong_shape_is_told_field_by_field(client: TestClient, body: str) -> None:
    answer = client.post("/seat", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (422, "request_malformed")
    assert answer.json()["errors"][0]["field"].startswith("body")


def test_a_database_that_is_away_is_unavailable_and_not_a_fault() -> None:
    app = FastAPI()
    app.state.database = Database(engine_for("postgresql://nobody@127.0.0.1:9/nothing"))
    problems.install(app)

    @app.get("/")
    def read(session: SessionDep) -> None:
        session.execute(text("SELECT 1"))

    answer = TestClient(app, raise_server_exceptions=False).get("/", headers={"Accept-Language": "ar"})
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.json()["title"] == "الخدمة غير متاحة الآن. جرّب بعد قليل من فضلك."
