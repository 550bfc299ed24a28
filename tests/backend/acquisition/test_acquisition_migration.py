"""A database with applications of before comes through the migration, and back."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, make_url, text

from backend.infra.database import engine_for
from backend.migrations import downgrade, upgrade

OLD = """
INSERT INTO acquisition_application (id, state, reasons, submissions, created_at, updated_at, terms_accepted_at)
VALUES (gen_random_uuid(), :state, '[]', 0, :at, :at, :terms)
"""


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database as it was before, with three applications."""
    name = f"before_{uuid4().hex[:8]}"
    with engine_for(database_url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = make_url(database_url).set(database=name).render_as_string(hide_password=False)
    upgrade(url, "0005")
    engine = engine_for(url)
    with engine.begin() as connection:
        for state, at, terms in (("draft", "2025-12-01", None), ("approved", "2026-02-01", "2026-02-01")):
            connection.execute(text(OLD), {"state": state, "at": at, "terms": terms})
        connection.execute(text(OLD), {"state": "draft", "at": "2026-01-01", "terms": None})
    yield engine
    engine.dispose()


def found(connection: Connection, statement: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(text(statement))]


def test_applications_of_before_get_numbers_and_keep_their_consent(engine: Engine) -> None:
    url = engine.url.render_as_string(hide_password=False)
    upgrade(url, "0006")
    with engine.begin() as connection:
        numbers = "SELECT application_no, applicant FROM acquisition_application ORDER BY created_at"
        assert found(connection, numbers) == [
            ("APP-2025-000001", "individual"),
            ("APP-2026-000001", "individual"),
            ("APP-2026-000002", "individual"),
        ]
        running = "SELECT year, last FROM infra_running_number WHERE prefix = 'APP' ORDER BY year"
        assert found(connection, running) == [(2025, 1), (2026, 2)]
        consents = "SELECT purpose, given, terms_version, channel FROM acquisition_consent ORDER BY purpose"
        assert found(connection, consents) == [
            ("contractTerms", True, "unversioned", "staff"),
            ("creditCheck", True, "unversioned", "staff"),
        ]

    downgrade(url, "0005")
    upgrade(url, "0006")

    with engine.begin() as connection:
        assert len(found(connection, numbers)) == 3
