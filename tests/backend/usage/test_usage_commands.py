"""`hatif usage` and `hatif rate` on a database of their own server: what they say, and what a kill leaves."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

pytestmark = pytest.mark.slow
RECORDS = 60_000


@pytest.fixture
def surroundings(database_url: str, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a command on the tests' database; what it kept is taken away afterwards."""
    yield os.environ | {"HATIF_DATABASE_URL": database_url, "HATIF_HOME": str(tmp_path / "home")}
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM usage_suspended_record"))
        connection.execute(text("DELETE FROM usage_file"))
    engine.dispose()


def hatif(surroundings: dict[str, str], *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "ignore", "-m", "backend.cli", *words]
    return subprocess.Popen(command, env=surroundings, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def done(surroundings: dict[str, str], *words: str) -> tuple[int, str]:
    process = hatif(surroundings, *words)
    said, _ = process.communicate(timeout=120)
    return process.returncode, " ".join(said.split())


def count(database_url: str, query: str) -> int:
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        number = connection.execute(text(query)).scalar_one()
    engine.dispose()
    return int(number)


def test_a_load_that_is_killed_loses_nothing_and_doubles_nothing(
    surroundings: dict[str, str], database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "many.jsonl"
    line = (
        '{{"id": "k{0}", "kind": "voice", "calling": "+966500000001", '
        '"started": "2026-10-02T10:00:00Z", "quantity": 9}}\n'
    )
    file.write_text("".join(line.format(number) for number in range(RECORDS)))
    words = ("usage", "load", str(file), "--profile", "jsonLines")
    killed = hatif(surroundings, *words)
    while killed.poll() is None and count(database_url, "SELECT count(*) FROM usage_file") == 0:
        time.sleep(0.02)
    time.sleep(0.3)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert count(database_url, "SELECT count(*) FROM usage_suspended_record") == 0
    code, said = done(surroundings, "usage", "files")
    assert (code, "load it again" in said) == (1, True)

    code, said = done(surroundings, *words)
    assert code == 0, said
    assert f"{RECORDS:,} records read = 0 loaded" in said
    assert count(database_url, "SELECT count(DISTINCT record_id) FROM usage_suspended_record") == RECORDS
    code, said = done(surroundings, *words)
    assert (code, "was loaded before" in said) == (1, True)
    assert count(database_url, "SELECT count(*) FROM usage_suspended_record") == RECORDS


def test_commands_end_with_the_code_that_says_how_it_went(surroundings: dict[str, str], tmp_path: Path) -> None:
    binary = tmp_path / "picture.csv"
    binary.write_bytes(b"\x89PNG\x00\n")
    wrong = tmp_path / "rates.yml"
    wrong.write_text(
        "validFrom: 2026-01-01\ndestinations: none.csv\nzones: []\nprices: [{usage: voice, price: null}]\n"
    )
    assert done(surroundings, "usage", "load", str(tmp_path / "none.csv"))[0] == 2
    assert done(surroundings, "usage", "load", str(binary), "--profile", "nothing")[0] == 2
    code, said = done(surroundings, "usage", "load", str(binary))
    assert (code, "is refused and kept" in said, "binary" in said) == (1, True, True)
    code, said = done(surroundings, "rate", "check", str(wrong))
    assert (code, "rates.yml, line 4" in said) == (1, True)
    assert done(surroundings, "rate", "again", "--since", "yesterday")[0] == 2


def test_prices_are_loaded_replaced_and_rated_by_on_the_command_line(
    surroundings: dict[str, str], database_url: str, tmp_path: Path
) -> None:
    (tmp_path / "there.csv").write_text("prefix,zone,ar,en\n+999,far,هناك,there\n")
    head = "validFrom: 2020-01-01\ndestinations: there.csv\nzones: [{id: far, name: {ar: بعيد, en: far away}}]\n"
    cheap, dear = tmp_path / "cheap.yml", tmp_path / "dear.yml"
    cheap.write_text(f"{head}prices: [{{usage: voice, zones: [far], price: 2}}]\n")
    dear.write_text(f"{head}prices: [{{usage: voice, zones: [far], price: 3}}]\n")
    try:
        for words, expected, sentence in (
            (("load", str(cheap)), 0, "hold from 2020-01-01"),
            (("load", str(cheap)), 0, "hold from 2020-01-01"),
            (("load", str(dear)), 1, "Other prices hold"),
            (("load", str(dear), "--replace"), 0, "rate again"),
            (("--until", "2026-11-01"), 0, "rated"),
            (("again", "--since", "2026-10-01"), 0, "put in their place"),
        ):
            code, said = done(surroundings, "rate", *words)
            assert (code, sentence in said) == (expected, True), said
    finally:
        engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM rating_rate_book"))
        engine.dispose()
