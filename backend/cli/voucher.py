"""`hatif voucher`: make vouchers to print, look at batches, let one be used no more."""

import csv
import os
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.progress import Progress
from rich.table import Table

from backend.cli.surroundings import database_of
from backend.cli.terminal import HOME, HomeOption, fail, out
from backend.kernel.errors import DomainError
from backend.prepaid import queries, service
from backend.prepaid.models import VoucherBatch
from backend.prepaid.rules import grouped
from backend.prepaid.service import Printed

app = typer.Typer(help="Vouchers of prepaid lines.", no_args_is_help=True)
HEAD = ("serial", "code", "amount", "expires")


@app.command()
def generate(
    amount: Annotated[str, typer.Option(help="What each is worth, such as 50.")],
    count: Annotated[int, typer.Option(min=1, max=5_000_000, help="How many.")],
    file: Annotated[Path, typer.Option(help="The CSV file that the codes go to. They are kept nowhere else.")],
    days: Annotated[int, typer.Option(min=1, max=3650, help="How many days they are good for.")] = 365,
    home: HomeOption = HOME,
) -> None:
    """Make vouchers and write their codes to a new file that only you can read.

    Stopped on the way, no voucher has been made, and the file is taken away.
    """
    if file.exists():
        raise fail(f"{file} exists already; codes are never written over", code=2)
    try:
        made = _made(home, _amount(amount), count, days, file)
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    out.print(f"{count} vouchers of {amount} made as batch {made}; their codes are in {file}.")


@app.command()
def batches(home: HomeOption = HOME) -> None:
    """List the batches, newest first."""
    with database_of(home).transaction() as session:
        rows = session.scalars(queries.batches().order_by(VoucherBatch.created_at.desc())).all()
        used = queries.used_of(session, [row.id for row in rows])
    table = Table("batch", "id", "amount", "vouchers", "used", "state", "good until")
    for row in rows:
        until = f"{row.expires_at:%Y-%m-%d}"
        counts = (str(row.count), str(used.get(row.id, 0)))
        table.add_row(row.batch_no, str(row.id), f"{row.amount:.2f} {row.unit}", *counts, row.state, until)
    out.print(table)


@app.command()
def void(batch_id: Annotated[UUID, typer.Argument(help="The batch's id.")], home: HomeOption = HOME) -> None:
    """Let no voucher of a batch be used any more."""
    try:
        with database_of(home).transaction() as session:
            out.print(f"Batch {service.void_batch(session, batch_id).batch_no} is void.")
    except DomainError as refusal:
        raise fail(refusal.sentence.en) from refusal


def _made(home: Path, amount: Decimal, count: int, days: int, file: Path) -> str:
    with (
        database_of(home).transaction() as session,
        os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", newline="") as sheet,
        Progress(console=out, transient=True) as progress,
    ):
        batch = service.new_batch(session, amount=amount, count=count, days=days, made_by="command line")
        writer, task = csv.writer(sheet), progress.add_task("vouchers", total=count)
        writer.writerow(HEAD)
        for some in service.print_vouchers(session, batch):
            writer.writerows(_rows(some))
            progress.advance(task, len(some))
        return batch.batch_no


def _rows(some: Sequence[Printed]) -> list[tuple[str, str, str, str]]:
    return [(one.serial, grouped(one.code), f"{one.amount:.2f}", f"{one.expires_at:%Y-%m-%d}") for one in some]


def _amount(said: str) -> Decimal:
    try:
        amount = Decimal(said)
    except InvalidOperation as error:
        raise fail(f"{said!r} is not an amount such as 50 or 12.50", code=2) from error
    if not 0 < amount < 10_000 or amount != amount.quantize(Decimal("0.01")):
        raise fail("an amount is above zero, below 10000, with two decimals at most", code=2)
    return amount
