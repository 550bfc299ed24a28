"""Bills a second of a whole run, beside a COPY of the rows that it wrote. Alone: `python -m tests.bench.billing`.

Accounts with one or two fees, usage in three classes, discounts and tax; drafts, checked, numbered, posted.
HATIF_BENCH_ACCOUNTS says how many (200,000), HATIF_BENCH_MILLION=1 adds a million to the growth, which takes minutes.
"""

import json
import os
import shutil
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
from rich.console import Console

from backend.billing import service
from backend.catalog import service as catalog
from backend.infra.database import Database, conninfo_of
from backend.infra.encryption import keyring
from backend.kernel.clock import Clock
from backend.launcher.postgres import EmbeddedPostgres
from backend.main import assembled_database
from backend.migrations import upgrade

ACCOUNTS = int(os.environ.get("HATIF_BENCH_ACCOUNTS", "200000"))
WORKERS = int(os.environ.get("HATIF_BENCH_WORKERS", "2"))
GROWTH = (10_000, 100_000, *([1_000_000] if os.environ.get("HATIF_BENCH_MILLION") else []))
CLOSING = date(2026, 10, 31)
SHARE = 4  # every fourth has a second line with a discount in time
# What a run adds. That usage stands on a bill now is written into its rows besides, three for a bill, and not counted.
ADDED = (
    "billing_customer_bill",
    "billing_applied_rate",
    "ledger_entry",
    "ledger_posting",
    "infra_audit_entry",
)
FILL = (
    """INSERT INTO party_party (id, kind) SELECT gen_random_uuid(), 'individual' FROM generate_series(1, %(n)s)""",
    """INSERT INTO account_billing_account (id, account_no, party_id, main, state, credit_amount, document, created_at,
         updated_at)
       SELECT gen_random_uuid(), 'ACC-' || lpad(row_number() OVER ()::text, 9, '0'), id, true, 'defined', 0, '{}',
         now(), now() FROM party_party""",
    """INSERT INTO ordering_product (id, party_id, offering_id, offering_version, status, price_amount, price_currency,
         price_period_length, price_period_unit, price_tax_included, order_date, start_date, document)
       SELECT gen_random_uuid(), p.party_id, o.offering, '1.0', 'active', o.price, 'SAR', 1, 'month', false,
         o.start, o.start, '{}'
       FROM (SELECT party_id, row_number() OVER () AS place FROM account_billing_account) AS p
       CROSS JOIN LATERAL (VALUES (0, 'mofawtar-100', 100, timestamptz '2026-08-11 10:00+03'),
         (1, 'shabab-75', 75, timestamptz '2026-09-21 10:00+03')) AS o (line, offering, price, start)
       WHERE o.line = 0 OR p.place %% %(share)s = 0""",
    """INSERT INTO rating_rate_class (key, name_ar, name_en, quantity_unit, quantity_size) VALUES
         ('voice', 'المكالمات المحلية', 'National calls', 'minute', 60),
         ('message', 'الرسائل النصية', 'Messages', 'message', 1),
         ('data', 'بيانات الإنترنت', 'Data', 'megabyte', 1) ON CONFLICT DO NOTHING""",
    """INSERT INTO usage_usage (record_id, product_id, kind, status, started_at, quantity, units, collected_at)
       SELECT 'bench ' || p.id || k.kind, p.id, k.kind, 'rated', timestamptz '2026-10-14 12:00+03', k.quantity,
         k.quantity, now()
       FROM ordering_product AS p
       CROSS JOIN (VALUES ('voice', 600), ('message', 7), ('data', 33)) AS k (kind, quantity)
       WHERE p.offering_id = 'mofawtar-100'""",
    """INSERT INTO rating_rated_usage (usage_id, product_id, kind, rate_class, started_at, local_date, quantity,
         included_quantity, amount, unit, rated_at)
       SELECT u.id, u.product_id, u.kind, u.kind, u.started_at, date '2026-10-14', u.quantity, 0, k.amount, 'SAR', now()
       FROM usage_usage AS u
       JOIN (VALUES ('voice', 3.5), ('message', 1.75), ('data', 3.3)) AS k (kind, amount) ON k.kind = u.kind
       WHERE u.record_id LIKE 'bench %%'""",
)


def billing_figures(console: Console) -> dict[str, Any]:
    """One run beside a COPY of its rows, and how it grows; each in a home of its own."""
    growth = [run_figures(console, accounts) for accounts in GROWTH]
    told = ("accounts", "seconds", "bills a second")
    return run_figures(console, ACCOUNTS) | {"growth": [{name: one[name] for name in told} for one in growth]}


def run_figures(console: Console, accounts: int) -> dict[str, Any]:
    """Fill a home of its own, run the bills of a month, COPY the same rows; what both came to."""
    home = Path(tempfile.mkdtemp(prefix="hatif-bench-"))
    postgres = EmbeddedPostgres(home / "postgres")
    try:
        database = filled(postgres.url(), accounts)
        console.print(f"{accounts:,} accounts filled")
        seconds, bills = _run(database, console)
        copied, rows = _copied(conninfo_of(database.engine), home, bare=False)
        bare, _ = _copied(conninfo_of(database.engine), home, bare=True)
        with database.transaction() as session:
            findings = service.verify(session)
        database.engine.dispose()
    finally:
        postgres.stop()
        shutil.rmtree(home, ignore_errors=True)
    figures = {
        "accounts": accounts,
        "workers": WORKERS,
        "bills": bills,
        "seconds": round(seconds, 1),
        "bills a second": round(bills / seconds),
        "rows": rows,
        "COPY into tables with the same keys and indexes, seconds": round(copied, 1),
        "share of that": round(copied / seconds, 3),
        "COPY into tables without any, seconds": round(bare, 1),
        "share of that one": round(bare / seconds, 3),
        "ledger verifies": not findings,
    }
    for name, value in figures.items():
        console.print(f"{name}: [bold]{value}[/bold]")
    return figures


def filled(url: str, accounts: int) -> Database:
    """A database with so many accounts that have something to bill in October 2026."""
    keyring.use(["x" * 43 + "="], "bench")
    upgrade(url)
    database = assembled_database(url)
    with database.transaction() as session:
        session.info["clock"] = Clock()
        catalog.load(session)
    with psycopg.connect(conninfo_of(database.engine), autocommit=True) as connection:
        for statement in FILL:
            connection.execute(statement, {"n": accounts, "share": SHARE})
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")
    return database


def _run(database: Database, console: Console) -> tuple[float, int]:
    """From the start of the run to the last bill in the ledger, by so many workers as there are cores."""
    began = time.perf_counter()
    with database.transaction() as session:
        run = service.start_run(session, CLOSING, by="bench")
    assert run is not None
    planned = time.perf_counter() - began
    with ThreadPoolExecutor(WORKERS) as threads:
        list(threads.map(lambda _: service.work_through(database, run.id), range(WORKERS)))
    seconds = time.perf_counter() - began
    with database.transaction() as session:
        view = service.view(session, run.id)
    console.print(f"planned in {planned:.1f} s; {view.state}: {view.bills:,} bills of {view.amount:,.2f}")
    return seconds, view.bills


def _copied(conninfo: str, home: Path, *, bare: bool) -> tuple[float, int]:
    """The rows of the run, written once more as fast as COPY can, from files that lie ready.

    Into tables with the same indexes and checks; `bare`: into tables with nothing but columns.
    """
    rows, seconds = 0, 0.0
    with psycopg.connect(conninfo, autocommit=True) as connection:
        for table in ADDED:
            file = home / f"{table}.copy"
            with file.open("wb") as out, connection.cursor().copy(f"COPY {table} TO STDOUT") as copy:
                for part in copy:
                    out.write(part)
            connection.execute(f"CREATE TABLE copied_{table} (LIKE {table} {'' if bare else 'INCLUDING ALL'})")
            began = time.perf_counter()
            cursor = connection.cursor()
            with file.open("rb") as source, cursor.copy(f"COPY copied_{table} FROM STDIN") as copy:
                while part := source.read(1 << 20):
                    copy.write(part)
            seconds += time.perf_counter() - began
            rows += cursor.rowcount
        connection.execute("DROP TABLE " + ", ".join(f"copied_{table}" for table in ADDED))
    return seconds, rows


def main() -> None:
    """Measure, and keep the figures in build/bench-billing.json."""
    figures = billing_figures(Console(soft_wrap=True))
    build = Path("build")
    build.mkdir(exist_ok=True)
    (build / "bench-billing.json").write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
