"""The home that is measured: its own PostgreSQL, filled once and kept, and the product's own processes."""

import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
from rich.console import Console

from backend.launcher.home import ROOT, Home
from backend.launcher.postgres import EmbeddedPostgres
from backend.launcher.run import Address, environment_of
from backend.settings import Settings

MIGRATIONS = ROOT / "backend" / "migrations" / "versions"
SERVE = ["-m", "uvicorn", "backend.main:app_from_environment", "--factory", "--no-access-log"]
WORK = ["-m", "backend.cli", "worker"]
IDLE = {"HATIF_RASA_URL": "http://127.0.0.1:0", "HATIF_ACTIONS_HEALTH_URL": "http://127.0.0.1:0"}
READY_SECONDS = 120


@contextmanager
def measured_home(path: Path, customers: int, console: Console) -> Iterator[Settings]:
    """The settings of a filled home whose PostgreSQL runs as long as the block does.

    A home of another schema is thrown away; one with fewer customers is filled up.
    """
    known, schema = path / "filled.json", _schema()
    if known.exists() and json.loads(known.read_text())["schema"] != schema:
        console.print("The schema has changed: the home is filled anew.")
        shutil.rmtree(path)
    home = Home.at(path)
    postgres = EmbeddedPostgres(home.postgres)
    try:
        settings = _settings(home, postgres.url())
        _filled(known, schema, customers)
        yield settings
    finally:
        postgres.stop()


@contextmanager
def backend(settings: Settings) -> Iterator[str]:
    """The address of a backend that is ready, one process, as the product runs it."""
    address = f"http://127.0.0.1:{settings.port}"
    with _process([*SERVE, "--host", "127.0.0.1", "--port", str(settings.port)], settings.home / "log" / "backend.log"):
        deadline = time.monotonic() + READY_SECONDS
        while not _answers(address):
            if time.monotonic() > deadline:
                raise TimeoutError(f"the backend does not answer; see {settings.home / 'log'}")
            time.sleep(0.2)
        yield address


@contextmanager
def workers(settings: Settings, count: int) -> Iterator[None]:
    """So many workers, as the product runs them."""
    with ExitStack() as stack:
        for number in range(count):
            stack.enter_context(_process(WORK, settings.home / "log" / f"worker-{number}.log"))
        yield


def _settings(home: Home, url: str) -> Settings:
    for name in [name for name in os.environ if name.startswith("HATIF_") and not name.startswith("HATIF_BENCH_")]:
        del os.environ[name]
    os.environ.update(environment_of(home, Address("127.0.0.1", _free_port()), url) | IDLE)
    return Settings()  # type: ignore[call-arg]


def _filled(known: Path, schema: str, customers: int) -> None:
    done = json.loads(known.read_text()) if known.exists() else {"customers": 0, "seconds": 0.0}
    if done["customers"] >= customers:
        return
    began = time.perf_counter()
    command = [sys.executable, "-W", "ignore", "-m", "backend.cli", "database", "fill", "--customers", str(customers)]
    subprocess.run(command, cwd=ROOT, check=True)
    seconds = round(done["seconds"] + time.perf_counter() - began, 1)
    known.write_text(json.dumps({"schema": schema, "customers": customers, "seconds": seconds}))


def _schema() -> str:
    """What every migration says, so that a home of another one is not taken for this one's."""
    digest = hashlib.sha256()
    for file in sorted(MIGRATIONS.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


@contextmanager
def _process(arguments: list[str], log: Path) -> Iterator[None]:
    with log.open("w") as output:
        process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=output, stderr=output)
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health", timeout=5).status_code in {200, 503}
    except httpx.HTTPError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
