"""`hatif ledger`: prove that the books are right."""

import typer

from backend.billing import service as billing
from backend.cli.surroundings import database_of
from backend.cli.terminal import HOME, HomeOption, fail, out
from backend.ledger import service as ledger
from backend.prepaid import service as prepaid

app = typer.Typer(help="The ledger.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """The ledger."""


@app.command()
def verify(home: HomeOption = HOME) -> None:
    """Prove that the books are right; exit code 1 when not.

    Every entry balances, bills and credit are what the ledger says, bills are the sums of their lines, numbers have no
    gaps, usage is billed once, prepaid balances hold what is owed to their customers.
    """
    with database_of(home).transaction() as session:
        wrong = [f"{finding.check}: {finding.what}" for finding in billing.verify(session)]
        for account_id, (books, held) in prepaid.differences(session).items():
            wrong.append(f"prepaid: account {account_id}: ledger {books}, balances {held}")
        accounts, balances = len(ledger.receivables(session)), prepaid.balance_count(session)
    for line in wrong:
        out.print(line)
    if wrong:
        raise fail(f"{len(wrong)} things are wrong; nothing was changed. Keep a copy of the database and call support.")
    out.print(f"The ledger balances; {accounts} accounts agree with their bills, {balances} prepaid balances with it.")
