"""`hatif database`: bring a database up to date."""

import typer

from backend.cli.surroundings import HOME, HomeOption, out, settings_of
from backend.migrations import upgrade as migrate

app = typer.Typer(help="The database's version.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """The database's version."""


@app.command()
def upgrade(home: HomeOption = HOME) -> None:
    """Apply every migration that is missing."""
    migrate(settings_of(home).database_url)
    out.print("The database is up to date.")
