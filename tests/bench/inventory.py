"""Lists of a million rows over the API beside bare psycopg, and orders through the worker."""

import json
import os
from dataclasses import asdict
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

import httpx
import psycopg
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, track
from rich.table import Table

from backend.access import service as access
from backend.access import tokens
from backend.access.rules import Role
from backend.infra.database import Database, conninfo_of
from backend.kernel.text import Bilingual
from backend.launcher.home import ROOT
from backend.main import composed_database
from backend.seed.multitude.crowd import identifier
from backend.settings import Settings
from tests.bench.orders import add_numbers, commits_a_second, fulfilled, placed
from tests.bench.reads import Timing, measure, pairs
from tests.bench.surroundings import backend, measured_home, workers

BUILD = ROOT / "build"
CUSTOMERS = int(os.environ.get("HATIF_BENCH_CUSTOMERS", "1000000"))
ROUNDS = int(os.environ.get("HATIF_BENCH_ROUNDS", "100"))
ORDERS = int(os.environ.get("HATIF_BENCH_ORDERS", "200"))
WORKERS = int(os.environ.get("HATIF_BENCH_WORKERS", "1"))
WARM_UP = 10
OFFERING = "yalla-30"
Figures = dict[str, Any]


def inventory_figures(console: Console) -> Figures:
    """Lists and reads with so many customers beside bare psycopg, and orders to active a second."""
    with measured_home(BUILD / "bench-home", CUSTOMERS, console) as settings:
        figures = {
            "customers": CUSTOMERS,
            "fill seconds": json.loads((settings.home / "filled.json").read_text())["seconds"],
            **_measured(settings, console),
        }
    _tell(figures, console)
    return figures


def _measured(settings: Settings, console: Console) -> Figures:
    database = composed_database(settings)
    conninfo = conninfo_of(database.engine)
    headers = {"Authorization": f"Bearer {_token(database, settings)}"}
    with (
        backend(settings) as address,
        httpx.Client(base_url=address, headers=headers, timeout=60) as client,
        psycopg.connect(conninfo, autocommit=True) as connection,
    ):
        read = _read(client, connection, console)
        ordered = _ordered(database, settings, client, connection, console)
    database.engine.dispose()
    return {"reads": read, "orders": ordered}


def _read(client: httpx.Client, connection: psycopg.Connection[Any], console: Console) -> list[Figures]:
    drawn = [identifier("customer", place) for place in Random(1).sample(range(CUSTOMERS), min(CUSTOMERS, 200))]
    names = connection.execute("SELECT name FROM customer_customer WHERE id = ANY(%s)", (drawn,)).fetchall()
    offerings = connection.execute("SELECT DISTINCT offering_id FROM ordering_product").fetchall()
    found = []
    chosen = pairs([row[0] for row in names], sorted(row[0] for row in offerings if row[0]), CUSTOMERS)
    for pair in track(chosen, "lists and reads", console=console):
        timed = list(measure(pair, client, connection, WARM_UP + ROUNDS))[WARM_UP:]
        api, bare = Timing.of([one for one, _ in timed]), Timing.of([other for _, other in timed])
        found.append(
            {
                "name": pair.name,
                "api": asdict(api),
                "psycopg": asdict(bare),
                "p50 ratio": round(api.p50 / bare.p50, 2),
                "p95 ratio": round(api.p95 / bare.p95, 2),
                "request": f"GET {pair.path}?" + "&".join(f"{k}={v}" for k, v in pair.parameters.items()),
                "sql": " ".join(pair.sql.split()),
            }
        )
    return found


def _ordered(
    database: Database,
    settings: Settings,
    client: httpx.Client,
    connection: psycopg.Connection[Any],
    console: Console,
) -> Figures:
    add_numbers(database, connection, ORDERS)
    with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=console) as bar:
        placing = bar.add_task("orders placed", total=ORDERS)
        ids = []
        for order_id in placed(client, _buyers(connection), OFFERING):
            ids.append(order_id)
            bar.advance(placing)
        completing = bar.add_task("orders to active", total=ORDERS)
        result = fulfilled(
            connection, ids, workers(settings, WORKERS), lambda done: bar.update(completing, completed=done)
        )
    commits = commits_a_second(conninfo_of(database.engine))
    limit = commits / result.transactions_each
    return {
        "orders": result.orders,
        "workers": WORKERS,
        "a second": round(result.a_second, 1),
        "writing transactions an order": result.transactions_each,
        "commits a second of the server": round(commits),
        "orders a second that these commits allow": round(limit, 1),
        "share of the limit": round(result.a_second / limit, 3),
    }


def _buyers(connection: psycopg.Connection[Any]) -> list[UUID]:
    """Customers of the multitude who may buy; others than in the last run."""
    taken = connection.execute("SELECT count(*) FROM ordering_product_order").fetchone()
    start = int(taken[0]) if taken else 0
    return [identifier("party", (start + index) % CUSTOMERS) for index in range(ORDERS)]


def _token(database: Database, settings: Settings) -> str:
    username = f"bench-{datetime.now(UTC):%Y%m%d%H%M%S}"
    with database.transaction() as session:
        member = access.add_staff(
            session, username=username, password="p", role=Role.ADMIN, name=Bilingual(ar="قياس", en="Bench")
        )
        token, _ = tokens.issue("staff", member.id, settings.token_key.get_secret_value(), tokens.STAFF_LIFE)
    return token


def _tell(figures: Figures, console: Console) -> None:
    table = Table(title=f"{figures['customers']:,} customers, milliseconds", title_justify="left")
    for column in ("", "API p50", "p95", "psycopg p50", "p95", "ratio p50", "p95"):
        table.add_column(column, justify="left" if not column else "right")
    for row in figures["reads"]:
        cells = (row["api"]["p50"], row["api"]["p95"], row["psycopg"]["p50"], row["psycopg"]["p95"])
        table.add_row(row["name"], *map(str, cells), str(row["p50 ratio"]), str(row["p95 ratio"]))
    console.print(table)
