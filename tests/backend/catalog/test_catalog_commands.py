"""`hatif catalog`, as an operator types it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from catalog_files import entry, file_of
from sqlalchemy import text

from backend.infra.database import engine_for
from backend.migrations import upgrade

pytestmark = pytest.mark.slow
Hatif = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def own_database(database_url: str) -> Iterator[str]:
    name, url = "catalog_commands", engine_for(database_url).url
    with engine_for(database_url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    own = url.set(database=name, drivername="postgresql").render_as_string(hide_password=False)
    upgrade(own)
    yield own
    with engine_for(database_url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def hatif(tmp_path: Path, own_database: str) -> Hatif:
    environment = os.environ | {"HATIF_DATABASE_URL": own_database, "HATIF_HOME": str(tmp_path), "COLUMNS": "200"}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "backend.cli", "catalog", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run


def written(folder: Path, content: bytes) -> str:
    place = folder / "prices.yml"
    place.write_bytes(content)
    return str(place)


def test_a_right_file_is_checked_loaded_and_shown(hatif: Hatif, tmp_path: Path) -> None:
    file = written(tmp_path, file_of(entry(validFor="{to: 2099-12-31}")))

    checked, loaded, shown = hatif("check", file), hatif("load", file), hatif("show")

    assert (checked.returncode, loaded.returncode, shown.returncode) == (0, 0, 0), loaded.stderr
    assert "prices.yml is right: 1 offerings in 1 versions." in checked.stdout
    assert "Loaded: 1 offerings" in loaded.stdout
    assert all(word in shown.stdout for word in ("plan", "10.00 SAR / 1 month", "before tax", "2099-12-31"))


def test_a_wrong_file_fails_with_every_mistake(hatif: Hatif, tmp_path: Path) -> None:
    file = written(tmp_path, file_of(entry(kind="phone"), entry(id="b", price="")))

    for answer in (hatif("check", file), hatif("load", file)):
        assert answer.returncode == 1
        assert answer.stderr.count("prices.yml, line ") == 2
        assert "2 mistakes; nothing was changed." in answer.stderr


def test_a_file_that_is_not_there_is_a_wrong_use(hatif: Hatif) -> None:
    assert [hatif(command, "nowhere.yml").returncode for command in ("check", "load")] == [2, 2]
