"""The whole product, started as a user starts it, in a home and on a port of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
import pytest
from conversing import Conversation
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
HATIF = Path(sys.executable).parent / "hatif"
READY_SECONDS = 240
MOBILE_POSTPAID = ("mobilePostpaid",)
KINDS = {"none": ("mobilePrepaid",)}
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@dataclass
class Product:
    """A running copy of the product."""

    home: Path
    port: int
    process: subprocess.Popen[str]
    tried: Counter[str] = field(default_factory=Counter)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def conversation(self, language: str | None = None) -> Conversation:
        """A new conversation over the gateway."""
        return Conversation(self.url, self.home, language)

    def hatif(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A `hatif` command in this copy's home."""
        return subprocess.run(
            [HATIF, *arguments],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    @property
    def environment(self) -> dict[str, str]:
        """What tells a command which copy is meant."""
        return os.environ | {"HATIF_HOME": str(self.home), "HATIF_PORT": str(self.port), "COLUMNS": "200"}

    def staff(self, path: str, username: str = "admin", **parameters: str) -> httpx.Response:
        """What a member of staff reads at that address."""
        people = httpx.get(f"{self.url}/sandbox/people").json()["staff"]
        password = next(member["password"] for member in people if member["username"] == username)
        body = {"username": username, "password": password}
        token = httpx.post(f"{self.url}/access/v1/token", json=body).json()["accessToken"]
        return httpx.get(self.url + path, params=parameters, headers={"Authorization": f"Bearer {token}"}, timeout=20)

    def customer(self, good_for: str) -> dict[str, str]:
        """A seeded customer with that story ("unpaid" ...), each time another: codes are limited by number."""
        found = [
            p for p in self.people() if p["story"] == good_for and p["kind"] in KINDS.get(good_for, MOBILE_POSTPAID)
        ]
        self.tried[good_for] += 1
        return found[self.tried[good_for] % len(found)]

    def people(self) -> list[dict[str, str]]:
        """The seeded customers; none before the demonstration has its past."""
        people: list[dict[str, str]] = httpx.get(f"{self.url}/sandbox/people").json()["customers"]
        return people

    def newest_code(self, number: str) -> str:
        """The one-time code that was sent last to a number."""
        messages = httpx.get(f"{self.url}/sandbox/outbox.json", params={"recipient": number}).json()["messages"]
        return next(word for m in messages for word in _digits(m["text"]) if len(word) == 6)

    def part(self, name: str) -> psutil.Process:
        """The process of a part: backend, worker, rasa, actions."""
        marks = {
            "backend": "app_from_environment",
            "worker": "backend.cli",
            "rasa": "assistant.serve",
            "actions": "actions",
        }
        for process in psutil.Process(self.process.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                if any(marks[name] == part or part.endswith(f":{marks[name]}") for part in process.cmdline()):
                    return process
        raise LookupError(name)

    def health(self) -> httpx.Response:
        """The answer of /health."""
        return httpx.get(f"{self.url}/health", timeout=10)

    def wait_until(self, *, healthy: bool, seconds: float = 90) -> None:
        """Until /health says so."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if (self.health().status_code == 200) is healthy:
                    return
            except httpx.HTTPError:
                if not healthy:
                    return
            time.sleep(0.3)
        raise TimeoutError(f"healthy={healthy} was not reached: {self.health().text}")


def started(home: Path, port: int) -> Product:
    """A copy that is ready."""
    environment = os.environ | {"HATIF_HOME": str(home), "HATIF_PORT": str(port)}
    log = (home.parent / f"{home.name}.out").open("w")
    process = subprocess.Popen(
        [HATIF, "run"], env=environment, cwd=ROOT, stdout=log, stderr=log, text=True, start_new_session=True
    )
    product = Product(home, port, process)
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"hatif run ended: {Path(log.name).read_text()}")
        try:
            if product.health().status_code == 200 and product.people():  # the demonstration is there too
                return product
        except httpx.HTTPError:
            pass
        time.sleep(0.3)
    raise TimeoutError(Path(log.name).read_text())


def stopped(product: Product) -> None:
    """End a copy as Ctrl-C does."""
    if product.process.poll() is None:
        product.process.send_signal(signal.SIGINT)
        product.process.wait(60)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One copy for all tests that leave it whole."""
    product = started(tmp_path_factory.mktemp("product") / "home", free_port())
    yield product
    stopped(product)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium: the system's, else the one Playwright installed."""
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a context of its own."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def _digits(text: str) -> list[str]:
    return "".join(c if c.isdecimal() else " " for c in text).split()
