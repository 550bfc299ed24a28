"""What every command shares: options, consoles, the way to fail, and where the running product answers."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

HomeOption = Annotated[Path, typer.Option("--home", envvar="HATIF_HOME", help="Where state is kept.")]
PortOption = Annotated[int, typer.Option("--port", envvar="HATIF_PORT", min=1, max=65535, help="Where it listens.")]
HOME, PORT = Path(".hatif"), 8000
out, err = Console(soft_wrap=True), Console(stderr=True)


def fail(reason: str, code: int = 1) -> typer.Exit:
    """Say on standard error why the command cannot go on; raise what is returned."""
    err.print(f"[red]hatif:[/red] {reason}", highlight=False)
    return typer.Exit(code)


def product_url(home: Path, port: int) -> str:
    """The address of the running product of that home."""
    known = home / "address"
    if "HATIF_PORT" not in os.environ and known.is_file():
        return known.read_text().strip()
    return f"http://127.0.0.1:{port}"
