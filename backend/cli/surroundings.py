"""Where a command finds the product: its home, its address, its settings."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from backend.infra.database import Database
from backend.launcher.home import Home
from backend.launcher.postgres import EmbeddedPostgres
from backend.launcher.run import Address, environment_of
from backend.main import composed_database
from backend.settings import Settings

HomeOption = Annotated[Path, typer.Option("--home", envvar="HATIF_HOME", help="Where state is kept.")]
PortOption = Annotated[int, typer.Option("--port", envvar="HATIF_PORT", min=1, max=65535, help="Where it listens.")]
HOME, PORT = Path(".hatif"), 8000
out, err = Console(soft_wrap=True), Console(stderr=True)


def fail(reason: str, code: int = 1) -> typer.Exit:
    """Say on standard error why the command cannot go on; raise what is returned."""
    err.print(f"[red]hatif:[/red] {reason}", highlight=False)
    return typer.Exit(code)


def product_url(home: Path, port: int) -> str:
    """The address of the running product of that home."""
    known = home / "address"
    if "HATIF_PORT" not in os.environ and known.is_file():
        return known.read_text().strip()
    return f"http://127.0.0.1:{port}"


def settings_of(home: Path) -> Settings:
    """The settings of a home whose product runs, for commands that work on its database."""
    url = os.environ.get("HATIF_DATABASE_URL") or EmbeddedPostgres.running_url(Home.at(home).postgres)
    if url is None:
        raise fail("PostgreSQL of this home is not running; start it with: make run")
    address = Address("127.0.0.1", int(os.environ.get("HATIF_PORT", PORT)))
    idle = {"HATIF_RASA_URL": "http://127.0.0.1:0", "HATIF_ACTIONS_HEALTH_URL": "http://127.0.0.1:0"}
    os.environ.update(idle | environment_of(Home.at(home), address, url))
    return Settings()


def database_of(home: Path) -> Database:
    """The composed database of a running home."""
    return composed_database(settings_of(home))
