"""`hatif ledger`: prove that the books are right."""

import typer

from backend.billing import service as billing
from backend.cli.surroundings import database_of
from backend.cli.terminal import HOME, HomeOption, fail, out
from backend.ledger import service as ledger

app = typer.Typer(help="The ledger.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """The ledger."""


@app.command()
def verify(home: HomeOption = HOME) -> None:
    """Prove that every entry balances and that the bills agree with the ledger; exit code 1 when not."""
    with database_of(home).transaction() as session:
        broken = ledger.unbalanced_entries(session)
        books, bills = ledger.receivables(session), billing.remaining_by_account(session)
    differing = [key for key in books.keys() | bills.keys() if books.get(key, 0) != bills.get(key, 0)]
    for entry_id in broken:
        out.print(f"entry {entry_id} does not balance")
    for account_id in differing:
        out.print(f"account {account_id}: ledger {books.get(account_id, 0)}, bills {bills.get(account_id, 0)}")
    if broken or differing:
        raise fail(f"{len(broken)} entries and {len(differing)} accounts are wrong")
    out.print(f"The ledger balances; {len(books)} accounts agree with their bills.")
