"""Moves the business clock of a development installation."""

from datetime import timedelta

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.infra.models import ClockShift


def advance(session: Session, step: timedelta) -> None:
    """Put the business clock forward, for everybody whose transaction begins afterwards."""
    row = insert(ClockShift).values(id=1, shift=step)
    session.execute(row.on_conflict_do_update(index_elements=["id"], set_={"shift": ClockShift.shift + step}))
