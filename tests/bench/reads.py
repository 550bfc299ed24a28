"""Lists and reads over HTTP, each beside a bare psycopg query for the same rows, pair by pair in the same minute."""

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import httpx
import psycopg

from backend.seed.multitude.crowd import identifier, number_of

CUSTOMERS = "/tmf-api/customerManagement/v4/customer"
PRODUCTS = "/tmf-api/productInventory/v4/product"
CUSTOMER = """SELECT c.id, c.party_id, c.name, c.status, c.credit_class, c.credit_limit, c.document, c.created_at,
    c.updated_at, p.kind FROM customer_customer AS c LEFT JOIN party_party AS p ON p.id = c.party_id"""
PRODUCT = """SELECT c.id, c.party_id, c.offering_id, c.status, c.name, c.price_amount, c.price_currency,
    c.price_period_length, c.price_period_unit, c.price_tax_included, c.msisdn, c.place, c.line_id, c.order_date,
    c.start_date, c.termination_date, c.resume_at, c.document FROM ordering_product AS c"""
DEEPEST = 100_000
Choice = Callable[[Random], Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """A request and the query for the same rows; `{}` in path or query string and `%s` take what was chosen."""

    name: str
    path: str
    parameters: Mapping[str, str]
    sql: str
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds, of 100 calls so many: the median, and what 95 stay below."""

    p50: float
    p95: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Timing":
        """Of measured seconds; the 95th percentile is the nearest rank."""
        ordered = sorted(seconds)
        p50, p95 = (ordered[max(math.ceil(share * len(ordered)) - 1, 0)] * 1000 for share in (0.5, 0.95))
        return cls(round(p50, 2), round(p95, 2))


def pairs(names: Sequence[str], offerings: Sequence[str], customers: int) -> list[Pair]:
    """Everything that is measured. `names` are customers' names, `offerings` ids that customers have."""

    def somebody(what: str, lines: int = 1) -> Choice:
        return lambda dice: str(identifier(what, dice.randrange(customers) * lines))

    deep = min(DEEPEST, customers // 2)
    page = " ORDER BY c.id LIMIT 100"
    name, offering = (lambda dice: dice.choice(names)), (lambda dice: dice.choice(offerings))
    number = lambda dice: number_of(dice.randrange(customers), 0, fixed=False)  # noqa: E731
    return [
        Pair("customers", CUSTOMERS, {}, CUSTOMER + page),
        Pair(f"customers, offset {deep}", CUSTOMERS, {"offset": str(deep)}, _deep(CUSTOMER, "customer_customer", deep)),
        Pair("customers by name", CUSTOMERS, {"name": "{}"}, f"{CUSTOMER} WHERE c.name = %s{page}", name),
        Pair(
            "customers by engagedParty.id",
            CUSTOMERS,
            {"engagedParty.id": "{}"},
            f"{CUSTOMER} WHERE c.party_id = %s{page}",
            somebody("party"),
        ),
        Pair("customers by status", CUSTOMERS, {"status": "active"}, f"{CUSTOMER} WHERE c.status = 'active'{page}"),
        Pair("customers by sort=name", CUSTOMERS, {"sort": "name"}, f"{CUSTOMER} ORDER BY c.name, c.id LIMIT 100"),
        Pair("one customer", CUSTOMERS + "/{}", {}, f"{CUSTOMER} WHERE c.id = %s", somebody("customer")),
        Pair("products", PRODUCTS, {}, PRODUCT + page),
        Pair(f"products, offset {deep}", PRODUCTS, {"offset": str(deep)}, _deep(PRODUCT, "ordering_product", deep)),
        Pair(
            "products by relatedParty.id",
            PRODUCTS,
            {"relatedParty.id": "{}"},
            f"{PRODUCT} WHERE c.party_id = %s{page}",
            somebody("party"),
        ),
        Pair(
            "products by productOffering.id",
            PRODUCTS,
            {"productOffering.id": "{}"},
            f"{PRODUCT} WHERE c.offering_id = %s{page}",
            offering,
        ),
        Pair(
            "products by status",
            PRODUCTS,
            {"status": "suspended"},
            f"{PRODUCT} WHERE c.status = 'suspended'{page}",
        ),
        Pair("products by msisdn", PRODUCTS, {"msisdn": "{}"}, f"{PRODUCT} WHERE c.msisdn = %s{page}", number),
        Pair(
            "products by sort=-startDate",
            PRODUCTS,
            {"sort": "-startDate"},
            f"{PRODUCT} ORDER BY c.start_date DESC NULLS LAST, c.id DESC LIMIT 100",
        ),
        Pair("one product", PRODUCTS + "/{}", {}, f"{PRODUCT} WHERE c.id = %s", somebody("product", lines=2)),
    ]


def measure(
    pair: Pair, client: httpx.Client, connection: psycopg.Connection[Any], rounds: int
) -> Iterator[tuple[float, float]]:
    """Seconds of the request and of the query, round by round. Raises ValueError when they differ in rows."""
    dice = Random(7)
    for _ in range(rounds):
        chosen = pair.choice(dice) if pair.choice else None
        began = time.perf_counter()
        answer = client.get(pair.path.format(chosen), params={k: v.format(chosen) for k, v in pair.parameters.items()})
        asked = time.perf_counter()
        rows = connection.execute(pair.sql, None if chosen is None else (chosen,)).fetchall()
        queried = time.perf_counter()
        _same(pair, answer, rows)
        yield asked - began, queried - asked


def _same(pair: Pair, answer: httpx.Response, rows: Sequence[Sequence[Any]]) -> None:
    answer.raise_for_status()
    body = answer.json()
    shown = [one["id"] for one in (body if isinstance(body, list) else [body])]
    if shown != [str(row[0]) for row in rows] or not shown:
        raise ValueError(f"{pair.name}: {len(shown)} resources beside {len(rows)} rows, or others")


def _deep(select: str, table: str, offset: int) -> str:
    """The page after so many rows as fast as SQL gives it: what is skipped is skipped in the primary key's index."""
    ids = f"SELECT id FROM {table} ORDER BY id OFFSET {offset} LIMIT 100"
    return f"{select} JOIN ({ids}) AS page ON page.id = c.id ORDER BY c.id"
