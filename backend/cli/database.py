"""`hatif database`: bring a database up to date, fill it with invented customers, write a migration."""

import os
from typing import Annotated

import typer
from rich.progress import MofNCompleteColumn, Progress

from backend.catalog import service as catalog
from backend.cli.surroundings import settings_of
from backend.cli.terminal import HOME, HomeOption, fail, out
from backend.infra.database import clock_of, conninfo_of
from backend.main import assembled_database, composed_database
from backend.migrations import new_revision
from backend.migrations import upgrade as migrate
from backend.provisioning import service as provisioning
from backend.seed.multitude.crowd import MOST
from backend.seed.multitude.filling import FillingFailed, Order, filled, tidy
from backend.seed.multitude.offers import offers
from backend.settings import Settings

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
def fill(
    customers: Annotated[int, typer.Option(min=1, max=MOST, help="How many there are in the end.")],
    home: HomeOption = HOME,
    *,
    processes: Annotated[int, typer.Option(min=1, help="How many work at it.")] = os.cpu_count() or 1,
    yes: Annotated[bool, typer.Option("--yes", help="Also outside development.")] = False,
) -> None:
    """Fill the database with invented customers and their lines, to try its speed. Started again, it goes on."""
    settings = settings_of(home)
    if not (settings.is_development or yes):
        raise fail("this is no development installation; --yes fills it with invented customers all the same")
    upgrade(home)
    order = _order(settings, customers)
    if not order.offers:
        raise fail("the catalogue sells no line to people; there is nothing that the customers could have")
    try:
        with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=out) as bar:
            task = bar.add_task("customers", total=customers)
            for done in filled(order, processes):
                bar.advance(task, done)
        with out.status("statistics of the tables"):
            tidy(order)
    except FillingFailed as reason:
        raise fail(str(reason)) from reason


def _order(settings: Settings, customers: int) -> Order:
    database = composed_database(settings)
    with database.transaction() as session:
        return Order(
            conninfo=conninfo_of(database.engine),
            keys=tuple(settings.keys),
            fingerprint_key=settings.token_key.get_secret_value(),
            offers=offers(session),
            sim_issuer=database.operator.numbering.sim_issuer,
            customers=customers,
            now=clock_of(session).now(),
        )


@app.command()
def revision(
    why: Annotated[str, typer.Argument(help="What changes, in a few words.")], home: HomeOption = HOME
) -> None:
    """Write a migration from the difference between the models and the running home's database; read it before use."""
    url = settings_of(home).database_url
    assembled_database(url).engine.dispose()
    out.print(f"written: {new_revision(url, why)}")
