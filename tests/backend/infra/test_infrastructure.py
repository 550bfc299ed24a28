"""Events, outside systems, the movable clock, readable files, health, and logs without secrets."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import psycopg
import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from backend.infra.database import Database, clock_of, conninfo_of
from backend.infra.events import EventBus, publish
from backend.infra.health import seeding
from backend.infra.logging import _masked
from backend.infra.operator import load_operator
from backend.infra.outside import Outside
from backend.infra.readable import FileMistake, read


@dataclass(frozen=True, slots=True)
class Happened:
    """A fact of these tests."""

    what: str


def test_a_fact_is_heard_in_the_publishers_transaction_in_order_and_once(committed: Database) -> None:
    heard: list[str] = []
    bus = EventBus()

    def first(_: object, event: Happened) -> None:
        heard.append(f"first {event.what}")

    bus.subscribe(Happened, first)
    bus.subscribe(Happened, first)
    bus.subscribe(Happened, lambda session, _: heard.append(str(session.in_transaction())))
    with committed.transaction() as session:
        session.info["bus"] = bus
        publish(session, Happened("now"))
        publish(session, "nobody listens to this")
    assert heard == ["first now", "True"]


def test_what_a_listener_refuses_takes_everything_back(committed: Database) -> None:
    def refuses(*_: object) -> None:
        raise LookupError

    def run() -> None:
        with committed.transaction() as session:
            session.info["bus"] = bus = EventBus()
            bus.subscribe(Happened, refuses)
            session.execute(text("INSERT INTO infra_running_number VALUES ('EVENT', 2026, 1)"))
            publish(session, Happened("now"))

    with pytest.raises(LookupError):
        run()
    with committed.transaction() as session:
        assert session.scalar(text("SELECT count(*) FROM infra_running_number WHERE prefix = 'EVENT'")) == 0


def test_an_outside_system_is_found_by_its_protocol_or_named_as_forgotten() -> None:
    class Weather(Protocol):
        def sunny(self) -> bool: ...

    systems = Outside()
    with pytest.raises(LookupError, match="Weather"):
        systems.find(Weather)
    systems.bind(Weather, here := object())
    assert systems.find(Weather) is here


def test_the_clock_of_a_development_installation_moves_and_that_of_others_does_not(committed: Database) -> None:
    with committed.transaction() as session:
        session.execute(text("INSERT INTO infra_clock VALUES (1, interval '10 days')"))
    with committed.transaction() as session:
        assert clock_of(session).now() - datetime.now(UTC) > timedelta(days=9)
    real = Database(committed.engine, operator=load_operator())
    with real.transaction() as session:
        assert abs(clock_of(session).now() - datetime.now(UTC)) < timedelta(minutes=1)
    with committed.transaction() as session:
        session.execute(text("DELETE FROM infra_clock"))


class Shop(BaseModel):
    """A file of these tests."""

    name: str
    prices: list[int]


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        ("name: x\nprices:\n  - 1\n  - two\n", "line 4"),
        ("name: [x]\nprices: []\n", "line 1"),
        ("name: x\n", "line 1"),
        ("name: 'x\n", "line"),
    ],
)
def test_a_mistake_in_a_file_is_named_with_its_line(tmp_path: Path, content: str, mistake: str) -> None:
    file = tmp_path / "shop.yml"
    file.write_text(content)
    with pytest.raises(FileMistake, match=f"shop.yml, {mistake}"):
        read(file, Shop)


def test_health_names_every_part_that_does_not_answer(api: TestClient) -> None:
    answer = api.get("/health")
    assert answer.status_code == 503
    assert answer.json()["parts"]["database"] == "ok"
    assert answer.json()["failing"] == ["worker", "assistant", "actions"]


def test_health_says_while_the_demonstration_is_made(api: TestClient, database: Database) -> None:
    assert api.get("/health").json()["seeding"] is False
    with seeding(database):
        assert api.get("/health").json()["seeding"] is True
    assert api.get("/health").json()["seeding"] is False


@pytest.mark.parametrize(
    ("event", "masked"),
    [
        ({"code": "123456"}, {"code": "•••"}),
        ({"password": "p", "token": "t"}, {"password": "•••", "token": "•••"}),
        ({"reason": "card 4111111111111111"}, {"reason": "card ••••••••••••1111"}),
        ({"exception": "id 1012345003"}, {"exception": "id ••••••••03"}),
        ({"count": 3}, {"count": 3}),
    ],
)
def test_logs_hold_no_secrets(event: dict[str, object], masked: dict[str, object]) -> None:
    assert _masked(logging.getLogger(), "info", dict(event)) == masked


def test_an_error_of_the_database_does_not_repeat_what_a_customer_wrote(committed: Database) -> None:
    def fail() -> None:
        with committed.engine.connect() as connection:
            connection.execute(text("SELECT CAST(:words AS integer)"), {"words": "my secret words"})

    with pytest.raises(DBAPIError) as caught:
        fail()
    assert "[SQL parameters hidden" in str(caught.value)


def test_the_address_of_the_database_is_the_same_for_psycopg(committed: Database) -> None:
    with psycopg.connect(conninfo_of(committed.engine)) as connection:
        assert connection.info.dbname == committed.engine.url.database
