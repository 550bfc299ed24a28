"""From nothing to a product that answers: the steps of `hatif run`, in order."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import fasteners
import httpx
from rich.console import Console

from backend.infra.logging import quiet
from backend.launcher.home import Home
from backend.launcher.model import trained_model
from backend.launcher.postgres import EmbeddedPostgres
from backend.launcher.programs import Programs, Supervisor
from backend.migrations import upgrade

READY_SECONDS = 180
WATCH_SECONDS = 1.0


class CannotStart(RuntimeError):
    """Something outside stands in the way; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the product listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """As a browser on this machine writes it."""
        return f"http://{'127.0.0.1' if self.host == '0.0.0.0' else self.host}:{self.port}"  # noqa: S104


@contextmanager
def running_product(home: Home, address: Address, console: Console) -> Iterator["Product"]:
    """The product, healthy, for as long as the block runs; every process of it ends with the block.

    Raises CannotStart when the port or the home is taken, or a part does not get well in time.
    """
    quiet()
    lock = fasteners.InterProcessLock(home.path / "lock")
    if not lock.acquire(blocking=False):
        raise CannotStart(f"{home.path} is in use: a copy runs already at {home.address.read_text().strip()}")
    product = Product(home, address, console)
    try:
        product.start()
        yield product
    finally:
        product.stop()
        lock.release()


class Product:
    """All parts of one installation."""

    def __init__(self, home: Home, address: Address, console: Console) -> None:
        self._home, self._address, self._console = home, address, console
        self._postgres: EmbeddedPostgres | None = None
        self._supervisor = Supervisor(home)

    def start(self) -> None:
        """Train, start PostgreSQL, migrate, start every process. `wait_until_healthy` follows."""
        self._supervisor.stop_left_over()
        if not _is_free(self._address):
            raise CannotStart(f"port {self._address.port} is taken; choose another: HATIF_PORT=8001 make run")
        model = trained_model(self._home.logs / "training.log", self._console)
        outside = os.environ.get("HATIF_DATABASE_URL")
        with self._console.status("PostgreSQL"):
            if outside is None:
                self._postgres = EmbeddedPostgres(self._home.postgres)
            self.database_url = outside or self._postgres_url()
        with self._console.status("migrations"):
            upgrade(self.database_url)
        self._start_programs(model)

    def wait_until_healthy(self) -> None:
        """Until /health answers 200, showing which part is awaited. Raises CannotStart after three minutes."""
        deadline = time.monotonic() + READY_SECONDS
        waiting = ["backend"]
        with self._console.status("") as status:
            while waiting:
                if time.monotonic() > deadline:
                    raise CannotStart(f"{', '.join(waiting)} did not get ready; see {self._home.logs}")
                status.update(f"waiting for {', '.join(waiting)}")
                time.sleep(0.2)
                waiting = _failing(self._address.url)

    def watch(self) -> None:
        """Keep PostgreSQL and the supervisor alive until interrupted. Raises CannotStart when that fails."""
        while self._supervisor.runs:
            if self._postgres is not None:
                self._postgres.keep_running()
            time.sleep(WATCH_SECONDS)
        raise CannotStart(f"the supervisor ended; see {self._home.logs / 'supervisord.log'}")

    def stop(self) -> None:
        """End every process of the product."""
        self._supervisor.stop()
        if self._postgres is not None:
            self._postgres.stop()

    def environment(self) -> dict[str, str]:
        """The settings that every process of this installation reads."""
        return environment_of(self._home, self._address, self.database_url) | self._ports

    def _start_programs(self, model: Path) -> None:
        rasa, actions = _free_port(), _free_port()
        self._ports = {
            "HATIF_RASA_PORT": str(rasa),
            "HATIF_RASA_URL": f"http://127.0.0.1:{rasa}",
            "HATIF_ACTIONS_PORT": str(actions),
            "HATIF_ACTIONS_URL": f"http://127.0.0.1:{actions}/webhook",
            "HATIF_ACTIONS_HEALTH_URL": f"http://127.0.0.1:{actions}/health",
        }
        self._home.address.write_text(self._address.url)
        programs = Programs(self._address.host, self._address.port, model)
        self._supervisor.start(programs, self.environment())

    def _postgres_url(self) -> str:
        assert self._postgres is not None  # noqa: S101 - started two lines above
        return self._postgres.url()


def environment_of(home: Home, address: Address, database_url: str) -> dict[str, str]:
    """Settings and secrets of a home; what the environment already names wins."""
    made = {f"HATIF_{name.upper()}": value for name, value in home.secrets().items()}
    made |= {
        "HATIF_HOME": str(home.path),
        "HATIF_HOST": address.host,
        "HATIF_PORT": str(address.port),
        "HATIF_BACKEND_URL": address.url,
        "HATIF_DATABASE_URL": database_url,
        "HATIF_TRACKER_URL": database_url,
        "POSTGRESQL_SCHEMA": "rasa",
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONUNBUFFERED": "1",
    }
    return made | {name: os.environ[name] for name in made if os.environ.get(name)}


def _failing(url: str) -> list[str]:
    try:
        return list(httpx.get(f"{url}/health", timeout=5).json()["failing"])
    except (httpx.HTTPError, ValueError, KeyError):
        return ["backend"]


def _is_free(address: Address) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
