"""`hatif network`: compare what the network carries with what was sold, and repair the differences."""

from typing import Annotated
from uuid import UUID

import typer
from rich.progress import Progress
from rich.table import Table

from backend.cli.surroundings import database_of
from backend.cli.terminal import HOME, HomeOption, fail, out
from backend.infra.database import Database
from backend.kernel.errors import DomainError
from backend.provisioning import queries, service
from backend.provisioning.service import UnknownLine

app = typer.Typer(help="The network.", no_args_is_help=True)
PAGE = 200
LISTED = 20


@app.callback()
def network() -> None:
    """What the network carries."""


@app.command()
def reconcile(
    *,
    repair: Annotated[bool, typer.Option(help="Make the network what was sold.")] = False,
    unknown: Annotated[UnknownLine | None, typer.Option(help="What to do with lines that were not sold.")] = None,
    home: HomeOption = HOME,
) -> None:
    """Compare the network with what was sold. Exit code 1 when differences remain."""
    database = database_of(home)
    try:
        report_id = _compared(database)
        if repair:
            _repaired(database, report_id, unknown)
    except DomainError as refusal:
        raise fail(refusal.sentence.en) from refusal
    with database.transaction() as session:
        left = service.remaining(session, report_id)
        _show(database, report_id)
    out.print("0 differences remain." if not left else f"{left} differences remain (report {report_id}).")
    if left:
        raise typer.Exit(1)


def _compared(database: Database) -> UUID:
    with Progress(console=out, transient=True) as progress, database.transaction() as session:
        task = progress.add_task("reading the network's lines", total=None)
        report = service.reconcile(session, lambda more: progress.advance(task, more))
        out.print(
            f"{report.network_lines} lines in the network, {report.sold_lines} sold, {report.differences} differences."
        )
        return report.id


def _repaired(database: Database, report_id: UUID, unknown: UnknownLine | None) -> None:
    with database.transaction() as session:
        total = service.remaining(session, report_id)
    with Progress(console=out, transient=True) as progress:
        task, after, done = progress.add_task("repairing", total=total), None, 0
        while True:
            with database.transaction() as session:
                after, repaired = service.repair_page(session, report_id, after, unknown=unknown, size=PAGE)
            done += repaired
            progress.update(task, completed=done)
            if after is None:
                break
    out.print(f"{done} repaired.")


def _show(database: Database, report_id: UUID) -> None:
    table = Table("number", "difference", "sold", "network", "state")
    with database.transaction() as session:
        for row in session.scalars(queries.unsettled(report_id).limit(LISTED)):
            table.add_row(row.number, row.kind, row.ours or "-", row.theirs or "-", row.error or row.state)
    if table.row_count:
        out.print(table)
