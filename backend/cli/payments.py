"""`hatif payments`: load files of banks and bill networks; see what waits for somebody."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress
from rich.table import Table

from backend.cli.surroundings import database_of
from backend.cli.terminal import HOME, HomeOption, fail, out
from backend.infra.database import Database
from backend.kernel.errors import DomainError
from backend.payment import queries, service
from backend.payment.files.profiles import profiles
from backend.payment.models import PaymentFile

app = typer.Typer(help="Files of payments.", no_args_is_help=True)
STATES = ("paid", "suspense", "duplicate", "refused", "pending", "held")
LISTED = 50


@app.callback()
def payments() -> None:
    """Files of payments."""


@app.command()
def load(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    profile: Annotated[str, typer.Option(help=f"How it is laid out: {', '.join(profiles())}.")],
    home: HomeOption = HOME,
) -> None:
    """Take a file in and place each of its payments. Stopped, give it again: it goes on where it was.

    Exit code 1: it was refused, the reasons say why; 3: it is held, because its totals do not match.
    """
    database = database_of(home)
    try:
        with database.transaction() as session:
            taken = service.take_in(
                session, name=file.name, content=file.read_bytes(), profile=profile, by="command line"
            )
    except DomainError as refusal:
        raise fail(refusal.sentence.en, code=2) from refusal
    if taken.state == "refused":
        raise fail(f"{file.name} was refused: {'; '.join(taken.reasons)}. It is kept as {taken.id}.")
    if taken.state == "held":
        out.print(f"{file.name} is held: {'; '.join(taken.reasons)}.")
        out.print(f"Ask its sender, then: POST /payment/v1/file/{taken.id}/decide with load or refuse, and a reason.")
        raise typer.Exit(3)
    _place(database, taken)


@app.command()
def suspense(home: HomeOption = HOME) -> None:
    """List money whose owner is not known. Exit code 1 when there is some."""
    with database_of(home).transaction() as session:
        rows = session.scalars(queries.lines(state="suspense").limit(LISTED)).all()
        table = Table("line", "transaction", "reference", "date", "amount")
        for row in rows:
            cells = (str(row.id), row.bank_reference, row.reference, str(row.value_date or ""))
            table.add_row(*cells, f"{row.amount:.2f} {row.unit}")
    if not rows:
        out.print("No money is in suspense.")
        return
    out.print(table)
    out.print("Allocate one with: POST /payment/v1/file/line/{line}/allocate and the account or bill number.")
    raise typer.Exit(1)


def _place(database: Database, file: PaymentFile) -> None:
    with database.transaction() as session:
        waiting = service.counts_of(session, file.id).get("pending", 0)
    with Progress(console=out, transient=True) as progress:
        task = progress.add_task("payments", total=waiting)
        while True:
            with database.transaction() as session:
                placed = service.place_lines(session, file.id)
            progress.advance(task, placed)
            if not placed:
                break
    with database.transaction() as session:
        counts = queries.line_counts(session, file.id)
    table = Table("", "payments", "amount", title=file.name)
    for state in STATES:
        if state in counts:
            table.add_row(state, str(counts[state][0]), f"{counts[state][1]:.2f}")
    table.add_row("in all", str(file.line_count), f"{file.line_sum:.2f}")
    out.print(table)
