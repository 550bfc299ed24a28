"""`hatif rate`: price what was used; check and load rate files; rate again after a change."""

import getpass
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track

from backend.cli.surroundings import database_of
from backend.cli.terminal import HOME, HomeOption, err, fail, out
from backend.infra.database import clock_of
from backend.infra.readable import FileMistake
from backend.kernel.errors import DomainError
from backend.kernel.period import Period
from backend.rating import service
from backend.rating.book import RateBook, read

app = typer.Typer(help="Price what was used.", invoke_without_command=True)
LINES_AT_ONCE = 500
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A rate file (YAML), its prefixes (CSV) beside it.")]


@app.callback()
def rate(
    context: typer.Context,
    until: Annotated[
        str | None, typer.Option(help="YYYY-MM-DD, that day not included; until now when left out.")
    ] = None,
    home: HomeOption = HOME,
) -> None:
    """Collect from the network and rate what waits. Repeated, it rates nothing twice. Exit code 1 when some use has no
    price."""
    if context.invoked_subcommand is not None:
        return
    day = _day(until) if until else None
    database, report = database_of(home), service.RatingReport()
    with database.transaction() as session:
        clock = clock_of(session)
        moment = datetime.combine(day, time(), tzinfo=clock.zone) if day else clock.now()
        lines = service.postpaid_ids(session, moment)
    steps = range(0, len(lines), LINES_AT_ONCE)
    try:
        for first in track(steps, description="rating", console=out, disable=len(steps) < 2):
            with database.transaction() as session:  # stopped or killed, it goes on where it was
                some = lines[first : first + LINES_AT_ONCE]
                report += service.rate_pending(session, until=moment, product_ids=some)
    except DomainError as refusal:
        raise fail(f"{refusal.sentence.en} Next: hatif rate, again") from refusal
    out.print(f"{report.collected:,} records collected, {report.rated:,} rated.", highlight=False)
    if report.unrated:
        raise fail(
            f"no price in force fits {report.unrated:,} records; they wait. Next: hatif rate load FILE, hatif rate"
        )


@app.command()
def check(file: FileArgument) -> None:
    """Say what is wrong in a rate file. Exit code 0: right, 1: mistakes, 2: it cannot be read."""
    book = _book(file)
    out.print(
        f"{file.name} is right: {len(book.prices)} prices, {len(book.prefixes)} prefixes, from {book.valid_from} on.",
        highlight=False,
    )


@app.command()
def load(
    file: FileArgument,
    *,
    replace: Annotated[bool, typer.Option(help="Put it in the place of other prices from that day.")] = False,
    home: HomeOption = HOME,
) -> None:
    """Let the prices of a file hold from its validFrom on. A file with mistakes changes nothing."""
    _book(file)
    try:
        with database_of(home).transaction() as session:
            book = service.load_book(session, file, by=f"command line, {getpass.getuser()}"[:80], replace=replace)
    except DomainError as refusal:
        raise fail(f"{refusal.sentence.en} (--replace)") from refusal
    out.print(f"Loaded: these prices hold from {book.valid_from} on.", highlight=False)
    if replace:
        out.print("Next: hatif rate again --since DAY, for what was rated by the former prices")


@app.command()
def again(
    since: Annotated[str, typer.Option(help="YYYY-MM-DD: from the allowance period of that day on.")],
    until: Annotated[str | None, typer.Option(help="YYYY-MM-DD, included; today when left out.")] = None,
    home: HomeOption = HOME,
) -> None:
    """Rate days again by the prices of now: what differs is reversed and replaced, exactly once."""
    first = _day(since)
    with out.status("rating again"), database_of(home).transaction() as session:
        last = _day(until) if until else clock_of(session).today()
        if last < first:
            raise fail("--until is before --since", code=2)
        report = service.rate_again(session, days=Period(first, last))
    out.print(f"{report.reversed:,} rows reversed, {report.rated:,} put in their place.", highlight=False)


def _book(file: Path) -> RateBook:
    if not file.is_file():
        raise fail(f"there is no file {file}", code=2)
    try:
        return read(file)
    except FileMistake as mistake:
        err.print(str(mistake), highlight=False, markup=False, soft_wrap=True)
        raise fail("nothing was changed.") from mistake


def _day(told: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError as error:
        raise fail(f"{told!r} is not a day such as 2026-11-30", code=2) from error
