"""Files of records: received once, held, refused or loaded, with what became of every record."""

import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.usage import queries
from backend.usage.errors import FileLoadedAlready, ProfileUnknown
from backend.usage.mediation import Profile, look, read_profiles, stage
from backend.usage.mediation.parsing import Staged
from backend.usage.models import UsageFile
from backend.usage.rules import FileReport, FileState
from backend.usage.service.guiding import bring, guide, keep_aside


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of a file: its state, the report of its records, why it waits, and numbers of files that lack."""

    name: str
    state: FileState
    report: FileReport
    reasons: dict[str, int]
    reason: str | None = None
    gaps: tuple[int, ...] = ()


def profile_named(name: str) -> Profile:
    """The profile. Raises ProfileUnknown."""
    found = read_profiles().get(name)
    if found is None:
        raise ProfileUnknown(profile=name)
    return found


def receive(session: Session, path: Path, profile: Profile, archive: Path, *, source: str | None = None) -> UsageFile:
    """Note that a file came, before anything is made of it, so that what is interrupted is seen and can go on.

    `source` tells apart who counts records and files from one on by himself; the profile when left out. What cannot
    be read is refused, and a copy kept. Raises FileLoadedAlready for content that was loaded before.
    """
    seen = look(path)
    known = queries.file_by_content(session, seen.sha256)
    if known is not None:
        if known.state == FileState.LOADED:
            raise FileLoadedAlready(name=known.name)
        known.source = source or profile.id
        return known
    row = UsageFile(
        name=path.name[:200],
        sha256=seen.sha256,
        source=source or profile.id,
        received_at=clock_of(session).now(),
        counts={},
    )
    session.add(row)
    if seen.refusal is not None:
        _put_aside(row, FileState.REFUSED, seen.refusal, path, archive)
    session.flush()
    return row


def load(
    session: Session, file: UsageFile, path: Path, profile: Profile, archive: Path, *, accept: bool = False
) -> FileOutcome:
    """Take the file's records in, all or none. A file whose counts do not match waits until it is accepted."""
    row = queries.locked_file(session, file.id)
    if row.state == FileState.LOADED:
        raise FileLoadedAlready(name=row.name)
    if row.state == FileState.REFUSED:
        return _outcome(session, row)
    operator = operator_of(session)
    staged = stage(
        path, profile, country_code=operator.country_code, longest_seconds=operator.rating.longest_call_hours * 3600
    )
    try:
        row.sequence = staged.sequence
        if staged.held is not None and not accept:
            _put_aside(row, FileState.HELD, staged.held, path, archive)
        else:
            _take_in(session, row, staged)
    finally:
        staged.connection.close()
    session.flush()
    return _outcome(session, row)


def _take_in(session: Session, row: UsageFile, staged: Staged) -> None:
    bring(session, staged.connection, None, row.id)
    guided = guide(session)
    keep_aside(session)
    before = staged.counts()
    report = FileReport(
        read=staged.read,
        loaded=guided.verdicts.get("loaded", 0),
        duplicate=before.get("duplicate", 0) + guided.verdicts.get("duplicate", 0),
        rejected=guided.rejected,
        suspended=guided.suspended,
        merged=before.get("merged", 0),
        not_charged=before.get("notCharged", 0),
    )
    aside = {name: number for name, number in guided.verdicts.items() if name not in {"loaded", "duplicate"}}
    row.counts = {"report": asdict(report), "reasons": aside}
    row.state, row.reason, row.loaded_at = FileState.LOADED, None, clock_of(session).now()


def files(session: Session, *, limit: int = 50) -> Sequence[FileOutcome]:
    """The newest files, and what became of them."""
    return [_outcome(session, row) for row in queries.newest_files(session, limit)]


def missing_sequences(numbers: Sequence[int]) -> tuple[int, ...]:
    """The numbers that lack between the first and the last, a hundred at most."""
    known = set(numbers)
    lacking = (number for number in range(min(known, default=0), max(known, default=-1)) if number not in known)
    return tuple(number for _, number in zip(range(100), lacking, strict=False))


def _outcome(session: Session, row: UsageFile) -> FileOutcome:
    gaps = missing_sequences(queries.sequences(session, row.source)) if row.sequence is not None else ()
    return FileOutcome(
        row.name, FileState(row.state), FileReport(**row.counts.get("report", {})), row.counts.get("reasons", {}),
        row.reason, gaps,
    )  # fmt: skip


def _put_aside(row: UsageFile, state: FileState, reason: str, path: Path, archive: Path) -> None:
    archive.mkdir(parents=True, exist_ok=True)
    kept = archive / f"{row.sha256[:16]}-{path.name[:100]}"
    if path.resolve() != kept.resolve():
        shutil.copyfile(path, kept)
    row.state, row.reason, row.kept_as = state, reason, str(kept)[:300]
