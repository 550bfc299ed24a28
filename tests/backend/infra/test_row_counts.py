"""How many rows there are, told without counting them, is what counting would say at the same moment."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from random import Random
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session

from backend.access.rules import Role
from backend.customer.models import Customer
from backend.infra.database import Database
from backend.infra.row_counts import RowCount, add_up, rows_of

TABLE = Customer.__tablename__
CUSTOMERS = "/tmf-api/customerManagement/v4/customer"
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
MARK = "counted customer"
STATES = ("active", "closed", "prospect")
Headers = dict[str, str]


@pytest.fixture
def left_as_found(database: Database) -> Iterator[Database]:
    """The tests' database, without what the test committed."""
    yield database
    with database.transaction() as session:
        session.execute(delete(Customer).where(Customer.name == MARK))


def some(count: int, status: str = "active") -> list[Customer]:
    return [
        Customer(id=uuid4(), name=MARK, status=status, document={}, created_at=NOW, updated_at=NOW)
        for _ in range(count)
    ]


def by_counting(session: Session) -> dict[str, int]:
    rows = session.execute(select(Customer.status, func.count()).group_by(Customer.status))
    return {row.status: row.count for row in rows}


def by_notes(session: Session) -> dict[str, int]:
    statement = select(RowCount.value, func.sum(RowCount.delta)).where(RowCount.table_name == TABLE)
    rows = session.execute(statement.group_by(RowCount.value))
    return {state: int(total) for state, total in rows if total}


def test_inserts_changes_and_deletes_are_counted_by_state(session: Session) -> None:
    before = rows_of(session, TABLE, "status")
    people = some(5)
    session.add_all(people)
    session.flush()

    people[0].status = "closed"
    people[1].name = f"{MARK}, renamed"
    session.delete(people[2])
    session.flush()

    assert rows_of(session, TABLE, "status") == before + 4
    assert by_notes(session) == by_counting(session)
    assert rows_of(session, TABLE, "status", ["closed"]) == by_counting(session)["closed"]


def test_what_is_rolled_back_was_never_counted(session: Session) -> None:
    before = by_notes(session)

    with session.begin_nested() as inner:
        session.add_all(some(3))
        session.flush()
        inner.rollback()

    assert by_notes(session) == before == by_counting(session)


def test_the_same_moment_has_the_same_count_while_many_write(left_as_found: Database) -> None:
    until = time.monotonic() + 2.0
    jobs: list[Callable[[], int]] = [
        *(lambda seed=seed: _writes(left_as_found, seed, until) for seed in range(4)),
        lambda: _adds_up(left_as_found, until),
        lambda: _compares(left_as_found, until),
    ]

    with ThreadPoolExecutor(len(jobs)) as threads:
        done = [task.result() for task in [threads.submit(job) for job in jobs]]

    assert all(done)
    with left_as_found.transaction() as session:
        assert by_notes(session) == by_counting(session)


def _writes(database: Database, seed: int, until: float) -> int:
    dice, count = Random(seed), 0
    while time.monotonic() < until:
        with database.sessions() as session:
            session.add_all(some(dice.randrange(1, 4), dice.choice(STATES)))
            session.flush()
            mine = select(Customer.id).where(Customer.name == MARK).order_by(func.random()).limit(2)
            ids = session.scalars(mine.with_for_update(skip_locked=True)).all()
            session.execute(update(Customer).where(Customer.id.in_(ids[:1])).values(status=dice.choice(STATES)))
            session.execute(delete(Customer).where(Customer.id.in_(ids[1:])))
            if dice.random() < 0.3:
                session.rollback()
            session.commit()
        count += 1
    return count


def _adds_up(database: Database, until: float) -> int:
    count = 0
    while time.monotonic() < until:
        with database.transaction() as session:
            add_up(session)
        count += 1
    return count


def _compares(database: Database, until: float) -> int:
    """Both in one snapshot, so that nobody's commit stands between them."""
    count = 0
    while time.monotonic() < until:
        with database.transaction() as session:
            session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
            assert by_notes(session) == by_counting(session)
        count += 1
    return count


def test_notes_are_added_up_to_one_a_state(session: Session) -> None:
    for status in STATES:
        session.add_all(some(2, status))
        session.flush()
        session.add_all(some(1, status))
        session.flush()
    before = by_notes(session)

    add_up(session)

    assert by_notes(session) == before
    assert session.scalar(select(func.count()).where(RowCount.table_name == TABLE)) == len(before)


def test_a_table_that_is_emptied_has_no_rows(session: Session) -> None:
    session.execute(text("TRUNCATE customer_customer"))
    assert rows_of(session, TABLE, "status") == 0

    session.add_all(some(2))
    session.flush()
    assert rows_of(session, TABLE, "status") == 2


def test_a_list_tells_the_exact_total_of_everything_of_a_state_and_of_the_rest(
    api: TestClient, session: Session, staff: Callable[..., Headers]
) -> None:
    session.add_all([*some(3), *some(2, "closed")])
    session.flush()
    headers, counted = staff(Role.ADMIN), by_counting(session)

    def total(**asked: str) -> int:
        return int(api.get(CUSTOMERS, params={"limit": "1", **asked}, headers=headers).headers["X-Total-Count"])

    assert total() == sum(counted.values())
    assert total(status="closed") == counted["closed"]
    assert total(status="closed,active") == counted["closed"] + counted["active"]
    assert total(status="nobody's") == 0
    assert total(**{"status.ne": "closed"}) == sum(counted.values()) - counted["closed"]
    assert total(status="closed", name=MARK) == 2


def test_pages_further_on_follow_the_same_order(
    api: TestClient, session: Session, staff: Callable[..., Headers]
) -> None:
    session.add_all(some(7))
    session.flush()
    headers = staff(Role.ADMIN)

    def ids(**asked: str) -> list[str]:
        return [one["id"] for one in api.get(CUSTOMERS, params=asked, headers=headers).json()]

    for sort in ("name", "-name", "status,-name", ""):
        whole = ids(sort=sort, limit="1000")
        pages = [one for offset in range(0, len(whole), 3) for one in ids(sort=sort, offset=str(offset), limit="3")]
        assert pages == whole
