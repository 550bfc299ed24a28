"""A database where transactions really commit, for what only shows between two of them."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import make_url, text

from backend.infra.database import Database, engine_for
from backend.main import assembled_database
from backend.migrations import upgrade


@pytest.fixture(scope="module")
def committed(database: Database) -> Iterator[Database]:
    """A database of this module's own."""
    name, known = f"infra_{uuid4().hex[:8]}", database.engine.url
    with engine_for(known.render_as_string(hide_password=False), isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = make_url(known).set(database=name).render_as_string(hide_password=False)
    upgrade(url)
    own = assembled_database(url, clock_moves=True)
    yield own
    own.engine.dispose()
