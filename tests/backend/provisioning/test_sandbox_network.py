"""The sandbox network keeps its own state, and does each request once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from backend.infra.database import Database
from backend.provisioning.errors import NetworkRefused
from backend.provisioning.network import LineChange
from backend.provisioning.rules import LineState, LineTestResult
from backend.provisioning.sandbox_network import SandboxNetwork

START = datetime(2026, 10, 10, 9, 0, tzinfo=UTC)
NUMBER = "+966550108801"


@pytest.fixture
def network(database: Database) -> Iterator[SandboxNetwork]:
    """An empty network."""
    yield SandboxNetwork(database.engine, database.operator.zone_info)
    with database.transaction() as session:
        session.execute(text("TRUNCATE provisioning_sandbox_line, provisioning_sandbox_request"))


def change(at: datetime = START, msisdn: str = NUMBER, request_id: str | None = None) -> LineChange:
    return LineChange(request_id or str(uuid4()), msisdn, at, iccid="8996601000000000426", profile="mobile")


def test_an_activated_line_is_carried(network: SandboxNetwork) -> None:
    assert network.state(NUMBER) is LineState.UNKNOWN

    network.activate(change())

    assert network.state(NUMBER) is LineState.ACTIVE
    assert network.line_test(NUMBER) is LineTestResult.OK


def test_the_same_request_is_done_once(network: SandboxNetwork) -> None:
    first = network.activate(change(request_id="a"))

    again = network.activate(change(START + timedelta(days=1), request_id="a"))

    assert first == again == START


def test_a_suspended_line_says_so_and_comes_back(network: SandboxNetwork) -> None:
    network.activate(change())
    network.suspend(change(START + timedelta(days=1)))
    assert network.line_test(NUMBER) is LineTestResult.SUSPENDED

    network.resume(change(START + timedelta(days=2)))

    assert network.state(NUMBER) is LineState.ACTIVE


def test_a_line_that_is_not_carried_cannot_be_suspended(network: SandboxNetwork) -> None:
    with pytest.raises(NetworkRefused):
        network.suspend(change())


def test_the_documented_number_is_refused(network: SandboxNetwork) -> None:
    with pytest.raises(NetworkRefused):
        network.activate(change(msisdn="+966550100404"))


def test_a_number_that_ends_in_thirteen_has_a_fault(network: SandboxNetwork) -> None:
    network.activate(change(msisdn="+966550108813"))

    assert network.line_test("+966550108813") is LineTestResult.FAULT


def test_usage_begins_with_the_line_and_stops_while_it_is_suspended(network: SandboxNetwork) -> None:
    network.activate(change())
    network.suspend(change(START + timedelta(days=10)))
    network.resume(change(START + timedelta(days=13)))

    records = network.usage(NUMBER, START - timedelta(days=30), START + timedelta(days=30))

    suspended = [r for r in records if START + timedelta(days=10) <= r.start < START + timedelta(days=13)]
    assert records[0].start >= START
    assert not suspended


def test_usage_of_adjoining_spans_is_the_usage_of_the_whole(network: SandboxNetwork) -> None:
    network.activate(change())
    middle, end = START + timedelta(days=3, hours=5), START + timedelta(days=9)

    parts = [*network.usage(NUMBER, START, middle), *network.usage(NUMBER, middle, end)]

    assert parts == network.usage(NUMBER, START, end)
    assert parts


def test_a_line_that_nobody_activated_has_no_usage(network: SandboxNetwork) -> None:
    assert network.usage("+966550108899", START, START + timedelta(days=30)) == []
