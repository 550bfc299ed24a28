"""`hatif clock`: see and move the business clock of a development installation."""

import re
from datetime import timedelta
from typing import Annotated

import typer

from backend.cli.surroundings import database_of
from backend.cli.terminal import HOME, HomeOption, fail, out
from backend.infra import clock
from backend.infra.database import clock_of

app = typer.Typer(help="The business clock.", no_args_is_help=True)
SPAN = re.compile(r"(\d{1,5})([dhm])")
UNITS = {"d": "days", "h": "hours", "m": "minutes"}


@app.command()
def show(home: HomeOption = HOME) -> None:
    """The business's date and time."""
    with database_of(home).transaction() as session:
        business = clock_of(session)
        out.print(business.local(business.now()).isoformat(timespec="seconds"))


@app.command()
def advance(span: Annotated[str, typer.Argument(help="How far: 40d, 6h, 30m.")], home: HomeOption = HOME) -> None:
    """Move the business clock forward. Development only."""
    match = SPAN.fullmatch(span)
    if match is None:
        raise fail(f"{span!r} is not a span such as 40d, 6h or 30m", code=2)
    database = database_of(home)
    if not database.clock_moves:
        raise fail("the clock of a production installation does not move")
    step = timedelta(**{UNITS[match[2]]: int(match[1])})
    with database.transaction() as session:
        clock.advance(session, step)
    show(home)
