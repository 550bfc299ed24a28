"""`hatif database`: bring a database up to date, write a migration."""

from typing import Annotated

import typer

from backend.catalog import service as catalog
from backend.cli.surroundings import settings_of
from backend.cli.terminal import HOME, HomeOption, out
from backend.main import assembled_database, composed_database
from backend.migrations import new_revision
from backend.migrations import upgrade as migrate
from backend.provisioning import service as provisioning

app = typer.Typer(help="The database's version.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """The database's version."""


@app.command()
def upgrade(home: HomeOption = HOME) -> None:
    """Apply every migration that is missing, and load the operator's catalogue and number ranges."""
    settings = settings_of(home)
    migrate(settings.database_url)
    with composed_database(settings).transaction() as session:
        offerings = catalog.load_shipped(session)
        provisioning.load_numbers(session)
    out.print(f"The database is up to date; the catalogue holds {offerings} offerings.")


@app.command()
def revision(
    why: Annotated[str, typer.Argument(help="What changes, in a few words.")], home: HomeOption = HOME
) -> None:
    """Write a migration from the difference between the models and the running home's database; read it before use."""
    url = settings_of(home).database_url
    assembled_database(url).engine.dispose()
    out.print(f"written: {new_revision(url, why)}")
