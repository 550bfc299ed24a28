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
    """Prove that the books are right; exit code 1 when not.

    Every entry balances, bills and credit are what the ledger says, bills are the sums of their lines, numbers have no
    gaps, usage is billed once.
    """
    with database_of(home).transaction() as session:
        findings = billing.verify(session)
        accounts = len(ledger.receivables(session))
    for finding in findings:
        out.print(f"{finding.check}: {finding.what}")
    if findings:
        raise fail(
            f"{len(findings)} things are wrong; nothing was changed. Keep a copy of the database and call support."
        )
    out.print(f"The ledger balances; {accounts} accounts agree with their bills.")
