"""PostgreSQL, and the process that loads a bank's file, are killed while money comes in: once each, none lost.

Callers do what real ones do: they retry with the same key, and the gateway calls back until it is answered.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from uuid import uuid4

import psycopg
import pytest
from cryptography.fernet import Fernet
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import func, select

from backend.access import service as access
from backend.access import tokens
from backend.access.rules import Role
from backend.billing import service as billing
from backend.billing.models import CustomerBill
from backend.billing.rules import BillState
from backend.infra.database import Database, conninfo_of, engine_for
from backend.infra.outside import Outside
from backend.kernel.text import Bilingual
from backend.launcher.home import ROOT
from backend.launcher.postgres import EmbeddedPostgres
from backend.main import assembled_database, create_app
from backend.payment.gateway import PaymentGateway
from backend.payment.models import FileLine, Payment
from backend.payment.rules import RECEIVED
from backend.payment.sandbox import Choice, SandboxGateway
from backend.payment.service import CALLBACK
from backend.settings import Settings
from tests.bench.billing import CLOSING, filled

pytestmark = pytest.mark.slow

ACCOUNTS, CARDS, LINES = 40, 24, 1_200
KEY = "k" * 40
PEOPLE = """
    INSERT INTO party_individual (id, given_name, middle_name, family_name, language, status, created_at)
    SELECT id, 'Nora', '', 'Alqahtani', 'en', 'validated', now() FROM party_party
"""
HEADER = "Transaction ID,Reference,Value Date,Amount,Currency\n"


@dataclass
class Till:
    """A server of its own whose accounts have bills of October, and the product's routes on it."""

    postgres: EmbeddedPostgres
    data: Path
    url: str
    database: Database
    api: TestClient
    headers: dict[str, str]

    def kill(self) -> None:
        """SIGKILL for the server, as when its machine dies."""
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)

    def back(self) -> None:
        """As the launcher does: start it again, until it has recovered."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            self.postgres.keep_running()
            try:
                psycopg.connect(conninfo_of(engine_for(self.url))).close()
            except psycopg.OperationalError:
                time.sleep(0.1)
            else:
                return
        pytest.fail("PostgreSQL does not come back")

    def insist(self, send: Callable[[], int]) -> None:
        """Retry as long as the answer is that the service is away."""
        deadline = time.monotonic() + 90
        while (status := send()) == 503:
            if time.monotonic() > deadline:
                pytest.fail("never answered")
            time.sleep(0.1)
        assert status < 300, status

    def pay_by_card(self, bill: CustomerBill, value: float, key: str) -> None:
        """Begin at the gateway's page, pay there, and let it call back twice."""
        body = {
            "account": {"id": str(bill.billing_account_id)},
            "totalAmount": {"unit": "SAR", "value": value},
            "paymentMethod": {"@type": "bankCard", "name": "card"},
            "paymentItem": [{"item": {"id": str(bill.id), "@referredType": "CustomerBill"}}],
        }
        begun: list[str] = []

        def begin() -> int:
            answer = self.api.post(
                "/tmf-api/paymentManagement/v4/payment", json=body, headers=self.headers | {"Idempotency-Key": key}
            )
            if answer.status_code == 201:
                begun.append(answer.json()["id"])
            return answer.status_code

        self.insist(begin)
        for _ in range(2):
            self.insist(lambda: self._called_back(begun[0]))

    def _called_back(self, payment_id: str) -> int:
        try:
            with self.database.transaction() as session:
                reference = str(session.get_one(Payment, payment_id).gateway_reference)
            gateway = self.gateway()
            gateway.choose(reference, Choice.APPROVE)
            content, signature = gateway.callback(reference)
        except Exception as away:
            if type(away).__name__ != "OperationalError":
                raise
            return 503
        return self.api.post(CALLBACK, content=content, headers={"X-Gateway-Signature": signature}).status_code

    def gateway(self) -> SandboxGateway:
        """The sandbox gateway of the product."""
        outside: Outside = self.database.outside
        found = outside.find(PaymentGateway)
        assert isinstance(found, SandboxGateway)
        return found


@pytest.fixture(scope="module")
def till(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    """Forty accounts with a bill each, and somebody of billing who is signed in."""
    data = tmp_path_factory.mktemp("killed") / "postgres"
    postgres = EmbeddedPostgres(data)
    url = postgres.url()
    filled(url, ACCOUNTS).engine.dispose()
    with psycopg.connect(conninfo_of(engine_for(url)), autocommit=True) as connection:
        connection.execute(PEOPLE)
    database = assembled_database(url)
    with database.transaction() as session:
        run = billing.start_run(session, CLOSING, by="tests")
        name = Bilingual(ar="سلمى", en="Salma")
        member = access.add_staff(session, username="salma", password="p", role=Role.BILLING, name=name)
    assert run is not None
    billing.work_through(database, run.id)
    settings = Settings(
        database_url=url, token_key=SecretStr(KEY), encryption_keys=SecretStr(Fernet.generate_key().decode()),
        assistant_token=SecretStr("a" * 40), rasa_secret=SecretStr("r" * 40), rasa_url="http://127.0.0.1:9",
        actions_health_url="http://127.0.0.1:9/health",
    )  # fmt: skip
    token, _ = tokens.issue("staff", member.id, KEY, timedelta(hours=1))
    api = TestClient(create_app(settings, database), raise_server_exceptions=False)
    yield Till(postgres, data, url, database, api, {"Authorization": f"Bearer {token}"})
    database.engine.dispose()
    postgres.stop()


def load(till: Till, file: Path) -> "subprocess.Popen[str]":
    """`hatif payments load`, in a process of its own."""
    environment = os.environ | {"HATIF_DATABASE_URL": till.url, "HATIF_HOME": str(file.parent), "HATIF_PORT": "1"}
    words = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "backend.cli",
        "payments",
        "load",
        str(file),
        "--profile",
        "bank-csv",
    ]
    return subprocess.Popen(
        words, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def placed(till: Till) -> int:
    with till.database.transaction() as session:
        done = select(func.count()).select_from(FileLine).where(FileLine.state == "paid")
        return session.scalar(done) or 0


def wait_for_lines(till: Till, more_than: int, process: "subprocess.Popen[str]") -> None:
    deadline = time.monotonic() + 60
    while placed(till) <= more_than:
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"the load did not get that far: {process.communicate()[0]}")
        time.sleep(0.02)


def test_each_payment_counts_once_whatever_is_killed(till: Till, tmp_path: Path) -> None:
    random = Random(11)
    with till.database.transaction() as session:
        bills = list(session.scalars(select(CustomerBill).where(CustomerBill.state == BillState.SENT)))
        session.expunge_all()
    assert len(bills) == ACCOUNTS
    rows = "".join(f"t{n},{bills[n % ACCOUNTS].bill_no},2026-11-02,0.01,SAR\n" for n in range(LINES))
    file = tmp_path / "bank.csv"
    file.write_text(HEADER + rows)
    cards = [(random.choice(bills), round(random.uniform(1, 2), 2), f"card-{uuid4()}") for _ in range(CARDS)]

    loader = load(till, file)
    wait_for_lines(till, 0, loader)
    loader.kill()  # the process that takes the payments
    loader.wait()
    after_the_process = placed(till)
    assert 0 < after_the_process < LINES

    loader = load(till, file)
    wait_for_lines(till, after_the_process, loader)
    with ThreadPoolExecutor(4) as callers:
        paid = [callers.submit(till.pay_by_card, *card) for card in cards]
        for _ in range(3):  # the server, at moments that nobody chose
            time.sleep(random.uniform(0.1, 0.6))
            till.kill()
            till.back()
        for one in paid:
            one.result(timeout=120)
    said = " ".join(loader.communicate(timeout=60)[0].split())
    assert loader.returncode == 4, said
    assert "give the same command again" in said

    last = load(till, file)
    said, _ = last.communicate(timeout=180)
    assert last.returncode == 0, said
    with till.database.transaction() as session:
        received = session.scalars(select(Payment).where(Payment.status.in_(RECEIVED))).all()
        assert len(received) == CARDS + LINES
        wanted = sum((Decimal(str(value)) for _, value, _ in cards), Decimal("0.01") * LINES)
        assert sum(payment.amount for payment in received) == wanted
        assert session.scalar(select(func.count()).select_from(Payment)) == CARDS + LINES
        assert sorted(int(str(payment.receipt_no)[-6:]) for payment in received) == list(range(1, CARDS + LINES + 1))
        assert billing.verify(session) == []
