"""Rate versions: load a file, and know which hold."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.rating import queries
from backend.rating.book import RateBook, read
from backend.rating.errors import RateBookExists
from backend.rating.models import RateBookVersion

SHIPPED = Path(__file__).parents[2] / "seed" / "rates" / "2026.yml"


def load_book(session: Session, path: Path, *, by: str, replace: bool = False) -> RateBook:
    """Let the file's prices hold from its day on. The same file again changes nothing.

    Raises FileMistake, and RateBookExists when other prices hold from that day and are not to be replaced.
    """
    book = read(path)
    content = book.model_dump(mode="json", by_alias=True)
    known = queries.book_from(session, book.valid_from)
    if known is not None and known.content != content and not replace:
        raise RateBookExists(day=book.valid_from)
    if known is not None and known.content == content:
        return book
    known = known or RateBookVersion(valid_from=book.valid_from)
    known.valid_to, known.name, known.content = book.valid_to, path.name, content
    known.loaded_by, known.loaded_at = by, clock_of(session).now()
    session.add(known)  # whole: the clock of a development asks the database, which would write what is there
    session.flush()
    return book


def books(session: Session) -> Sequence[RateBook]:
    """The rate versions, oldest first; the one that ships while nothing was loaded."""
    rows = queries.books(session)
    return [_book(row.id, row.loaded_at.isoformat(), row) for row in rows] if rows else [_shipped()]


_read: dict[tuple[UUID, str], RateBook] = {}


def _book(book_id: UUID, loaded: str, row: RateBookVersion) -> RateBook:
    key = (book_id, loaded)
    if key not in _read:
        _read[key] = RateBook.model_validate(row.content)
    return _read[key]


@cache
def _shipped() -> RateBook:
    return read(SHIPPED)
