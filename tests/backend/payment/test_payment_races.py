"""Money that moves at the same time, and workers that are killed: nothing lost, nothing twice, no deadlock."""

import base64
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from random import Random
from uuid import UUID, uuid4

import pytest
from bills import bill_party
from books import books_agree
from customers import become_customer
from sqlalchemy import func, make_url, select, text
from sqlalchemy.orm import Session

from backend.billing import service as billing
from backend.billing.models import CustomerBill
from backend.catalog import service as catalog
from backend.infra.database import Database, engine_for
from backend.infra.encryption import keyring
from backend.infra.outside import Outside
from backend.kernel.clock import Clock
from backend.kernel.money import Money
from backend.kernel.period import month_of
from backend.main import assembled_database
from backend.migrations import upgrade
from backend.payment import service
from backend.payment.errors import RefundTooHigh
from backend.payment.gateway import PaymentGateway
from backend.payment.models import FileLine, Payment
from backend.payment.rules import Method
from backend.payment.sandbox import Choice, SandboxGateway
from backend.payment.service import Wanted
from backend.provisioning import service as provisioning

pytestmark = pytest.mark.slow


@dataclass
class Shop:
    """A database of its own with one customer and one bill, all committed."""

    database: Database
    url: str
    bill_id: UUID
    account_id: UUID
    party_id: UUID

    def wanted(self, value: str, method: Method = Method.CASH) -> Wanted:
        return Wanted(self.account_id, self.party_id, Money(Decimal(value), "SAR"), method, "tests", self.bill_id)

    def bill(self, session: Session) -> CustomerBill:
        return session.get_one(CustomerBill, self.bill_id)

    def gateway(self) -> SandboxGateway:
        outside: Outside = self.database.outside
        found = outside.find(PaymentGateway)
        assert isinstance(found, SandboxGateway)
        return found


@pytest.fixture(scope="module")
def shop(database: Database) -> Iterator[Shop]:
    name, known = f"payment_{uuid4().hex[:8]}", database.engine.url.render_as_string(hide_password=False)
    with engine_for(known, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = make_url(known).set(database=name).render_as_string(hide_password=False)
    upgrade(url)
    own, clock = assembled_database(url), Clock()
    with own.transaction() as session:
        session.info["clock"] = clock
        catalog.load(session)
        provisioning.load_numbers(session)
        last = month_of(month_of(clock.today()).start - timedelta(days=1))
        someone = become_customer(session, clock, offering="fibre-100", joined=last.start)
        made = bill_party(session, someone.party_id, last)
        assert made is not None
        found = Shop(own, url, made.id, made.billing_account_id, someone.party_id)
    yield found
    own.engine.dispose()


def test_everything_at_once_leaves_books_that_agree(shop: Shop) -> None:
    random = Random(3)

    def act(number: int) -> None:
        with shop.database.transaction() as session:
            payment = service.begin(session, shop.wanted(f"{random.randint(1, 90)}.00"))
        if number % 3 == 0:
            with shop.database.transaction() as session:
                amount = Money(Decimal(1), "SAR")
                service.ask_refund(session, payment_id=payment.id, amount=amount, reason="x", asked_by="a", document={})
        if number % 4 == 0:
            with shop.database.transaction() as session:
                billing.hold_disputed(session, bill_id=shop.bill_id, amount=Money(Decimal(2), "SAR"))
            with shop.database.transaction() as session:
                billing.release_disputed(session, bill_id=shop.bill_id, amount=Money(Decimal(2), "SAR"))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(act, range(24)))
    with shop.database.transaction() as session:
        assert books_agree(session)
        receipts = session.scalars(select(Payment.receipt_no).order_by(Payment.receipt_no)).all()
        assert [int(str(one)[-6:]) for one in receipts] == list(range(1, 25))


def test_callbacks_that_race_are_one_payment(shop: Shop) -> None:
    with shop.database.transaction() as session:
        payment = service.begin(session, shop.wanted("10.00", Method.CARD))
    shop.gateway().choose(str(payment.gateway_reference), Choice.TWICE)
    body, signature = shop.gateway().callback(str(payment.gateway_reference))

    def hear(_: int) -> str:
        with shop.database.transaction() as session:
            return service.hear(session, signature, body)

    with ThreadPoolExecutor(4) as pool:
        results = sorted(pool.map(hear, range(4)))
    assert results == ["applied", "repeated", "repeated", "repeated"]
    with shop.database.transaction() as session:
        assert books_agree(session)


def test_refunds_that_race_never_exceed_the_payment(shop: Shop) -> None:
    with shop.database.transaction() as session:
        payment = service.begin(session, shop.wanted("100.00"))

    def refund(_: int) -> bool:
        try:
            with shop.database.transaction() as session:
                amount = Money(Decimal(40), "SAR")
                service.ask_refund(session, payment_id=payment.id, amount=amount, reason="x", asked_by="a", document={})
        except RefundTooHigh:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(refund, range(4))) == 2
    with shop.database.transaction() as session:
        assert session.get_one(Payment, payment.id).reversed_amount == Decimal(80)
        assert books_agree(session)


LOADER = """
import sys
from uuid import UUID
from backend.infra.encryption import keyring
from backend.main import assembled_database
from backend.payment import service
keyring.use([sys.argv[2]], "a fingerprint key of the tests")
database = assembled_database(sys.argv[1])
while True:
    with database.transaction() as session:
        if not service.place_lines(session, UUID(sys.argv[3]), 3):
            break
    print("placed", flush=True)
"""


def test_a_loader_that_is_killed_loses_and_doubles_nothing(shop: Shop) -> None:
    with shop.database.transaction() as session:
        bill_no, before = shop.bill(session).bill_no, session.scalar(select(func.count()).select_from(Payment)) or 0
        rows = "\n".join(f"k{n},{bill_no},2026-11-02,1.00,SAR" for n in range(60))
        content = f"Transaction ID,Reference,Value Date,Amount,Currency\n{rows}\n".encode()
        file = service.take_in(session, name="k", content=content, profile="bank-csv", by="tests")
    one = keyring.fernet._fernets[0]
    key = base64.urlsafe_b64encode(one._signing_key + one._encryption_key).decode()
    for _ in range(2):
        command = [sys.executable, "-c", LOADER, shop.url, key, str(file.id)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as loader:
            assert loader.stdout is not None
            assert loader.stdout.readline() == "placed\n"
            time.sleep(0.02)
            os.kill(loader.pid, signal.SIGKILL)
    while True:
        with shop.database.transaction() as session:
            if not service.place_lines(session, file.id):
                break
    with shop.database.transaction() as session:
        states = session.execute(
            select(FileLine.state, func.count()).where(FileLine.file_id == file.id).group_by(FileLine.state)
        ).all()
        assert [tuple(one) for one in states] == [("paid", 60)]
        assert session.scalar(select(func.count()).select_from(Payment)) == before + 60
        assert books_agree(session)
