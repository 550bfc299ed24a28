"""`hatif keys`: new encryption keys, and re-encrypting what rests under older ones."""

import json

import typer
from cryptography.fernet import Fernet
from rich.progress import Progress

from backend.cli.surroundings import settings_of
from backend.cli.terminal import HOME, HomeOption, fail, out
from backend.infra.key_rotation import rotate as rotated
from backend.infra.key_rotation import rows_to_look_at
from backend.launcher.home import Home
from backend.main import composed_database

app = typer.Typer(help="Encryption keys.", no_args_is_help=True)


@app.command()
def new() -> None:
    """Print a new key. Put it before the others in HATIF_ENCRYPTION_KEYS, restart, then `hatif keys rotate`."""
    typer.echo(Fernet.generate_key().decode())


@app.command()
def add(home: HomeOption = HOME) -> None:
    """Put a new key before the others of a development home; it is used after the next start."""
    place = Home.at(home)
    known = place.secrets()
    known["encryption_keys"] = f"{Fernet.generate_key().decode()},{known['encryption_keys']}"
    (place.path / "secrets.json").write_text(json.dumps(known, indent=1))
    out.print("A new key is first now. Restart the product, then: hatif keys rotate")


@app.command()
def rotate(home: HomeOption = HOME) -> None:
    """Re-encrypt everything with the newest key. Cut off, start it again: nothing is done twice."""
    settings = settings_of(home)
    database = composed_database(settings)
    if not settings.keys:
        raise fail("there are no encryption keys")
    done: dict[str, int] = {}
    with Progress(console=out) as progress:
        task = progress.add_task("re-encrypting", total=rows_to_look_at(database.engine))
        seen: dict[str, int] = {}
        for step in rotated(database.engine, settings.keys[0]):
            progress.advance(task, step.seen - seen.get(step.table, 0))
            seen[step.table], done[step.table] = step.seen, step.rotated
    out.print(f"{sum(done.values())} rows were under older keys; the older keys can be removed now.")
