"""TMF635 finds usage by what it shows of it, also what stands in columns or is known to rating."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from customers import Customer
from fastapi.testclient import TestClient
from sqlalchemy import insert, literal, select
from sqlalchemy.orm import Session

from backend.kernel.clock import Clock
from backend.rating import service
from backend.usage.models import Collection, Usage

USAGE = "/tmf-api/usageManagement/v4/usage"
Headers = dict[str, str]
Find = Callable[..., set[str]]


@pytest.fixture
def two(session: Session, clock: Clock, customer: Callable[..., Customer]) -> list[str]:
    """A call that stands on a bill, and a message that was rated only."""
    line = customer(joined=date(2026, 10, 1))
    session.execute(insert(Collection), [{"product_id": line.product_id, "until": clock.now()}])
    rows = [
        Usage(
            record_id=f"found-{kind}", product_id=line.product_id, kind=kind, units=units, quantity=units,
            started_at=datetime(2026, 10, 15, 9, tzinfo=UTC), calling=line.number, destination=to,
            collected_at=clock.now(),
        )
        for kind, units, to in (("voice", 77, "+966551234567"), ("message", 1, "+966557654321"))
    ]  # fmt: skip
    session.add_all(rows)
    session.flush()
    service.rate_pending(session, until=clock.now())
    unbilled = service.unbilled().subquery()
    service.mark_billed(
        session, select(unbilled.c.id, literal(uuid4())).where(unbilled.c.usage_id == rows[0].id).subquery()
    )
    return [str(row.id) for row in rows]


@pytest.fixture
def find(api: TestClient, staff: Callable[..., Headers]) -> Find:
    """The ids that a query finds."""

    def found(**query: str) -> set[str]:
        answer = api.get(USAGE, params=query, headers=staff())
        assert answer.status_code in {200, 206}, answer.text
        return {str(UUID(one["id"])) for one in answer.json()}

    return found


def test_usage_on_a_bill_is_found_as_billed_and_only_so(two: list[str], find: Find) -> None:
    call, message = two
    assert find(status="billed") == {call}
    assert find(status="rated") == {message}
    assert find(status="billed,rated") == {call, message}


def test_usage_is_found_by_its_characteristics(two: list[str], find: Find) -> None:
    call, message = two
    assert find(**{"usageCharacteristic.value": "+966551234567"}) == {call}
    assert find(**{"usageCharacteristic.value": "found-message"}) == {message}
    assert find(**{"usageCharacteristic.value": "77"}) == {call}
    assert find(**{"usageCharacteristic.name": "calledNumber"}) == {call, message}
    assert find(**{"usageCharacteristic.name": "visitedNetwork"}) == set()
