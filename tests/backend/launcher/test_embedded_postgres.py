"""The embedded PostgreSQL is told what fits the machine, and an operator's own settings win."""

from collections.abc import Iterator

import psycopg
import pytest

from backend.infra.database import conninfo_of, engine_for
from backend.launcher.postgres import EmbeddedPostgres, fitting_settings

GIGABYTE = 1 << 30


def test_pages_take_an_eighth_of_the_memory_within_bounds():
    shared = {memory: fitting_settings(memory * GIGABYTE)["shared_buffers"] for memory in (0, 8, 24, 512)}
    assert shared == {0: "128MB", 8: "1024MB", 24: "3072MB", 512: "4096MB"}


@pytest.fixture
def servers() -> Iterator[list[EmbeddedPostgres]]:
    started: list[EmbeddedPostgres] = []
    yield started
    for server in started:
        server.stop()


def shown(server: EmbeddedPostgres, name: str) -> str:
    engine = engine_for(server.url())
    with psycopg.connect(conninfo_of(engine)) as connection:
        row = connection.execute(f"SHOW {name}").fetchone()
    engine.dispose()
    assert row is not None
    return str(row[0])


@pytest.mark.slow
def test_an_operators_own_setting_wins_over_the_fitting_one_after_a_restart(tmp_path, servers):
    home = tmp_path / "postgres"
    servers.append(EmbeddedPostgres(home))
    assert shown(servers[0], "max_wal_size") == "4GB"

    servers[0].stop()
    with (home / "postgresql.conf").open("a") as own:
        own.write("max_wal_size = '2GB'\n")
    servers.append(EmbeddedPostgres(home))

    assert shown(servers[1], "max_wal_size") == "2GB"
    assert (home / "postgresql.conf").read_text().count("hatif.conf") == 1
