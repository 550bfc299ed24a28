"""`hatif simulate`: let a demonstration operator live through months."""

from typing import Annotated

import typer
from rich.progress import MofNCompleteColumn, Progress

from backend.cli.surroundings import database_of
from backend.cli.terminal import HOME, HomeOption, fail, out
from backend.infra.database import clock_of
from backend.seed.simulation.course import DAYS_A_MONTH, simulated

MOST_CUSTOMERS = 100_000
app = typer.Typer(help="Let a demonstration operator live through months.")


@app.command()
def simulate(
    customers: Annotated[int, typer.Option(min=0, max=MOST_CUSTOMERS, help="How many join on the way.")] = 50,
    months: Annotated[int, typer.Option(min=1, max=60, help="How many months of thirty days go by.")] = 3,
    home: HomeOption = HOME,
) -> None:
    """Let customers join, use their lines, be billed and pay, while the business clock goes forward. Development only.

    Stopped on the way, it leaves whole days behind; called again, it goes on from there with as many customers more.
    """
    database = database_of(home)
    if not database.clock_moves:
        raise fail("the clock of a production installation does not move")
    with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=out) as bar:
        task = bar.add_task("days", total=months * DAYS_A_MONTH)
        for passed in simulated(database, customers, months):
            bar.advance(task, passed)
    with database.transaction() as session:
        clock = clock_of(session)
        out.print(f"It is {clock.local(clock.now()):%Y-%m-%d %H:%M} now. `hatif ledger verify` proves the books.")
