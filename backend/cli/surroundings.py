"""The settings and the database of a home whose product runs, for commands that work on them directly."""

import os
from pathlib import Path

from backend.cli.terminal import PORT, fail
from backend.infra.database import Database
from backend.launcher.home import Home
from backend.launcher.postgres import EmbeddedPostgres
from backend.launcher.run import Address, environment_of
from backend.main import composed_database
from backend.settings import Settings


def settings_of(home: Path) -> Settings:
    """The settings of the home; of a server without a home, those of the environment."""
    if os.environ.get("HATIF_ENVIRONMENT") == "production":
        return Settings()
    place = Home.at(home)
    url = os.environ.get("HATIF_DATABASE_URL") or EmbeddedPostgres.running_url(place.postgres)
    if url is None:
        raise fail("PostgreSQL of this home is not running; start it with: make run")
    address = Address("127.0.0.1", int(os.environ.get("HATIF_PORT", PORT)))
    idle = {"HATIF_RASA_URL": "http://127.0.0.1:0", "HATIF_ACTIONS_HEALTH_URL": "http://127.0.0.1:0"}
    os.environ.update(idle | environment_of(place, address, url))
    return Settings()


def database_of(home: Path) -> Database:
    """The composed database of a running home."""
    return composed_database(settings_of(home))
