"""Orders to active lines through the worker, beside how many the server's commits would allow."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import psycopg

from backend.infra.database import Database
from backend.provisioning import service as provisioning
from backend.provisioning.rules import NumberKind

ORDERS = "/tmf-api/productOrderingManagement/v4/productOrder"
FIRST_NUMBER = 966_580_000_000
SESSIONS = 4  # as many as a worker works at
COMMIT_SECONDS = 4
GIVE_UP_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """So many orders became active lines in so many seconds, with so many writing transactions each."""

    orders: int
    seconds: float
    transactions_each: float

    @property
    def a_second(self) -> float:
        """Orders a second."""
        return self.orders / self.seconds


def add_numbers(database: Database, connection: psycopg.Connection[Any], count: int) -> None:
    """Put as many new numbers in the pool as there will be orders."""
    last = connection.execute(
        "SELECT max(number) FROM provisioning_number WHERE number BETWEEN %s AND %s",
        (f"+{FIRST_NUMBER}", f"+{FIRST_NUMBER + 9_999_999}"),
    ).fetchone()
    start = int(last[0]) + 1 if last and last[0] else FIRST_NUMBER
    with database.transaction() as session:
        provisioning.add_numbers(session, NumberKind.MOBILE, f"+{start}", count)


def placed(client: httpx.Client, parties: list[UUID], offering: str) -> Iterator[str]:
    """The ids of orders for one line each, placed over the API."""
    for party in parties:
        body = {
            "productOrderItem": [{"id": "1", "action": "add", "productOffering": {"id": offering}}],
            "relatedParty": [{"id": str(party), "role": "customer", "@referredType": "Individual"}],
        }
        answer = client.post(ORDERS, json=body)
        if answer.is_error:
            raise ValueError(f"an order was refused: {answer.text[:500]}")
        yield answer.json()["id"]


def fulfilled(
    connection: psycopg.Connection[Any],
    ids: list[str],
    working: AbstractContextManager[None],
    tell: Callable[[int], None],
) -> Fulfilled:
    """Let workers complete the orders. The clock runs from the first completion that is seen, when they are warm.

    Raises ValueError when one fails or takes too long.
    """
    first: tuple[float, int, int] | None = None
    deadline = time.monotonic() + GIVE_UP_SECONDS
    with working:
        while True:
            done, failed = _done(connection, ids)
            tell(done)
            if first is None and done:
                first = (time.perf_counter(), done, _transactions(connection))
            if done == len(ids) and first is not None:
                break
            if failed or time.monotonic() > deadline:
                raise ValueError(f"{failed} orders failed, {len(ids) - done} are not complete")
            time.sleep(0.05)
        began, before, transactions = first
        count = done - before
        each = (_transactions(connection) - transactions) / max(count, 1)
    return Fulfilled(count, time.perf_counter() - began, round(each, 1))


def commits_a_second(conninfo: str) -> float:
    """Commits of one-row updates a second of as many sessions as a worker has, each on a row of its own."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS bench_commit")
        connection.execute("CREATE TABLE bench_commit (id int PRIMARY KEY, n bigint NOT NULL)")
        connection.execute("INSERT INTO bench_commit SELECT i, 0 FROM generate_series(1, %s) AS i", (SESSIONS,))
        with ThreadPoolExecutor(SESSIONS) as threads:
            counts = list(threads.map(lambda row: _updates(conninfo, row), range(1, SESSIONS + 1)))
        connection.execute("DROP TABLE bench_commit")
    return sum(counts) / COMMIT_SECONDS


def _updates(conninfo: str, row: int) -> int:
    count, deadline = 0, time.monotonic() + COMMIT_SECONDS
    with psycopg.connect(conninfo, autocommit=True) as connection:
        while time.monotonic() < deadline:
            connection.execute("UPDATE bench_commit SET n = n + 1 WHERE id = %s", (row,))
            count += 1
    return count


def _done(connection: psycopg.Connection[Any], ids: list[str]) -> tuple[int, int]:
    found = connection.execute(
        "SELECT count(*) FILTER (WHERE state = 'completed'),"
        " count(*) FILTER (WHERE state IN ('failed', 'held', 'partial', 'cancelled'))"
        " FROM ordering_product_order WHERE id = ANY(%s::uuid[])",
        (ids,),
    ).fetchone()
    return (found[0], found[1]) if found else (0, 0)


def _transactions(connection: psycopg.Connection[Any]) -> int:
    """How many writing transactions the server has begun so far."""
    found = connection.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint").fetchone()
    return int(found[0]) if found else 0
