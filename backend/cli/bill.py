"""`hatif bill`: run a month's bills, show one."""

from collections import Counter
from datetime import date
from typing import Annotated

import typer
from rich.progress import track
from rich.table import Table

from backend.billing import queries, service
from backend.cli.surroundings import database_of
from backend.cli.terminal import HOME, HomeOption, fail, out
from backend.kernel.errors import DomainError
from backend.kernel.period import Period, month_of

app = typer.Typer(help="Bills.", no_args_is_help=True)


@app.command()
def run(
    month: Annotated[str | None, typer.Option(help="YYYY-MM; every month that is over when left out.")] = None,
    home: HomeOption = HOME,
) -> None:
    """Make the bills that are missing for months that have passed. Stopped or repeated, it makes no second bill."""
    database = database_of(home)
    with database.transaction() as session:
        cycles = [_cycle(month)] if month else service.past_cycles(session)
        missing = [(cycle, party_id) for cycle in cycles for party_id in service.parties_to_bill(session, cycle)]
    made: Counter[Period] = Counter()
    for cycle, party_id in track(missing, description="bills", console=out, disable=not missing):
        try:
            with database.transaction() as session:
                made[cycle] += service.bill_party(session, party_id, cycle) is not None
        except DomainError as refusal:
            raise fail(refusal.sentence.en) from refusal
    for cycle, count in made.items():
        out.print(f"{count} bills made for {cycle.start} to {cycle.end}.")
    if not made:
        out.print("0 bills made: none is missing.")


@app.command()
def show(bill_no: Annotated[str, typer.Argument(help="INV-2026-000123")], home: HomeOption = HOME) -> None:
    """Print a bill with its lines."""
    with database_of(home).transaction() as session:
        try:
            bill = queries.bill_by_no(session, bill_no)
        except DomainError as refusal:
            raise fail(refusal.sentence.en) from refusal
        table = Table(title=f"{bill.bill_no}  {bill.period_start} to {bill.period_end}  {bill.state}")
        for column in ("line", "quantity", "before tax", "tax", "total"):
            table.add_column(column, justify="left" if column == "line" else "right")
        for line in queries.lines(session, [bill.id]):
            quantity = f"{line.quantity:f} {line.quantity_unit}" if line.quantity is not None else ""
            amounts = (f"{amount:.2f}" for amount in (line.tax_excluded, line.tax, line.tax_included))
            table.add_row(line.name_en, quantity, *amounts)
        out.print(table)
        out.print(
            f"total {bill.tax_included:.2f} {bill.unit}, left to pay {bill.remaining_amount:.2f}, due {bill.due_date}"
        )


def _cycle(month: str) -> Period:
    try:
        return month_of(date.fromisoformat(f"{month}-01"))
    except ValueError as error:
        raise fail(f"{month!r} is not a month such as 2026-11", code=2) from error
