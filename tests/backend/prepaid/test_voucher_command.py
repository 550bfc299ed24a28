"""`hatif voucher`: codes go to one new file, and nowhere else."""

import csv
import stat
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from typer.testing import CliRunner

from backend.cli import voucher
from backend.infra.database import Database
from backend.prepaid import queries, service
from backend.prepaid.models import Action


@pytest.fixture
def run(own_database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[CliRunner]:
    """The command on the database of these tests."""
    monkeypatch.setattr(voucher, "database_of", lambda _home: own_database)
    return CliRunner()


def made(run: CliRunner, file: Path, *more: str) -> object:
    return run.invoke(voucher.app, ["generate", "--amount", "50", "--count", "25", "--file", str(file), *more])


def test_codes_go_to_a_new_file_that_only_its_owner_reads_and_work(
    run: CliRunner, tmp_path: Path, own_database: Database, kept_line: UUID
) -> None:
    file = tmp_path / "codes.csv"
    done = made(run, file)
    rows = list(csv.DictReader(file.open()))
    with own_database.transaction() as session:
        topped_up = service.redeem(session, product_id=kept_line, typed=rows[7]["code"], caller="c", channel="widget")
    listed = run.invoke(voucher.app, ["batches"])

    assert (done.exit_code, len({row["code"] for row in rows}), rows[0]["amount"]) == (0, 25, "50.00")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert isinstance(topped_up, Action)
    assert listed.exit_code == 0
    assert "VB-" in listed.output


def test_codes_are_never_written_over_and_a_wrong_call_makes_none(
    run: CliRunner, tmp_path: Path, own_database: Database
) -> None:
    file = tmp_path / "codes.csv"
    file.write_text("mine")
    with own_database.transaction() as session:
        before = len(session.scalars(queries.batches()).all())
    over = made(run, file)
    wrong = run.invoke(
        voucher.app, ["generate", "--amount", "ten", "--count", "1", "--file", str(tmp_path / "other.csv")]
    )
    with own_database.transaction() as session:
        assert len(session.scalars(queries.batches()).all()) == before
    assert (over.exit_code, wrong.exit_code, file.read_text()) == (2, 2, "mine")
    assert not (tmp_path / "other.csv").exists()
