"""The root command and its groups."""

import typer

from backend.cli import bill, chat, clock, database, run, staff

app = typer.Typer(
    name="hatif",
    help="Hatif, customer service of a telecom operator in Arabic and English.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
app.command("run")(run.run)
app.command("worker")(run.worker)
app.command("chat")(chat.chat)
app.command("token")(staff.token)
app.add_typer(bill.app, name="bill")
app.add_typer(bill.ledger_app, name="ledger")
app.add_typer(clock.app, name="clock")
app.add_typer(database.app, name="database")
