"""Whether the notes that a counted table keeps say what counting its rows says."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.infra.database import Base
from backend.infra.row_counts import rows_of


def noted(session: Session, model: type[Base]) -> dict[str, int]:
    """So many rows in each state: by the notes, of those that are there, which are some."""
    column: str = model.counted_by[0]  # type: ignore[attr-defined]
    state = model.__table__.c[column]
    counted = dict(session.execute(select(state, func.count()).group_by(state)).all())
    assert counted
    assert rows_of(session, model.__tablename__, column) == sum(counted.values())
    notes = {value: rows_of(session, model.__tablename__, column, [value]) for value in counted}
    assert notes == counted
    return notes
