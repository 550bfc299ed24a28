"""`hatif catalog`: check a catalogue file, load it without a restart, show what is sold."""

import getpass
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from backend.catalog import service, source
from backend.catalog.rules import Offering
from backend.catalog.service.offerings import areas_of
from backend.cli.surroundings import database_of
from backend.cli.terminal import HOME, HomeOption, err, fail, out
from backend.infra.operator import load_operator

app = typer.Typer(help="The catalogue.", no_args_is_help=True)
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A catalogue file (YAML).")]


@app.command()
def check(file: FileArgument) -> None:
    """Say what is wrong in a file, line by line. Ends with 0 (right), 1 (mistakes) or 2 (it cannot be read)."""
    operator = load_operator()
    found = source.read(file.name, _content(file), operator.currency, areas_of(operator))
    if found.mistakes:
        raise _told(found.mistakes)
    ids = {offering.id for offering in found.offerings}
    out.print(f"{file.name} is right: {len(ids)} offerings in {len(found.offerings)} versions.", highlight=False)


@app.command()
def load(file: FileArgument, home: HomeOption = HOME) -> None:
    """Make the running catalogue what the file says. A file with mistakes changes nothing and is kept with them."""
    content = _content(file)
    with database_of(home).transaction() as session:
        done = service.load_file(session, file.name, content, by=f"command line, {getpass.getuser()}")
    if done.mistakes:
        raise _told(tuple(done.mistakes))
    out.print(f"Loaded: {done.offerings} offerings are in the catalogue now.", highlight=False)


@app.command()
def show(home: HomeOption = HOME) -> None:
    """What is sold today."""
    with database_of(home).transaction() as session:
        offerings = service.sold(session)
    table = Table(title=f"{len(offerings)} offerings are sold today")
    for column in ("id", "version", "name", "kind", "for", "price", "tax", "until"):
        table.add_column(column, justify="right" if column == "price" else "left")
    for offering in offerings:
        table.add_row(*_cells(offering))
    out.print(table)


def _cells(offering: Offering) -> tuple[str, ...]:
    return (
        offering.id,
        offering.version,
        offering.name.en,
        offering.kind,
        ", ".join(offering.customer_types),
        f"{offering.price.amount} / {offering.price.period}",
        "included" if offering.price.tax_included else "before tax",
        str(offering.valid.end or ""),
    )


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(source.LARGEST + 1)
    except OSError as error:
        raise fail(f"{file} cannot be read: {error.strerror}", code=2) from error


def _told(mistakes: tuple[str, ...]) -> typer.Exit:
    for mistake in mistakes:
        err.print(mistake, highlight=False, markup=False, soft_wrap=True)
    return fail(f"{len(mistakes)} mistake{'s' if len(mistakes) > 1 else ''}; nothing was changed.")
