"""`hatif run`: the whole product."""

import os
import signal
from typing import Annotated

import typer
from rich.table import Table

from backend.cli.terminal import HOME, PORT, HomeOption, PortOption, fail, out
from backend.launcher.home import Home
from backend.launcher.model import TrainingFailed
from backend.launcher.run import Address, CannotStart, running_product
from backend.main import composed_database
from backend.seed import demonstration
from backend.settings import Settings

app = typer.Typer()


@app.command()
def run(
    home: HomeOption = HOME,
    port: PortOption = PORT,
    host: Annotated[str, typer.Option(envvar="HATIF_HOST", help="Which address to listen on.")] = "127.0.0.1",
) -> None:
    """Start everything: PostgreSQL, backend, worker, Rasa, action server. Ctrl-C ends it all."""
    for ending in (signal.SIGINT, signal.SIGTERM):  # a shell's background job would ignore the first
        signal.signal(ending, _interrupt)
    try:
        with running_product(Home.at(home), Address(host, port), out) as product:
            people = demonstration.seeded(composed_database(_settings(product.environment())), out)
            product.wait_until_healthy()
            _greet(Address(host, port).url, people)
            product.watch()
    except (CannotStart, TrainingFailed) as reason:
        raise fail(str(reason)) from reason
    except KeyboardInterrupt:
        out.print("\nStopped.")


def _settings(environment: dict[str, str]) -> Settings:
    os.environ.update(environment)
    return Settings()


def _greet(url: str, people: dict[str, list[dict[str, object]]]) -> None:
    table = Table(title="Demonstration people (all of them: the start page)", title_justify="left")
    for column in ("who", "number or password", "good for"):
        table.add_column(column)
    for customer in people["customers"][:8]:
        table.add_row(_en(customer["name"]), str(customer.get("msisdn") or ""), _en(customer["goodFor"]))
    for member in people["staff"]:
        table.add_row(str(member["username"]), str(member["password"]), str(member["role"]))
    out.print(table)
    out.print(f"Hatif is ready: [bold]{url}[/bold]   codes and messages: {url}/sandbox/outbox   API: {url}/docs")
    out.print("In a terminal: .venv/bin/hatif chat   Ctrl-C stops everything.")


def _en(text: object) -> str:
    return str(text["en"]) if isinstance(text, dict) else str(text)


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt
