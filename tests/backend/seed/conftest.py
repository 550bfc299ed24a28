"""A database of its own for what fills a whole one."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from backend.catalog import service as catalog
from backend.infra.database import Database, engine_for
from backend.main import assembled_database
from backend.migrations import upgrade
from backend.provisioning import service as provisioning


@pytest.fixture(scope="module")
def own_database(database: Database, worker_id: str) -> Iterator[Database]:
    """A migrated database with catalogue and numbers, apart from the one of the other tests."""
    name, url = f"filled_{worker_id}", database.engine.url
    admin = engine_for(url.render_as_string(hide_password=False), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    own = url.set(database=name).render_as_string(hide_password=False)
    upgrade(own)
    filled = assembled_database(own)
    with filled.transaction() as session:
        catalog.load_shipped(session)
        provisioning.load_numbers(session)
    yield filled
    filled.engine.dispose()
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()
