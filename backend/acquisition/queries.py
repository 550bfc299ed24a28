"""Every SELECT of acquisition."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session

from backend.acquisition.errors import ApplicationNotFound
from backend.acquisition.models import Application
from backend.acquisition.rules import OPEN, ApplicationState


def applications(*, state: ApplicationState | None = None) -> Select[Application]:
    """All applications, or those in a state."""
    statement = select(Application)
    return statement if state is None else statement.where(Application.state == state)


def application(
    session: Session, application_id: UUID, *, conversation_id: UUID | None, lock: bool = False
) -> Application:
    """The application. Raises ApplicationNotFound, also for another conversation's (None: staff, who see all)."""
    found = session.get(Application, application_id, with_for_update=lock or None, populate_existing=lock)
    if found is None or conversation_id not in (None, found.conversation_id):
        raise ApplicationNotFound
    return found


def open_application(session: Session, conversation_id: UUID) -> Application | None:
    """The conversation's application that is not decided yet."""
    statement = select(Application).where(Application.conversation_id == conversation_id, Application.state.in_(OPEN))
    return session.scalars(statement).one_or_none()


def wait_for_conversation(session: Session, conversation_id: UUID) -> None:
    """Let a conversation start one application at a time."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 6))"), {"key": str(conversation_id)})


def abandoned(session: Session, before: datetime) -> Sequence[Application]:
    """Open applications that nobody touched since then; those that somebody is just changing are passed over."""
    statement = select(Application).where(Application.state.in_(OPEN), Application.updated_at < before)
    return session.scalars(statement.with_for_update(skip_locked=True)).all()
