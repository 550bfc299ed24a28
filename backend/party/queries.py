"""Every SELECT of party."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session

from backend.infra.scope import within
from backend.kernel.scope import Scope
from backend.party.errors import IndividualNotFound
from backend.party.models import ContactMedium, Identification, Individual


def visible(scope: Scope) -> Select[Individual]:
    """The people in scope."""
    statement = select(Individual)
    return statement.where(within(Individual.id, scope))


def individual(session: Session, individual_id: UUID, scope: Scope = None) -> Individual:
    """The person. Raises IndividualNotFound, also for one outside the scope."""
    found = session.scalars(visible(scope).where(Individual.id == individual_id)).one_or_none()
    if found is None:
        raise IndividualNotFound
    return found


def by_identity(session: Session, fingerprint: str) -> Individual | None:
    """The person who carries the identity number of that fingerprint."""
    return session.scalars(
        select(Individual)
        .join(Identification, Identification.party_id == Individual.id)
        .where(Identification.fingerprint == fingerprint)
    ).one_or_none()


def reached_by(session: Session, fingerprint: str) -> Sequence[UUID]:
    """Everyone with a contact medium of that fingerprint."""
    statement = select(ContactMedium.party_id).where(ContactMedium.fingerprint == fingerprint).distinct()
    return session.scalars(statement).all()


def wait_for_identity(session: Session, fingerprint: str) -> None:
    """Let one transaction at a time register a person of that identity."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 4))"), {"key": fingerprint})
