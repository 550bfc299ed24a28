"""`hatif pay` and `hatif payments`, as a cashier and a bank clerk type them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from backend.billing.models import CustomerBill
from backend.cli import pay, payments
from backend.infra.database import Database


class OfTheTest(Database):
    """The database of commands, inside the test's own transaction."""

    kept: Session

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A savepoint."""
        with self.kept.begin_nested():
            yield self.kept


@pytest.fixture
def hatif(database: Database, session: Session, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Runs commands on the test's transaction."""
    own = OfTheTest(database.engine)
    own.kept = session
    for module in (pay, payments):
        monkeypatch.setattr(module, "database_of", lambda _home: own)
    return CliRunner()


def test_cash_is_taken_with_a_receipt_and_the_rest_is_told(hatif: CliRunner, bill: CustomerBill) -> None:
    part = hatif.invoke(pay.app, [bill.bill_no, "--amount", "100"])
    assert (part.exit_code, "100 SAR taken" in part.output or "100.00 SAR taken" in part.output) == (0, True)
    assert "107.00 SAR left to pay" in part.output
    rest = hatif.invoke(pay.app, [bill.bill_no.lower(), "--method", "bank"])
    assert (rest.exit_code, bill.remaining_amount) == (0, 0)


@pytest.mark.parametrize(
    ("words", "code"), [(["INV-2026-999999"], 1), (["{bill}", "--amount", "ten"], 2), (["{bill}", "--amount", "0"], 1)]
)
def test_what_cannot_be_taken_is_refused(hatif: CliRunner, bill: CustomerBill, words: list[str], code: int) -> None:
    done = hatif.invoke(pay.app, [word.format(bill=bill.bill_no) for word in words])
    assert done.exit_code == code
    assert bill.remaining_amount == 207


def test_a_file_is_loaded_once_and_what_nobody_knows_is_listed(
    hatif: CliRunner, bill: CustomerBill, tmp_path: Path
) -> None:
    file = tmp_path / "nov.csv"
    head = "Transaction ID,Reference,Value Date,Amount,Currency\n"
    file.write_text(f"{head}b1,{bill.bill_no},2026-11-02,207.00,SAR\nb2,nobody,2026-11-02,5.00,SAR\n")
    load = ["load", str(file), "--profile", "bank-csv"]
    assert hatif.invoke(payments.app, ["suspense"]).exit_code == 0

    first, again = hatif.invoke(payments.app, load), hatif.invoke(payments.app, load)
    waiting = hatif.invoke(payments.app, ["suspense"])

    assert (first.exit_code, bill.remaining_amount) == (0, 0)
    assert all(word in first.output for word in ("paid", "suspense", "212.00"))
    assert (again.exit_code, waiting.exit_code) == (1, 1)
    assert hatif.invoke(payments.app, ["load", str(file), "--profile", "unknown"]).exit_code == 2
