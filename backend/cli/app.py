"""The root command. A command's module is loaded when it is called, so that `hatif chat` starts at once."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from backend.cli.terminal import fail

DATABASE_WENT_AWAY = (
    "the database went away: {reason}. What was done is done, and nothing is done by half. Start PostgreSQL again "
    "(make run; or wait, when it runs already), then give the same command again: it goes on where it was."
)
COMMANDS = {
    "run": "Start everything: PostgreSQL, backend, worker, Rasa, action server.",
    "chat": "Talk to the assistant, or say one thing with --say.",
    "catalog": "Check and load a catalogue file; show what is sold.",
    "usage": "Load files of usage; what became of them; what waits.",
    "rate": "Price what was used; check and load rate files; rate again.",
    "bill": "Run a month's bills; show a bill.",
    "voucher": "Make vouchers of prepaid lines; list and void batches.",
    "pay": "Take money for a bill.",
    "payments": "Load files of banks and bill networks; see what is in suspense.",
    "ledger": "Prove that the ledger balances.",
    "network": "Compare the network with what was sold; repair the differences.",
    "simulate": "Let a demonstration operator live through months (development).",
    "clock": "See and move the business clock (development).",
    "database": "Bring the database up to date; write a migration.",
    "keys": "New encryption keys; re-encrypt what rests under older ones.",
    "token": "Sign a member of staff in, for reading the API.",
    "contract": "Write the part of the API that the console uses (development).",
    "worker": "Work on background jobs; `run` starts one already.",
}


class LoadedWhenCalled(TyperGroup):
    """Lists its commands without importing them."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the library's signature
        """The names, in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - the library's signature
        """The command, from its module `backend.cli.<name>`; None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        command = get_command(import_module(f"backend.cli.{cmd_name}").app)
        command.name = cmd_name
        return command

    def invoke(self, ctx: Any) -> Any:
        """The command; one whose database goes away says what to do next, with exit code 4."""
        try:
            return super().invoke(ctx)
        except Exception as reason:
            if type(reason).__name__ != "OperationalError":  # by name: most commands never load the database's library
                raise
            said = str(reason).splitlines()[0]
            raise fail(DATABASE_WENT_AWAY.format(reason=said), code=4) from None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """One line a command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


app = typer.Typer(
    cls=LoadedWhenCalled,
    name="hatif",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_show_locals=False,
)


@app.callback()
def hatif() -> None:
    """Hatif, customer service of a telecom operator in Arabic and English."""
