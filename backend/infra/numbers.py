"""Numbers people read: INV-2026-000123, without gaps within a kind and year."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.models import RunningNumber


def next_number(session: Session, prefix: str, *, year: int | None = None) -> str:
    """The next number of that prefix; a rolled-back transaction gives it back."""
    return next_numbers(session, prefix, 1, year=year)[0]


def next_numbers(session: Session, prefix: str, count: int, *, year: int | None = None) -> list[str]:
    """That many consecutive numbers. Concurrent callers wait for each other until commit."""
    year = year or clock_of(session).today().year
    new = insert(RunningNumber).values(prefix=prefix, year=year, last=count)
    statement = new.on_conflict_do_update(
        index_elements=["prefix", "year"], set_={"last": RunningNumber.last + count}
    ).returning(RunningNumber.last)
    last: int = session.execute(statement).scalar_one()
    return [f"{prefix}-{year}-{n:06d}" for n in range(last - count + 1, last + 1)]
