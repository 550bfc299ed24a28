"""`hatif usage`: load files of records, see what became of them, try what waits once more."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from backend.cli.surroundings import settings_of
from backend.cli.terminal import HOME, HomeOption, fail, out
from backend.infra.database import Database
from backend.infra.readable import FileMistake
from backend.kernel.errors import DomainError
from backend.main import composed_database
from backend.usage import service
from backend.usage.mediation import Profile
from backend.usage.rules import FileReport, FileState
from backend.usage.service import FileOutcome

app = typer.Typer(help="Usage records.", no_args_is_help=True)
PARTS = ("read", "loaded", "duplicate", "rejected", "suspended", "merged", "not_charged")
NEXT = {
    FileState.RECEIVED: "was interrupted; nothing of it is loaded. Next: hatif usage load it again",
    FileState.HELD: "waits. Next: get the file anew, or load it as it is with --accept",
    FileState.REFUSED: "is refused and kept. Next: get the file anew",
}


@app.command()
def load(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files of records.")],
    *,
    profile: Annotated[str, typer.Option(help="What their lines mean; see usage_profiles.yml.")] = "generic",
    source: Annotated[
        str | None,
        typer.Option(help="Who counts records and files on his own, such as a switch; the profile if not said."),
    ] = None,
    accept: Annotated[bool, typer.Option(help="Load held files although their counts do not match.")] = False,
    home: HomeOption = HOME,
) -> None:
    """Take files in. Each is loaded whole or not at all; stopped or repeated, no record is lost and none counts twice.

    Exit code 0: all loaded, 1: something was held or refused, 2: the call is wrong.
    """
    missing = [str(file) for file in files if not file.is_file()]
    if missing:
        raise fail(f"there is no file {', '.join(missing)}", code=2)
    try:
        chosen = service.profile_named(profile)
    except DomainError as refusal:
        raise fail(refusal.sentence.en, code=2) from refusal
    except FileMistake as mistake:
        raise fail(str(mistake), code=2) from mistake
    settings = settings_of(home)
    database, archive = composed_database(settings), settings.home / "usage"
    taking = _Taking(database, chosen, archive, source and source[:60], accept)
    states = [_loaded(taking, file) for file in files]
    if any(state is not FileState.LOADED for state in states):
        raise typer.Exit(1)


@app.command("files")
def files_(home: HomeOption = HOME) -> None:
    """The newest files, what became of each of their records, and the numbers of files that lack. Exit code 1 when
    something waits."""
    with composed_database(settings_of(home)).transaction() as session:
        found = service.files(session)
    table = Table(title=f"{len(found)} files")
    for column in ("file", "state", *(part.replace("_", " ") for part in PARTS)):
        table.add_column(column, justify="left" if column in {"file", "state"} else "right")
    for one in found:
        table.add_row(one.name, one.state, *(f"{getattr(one.report, part):,}" for part in PARTS))
    out.print(table)
    for one in found:
        _tell_next(one)
    for lacking in dict.fromkeys(one.gaps for one in found if one.gaps):
        out.print(f"Files that lack: {', '.join(map(str, lacking))}")
    if any(one.state is not FileState.LOADED for one in found):
        raise typer.Exit(1)


@app.command()
def suspense(home: HomeOption = HOME) -> None:
    """Records that wait: of numbers that nobody has, or of calls that lack a part. Exit code 1 when there are some."""
    with composed_database(settings_of(home)).transaction() as session:
        rows = service.suspended(session)
        table = Table(title=f"{len(rows)} records wait")
        for column in ("reason", "line", "calling", "record"):
            table.add_column(column)
        for row in rows:
            table.add_row(row.reason, str(row.line_no), str(row.record.get("calling")), row.record_id or "")
    out.print(table)
    if rows:
        out.print("Next: hatif usage recycle, once the numbers are known or the parts have come")
        raise typer.Exit(1)


@app.command()
def recycle(home: HomeOption = HOME) -> None:
    """Try what waits once more. Exit code 1 when some still waits."""
    with composed_database(settings_of(home)).transaction() as session:
        done = service.recycle(session)
    out.print(f"{done.tried:,} records tried: {done.recycled:,} are usage now, {done.waiting:,} still wait.")
    if done.waiting:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Taking:
    """How files are taken in."""

    database: Database
    profile: Profile
    archive: Path
    source: str | None
    accept: bool


def _loaded(how: _Taking, file: Path) -> FileState:
    try:
        with out.status(f"loading {file.name}"):
            with how.database.transaction() as session:
                received = service.receive(session, file, how.profile, how.archive, source=how.source)
            with how.database.transaction() as session:
                outcome = service.load(session, received, file, how.profile, how.archive, accept=how.accept)
    except DomainError as refusal:
        out.print(f"[red]{file.name}:[/red] {refusal.sentence.en}", highlight=False)
        return FileState.REFUSED
    _tell(outcome)
    return outcome.state


def _tell(outcome: FileOutcome) -> None:
    if outcome.state is FileState.LOADED:
        report: FileReport = outcome.report
        parts = ", ".join(f"{getattr(report, part):,} {part.replace('_', ' ')}" for part in PARTS[1:])
        out.print(f"{outcome.name}: {report.read:,} records read = {parts}", highlight=False)
        for reason, number in sorted(outcome.reasons.items()):
            out.print(f"  {reason}: {number:,}", highlight=False)
    _tell_next(outcome)
    if outcome.gaps:
        out.print(f"  files that lack before it: {', '.join(map(str, outcome.gaps))}", highlight=False)


def _tell_next(outcome: FileOutcome) -> None:
    if outcome.state in NEXT:
        reason = f" ({outcome.reason})" if outcome.reason else ""
        out.print(f"{outcome.name} {NEXT[outcome.state]}{reason}", highlight=False)
