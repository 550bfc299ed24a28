"""`hatif bill` and `hatif ledger`: run a month's bills, show one, prove the ledger."""

from datetime import date
from typing import Annotated

import typer
from rich.progress import track
from rich.table import Table

from backend.billing import queries, service
from backend.billing.jobs import last_month
from backend.cli.surroundings import HOME, HomeOption, database_of, fail, out
from backend.infra.database import clock_of
from backend.kernel.errors import DomainError
from backend.kernel.period import Period, month_of
from backend.ledger import service as ledger

app = typer.Typer(help="Bills.", no_args_is_help=True)
ledger_app = typer.Typer(help="The ledger.", no_args_is_help=True)


@app.command()
def run(
    month: Annotated[str | None, typer.Option(help="YYYY-MM; the month before this one when left out.")] = None,
    home: HomeOption = HOME,
) -> None:
    """Make the bills of a month that has passed. Stopped or repeated, it makes no second bill."""
    database = database_of(home)
    with database.transaction() as session:
        cycle = _cycle(month) if month else last_month(clock_of(session).today())
        parties = service.parties_to_bill(session, cycle)
    made = 0
    for party_id in track(parties, description=f"bills of {cycle.start:%Y-%m}", console=out):
        try:
            with database.transaction() as session:
                made += service.bill_party(session, party_id, cycle) is not None
        except DomainError as refusal:
            raise fail(refusal.sentence.en) from refusal
    out.print(f"{made} bills made for {cycle.start} to {cycle.end}.")


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


@ledger_app.command()
def verify(home: HomeOption = HOME) -> None:
    """Prove that every entry balances and that the bills agree with the ledger; exit code 1 when not."""
    with database_of(home).transaction() as session:
        broken = ledger.unbalanced_entries(session)
        books, bills = ledger.receivables(session), queries.remaining_by_account(session)
    differing = [key for key in books.keys() | bills.keys() if books.get(key, 0) != bills.get(key, 0)]
    for entry_id in broken:
        out.print(f"entry {entry_id} does not balance")
    for account_id in differing:
        out.print(f"account {account_id}: ledger {books.get(account_id, 0)}, bills {bills.get(account_id, 0)}")
    if broken or differing:
        raise fail(f"{len(broken)} entries and {len(differing)} accounts are wrong")
    out.print(f"The ledger balances; {len(books)} accounts agree with their bills.")


def _cycle(month: str) -> Period:
    try:
        return month_of(date.fromisoformat(f"{month}-01"))
    except ValueError as error:
        raise fail(f"{month!r} is not a month such as 2026-11", code=2) from error
