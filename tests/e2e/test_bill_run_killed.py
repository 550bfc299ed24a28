"""A bill run whose worker is killed, and whose PostgreSQL is killed: begun again, no bill is made twice or missing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from backend.billing import service
from backend.infra.database import conninfo_of, engine_for
from backend.launcher.home import ROOT
from backend.launcher.postgres import EmbeddedPostgres
from backend.main import assembled_database
from tests.bench.billing import filled

pytestmark = pytest.mark.slow

ACCOUNTS = 12_000


def command(url: str, home: Path) -> "subprocess.Popen[str]":
    """`hatif bill run` for October, in a process of its own."""
    environment = os.environ | {"HATIF_DATABASE_URL": url, "HATIF_HOME": str(home), "HATIF_PORT": "1"}
    words = [sys.executable, "-W", "ignore", "-m", "backend.cli", "bill", "run", "--month", "2026-10"]
    return subprocess.Popen(
        words, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def bills(url: str) -> int:
    with psycopg.connect(conninfo_of(engine_for(url))) as connection:
        found = connection.execute("SELECT count(*) FROM billing_customer_bill").fetchone()
    return int(found[0]) if found else 0


def wait_for_bills(url: str, more_than: int, process: "subprocess.Popen[str]") -> None:
    deadline = time.monotonic() + 120
    while bills(url) <= more_than:
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"the run did not get that far: {process.communicate()[0]}")
        time.sleep(0.02)


def wait_until_back(postgres: EmbeddedPostgres, url: str) -> None:
    """As the launcher does: start it again, until it has recovered."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        postgres.keep_running()
        try:
            bills(url)
        except psycopg.OperationalError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("PostgreSQL does not come back")


def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    postgres = EmbeddedPostgres(tmp_path / "postgres")
    url = postgres.url()
    try:
        filled(url, ACCOUNTS)

        first = command(url, tmp_path)
        wait_for_bills(url, 0, first)
        first.kill()
        first.wait()
        after_the_worker = bills(url)
        assert 0 < after_the_worker < ACCOUNTS

        second = command(url, tmp_path)
        wait_for_bills(url, after_the_worker, second)
        os.kill(int((tmp_path / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        second.communicate(timeout=120)
        assert second.returncode != 0

        wait_until_back(postgres, url)
        assert bills(url) < ACCOUNTS
        third = command(url, tmp_path)
        said, _ = third.communicate(timeout=280)

        assert third.returncode == 0, said
        assert f"{ACCOUNTS} bills made" in said
        database = assembled_database(url)
        with database.transaction() as session:
            assert service.verify(session) == []
            assert service.open_runs(session) == []
        database.engine.dispose()
        assert bills(url) == ACCOUNTS
    finally:
        postgres.stop()
