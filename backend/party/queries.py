"""Every SELECT of party."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal, select, text
from sqlalchemy.orm import Session, aliased

from backend.infra.scope import within
from backend.kernel.scope import Scope
from backend.party.errors import IndividualNotFound, OrganizationNotFound
from backend.party.models import ContactMedium, Identification, Individual, Organization, Party

HIERARCHY_LOCK = 4


def visible(scope: Scope) -> Select[Individual]:
    """The people in scope."""
    return select(Individual).where(within(Individual.id, scope))


def visible_organizations(scope: Scope) -> Select[Organization]:
    """The organisations in scope."""
    return select(Organization).where(within(Organization.id, scope))


def individual(session: Session, individual_id: UUID, scope: Scope = None) -> Individual:
    """The person. Raises IndividualNotFound, also for one outside the scope."""
    found = session.scalars(visible(scope).where(Individual.id == individual_id)).one_or_none()
    if found is None:
        raise IndividualNotFound
    return found


def organization(session: Session, organization_id: UUID) -> Organization:
    """The organisation. Raises OrganizationNotFound."""
    found = session.get(Organization, organization_id)
    if found is None:
        raise OrganizationNotFound
    return found


def kind_of(session: Session, party_id: UUID) -> str | None:
    """Whether the party is an individual or an organisation; None when it is nobody."""
    return session.scalar(select(Party.kind).where(Party.id == party_id))


def kinds_of(session: Session, party_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """The kind of each of these parties."""
    return {row.id: row.kind for row in session.execute(select(Party.id, Party.kind).where(Party.id.in_(party_ids)))}


def name_of(party_id: Any) -> ColumnElement[str]:
    """The name of the party in a column, as SQL: a company's trading name, a person's whole name."""
    person = select(
        func.concat_ws(" ", Individual.given_name, func.nullif(Individual.middle_name, ""), Individual.family_name)
    ).where(Individual.id == party_id)
    company = select(Organization.trading_name).where(Organization.id == party_id)
    return func.coalesce(person.scalar_subquery(), company.scalar_subquery())


def referred_type_of(party_id: Any) -> ColumnElement[str]:
    """The TMF632 class of the party in a column, as SQL."""
    return select(func.initcap(Party.kind)).where(Party.id == party_id).scalar_subquery()


def named(session: Session, party_ids: Collection[UUID]) -> Mapping[UUID, tuple[str, str]]:
    """Kind and name of each of these parties."""
    statement = select(Party.id, Party.kind, name_of(Party.id).label("name")).where(Party.id.in_(party_ids))
    return {row.id: (row.kind, row.name) for row in session.execute(statement)}


def party_by_identity(session: Session, fingerprint: str, identification_type: str) -> UUID | None:
    """The party that carries the identity number of that fingerprint and type."""
    return session.scalar(
        select(Identification.party_id).where(
            Identification.fingerprint == fingerprint, Identification.identification_type == identification_type
        )
    )


def identity_number(session: Session, party_id: UUID, identification_type: str) -> str | None:
    """The party's number of that type, in clear."""
    return session.scalar(
        select(Identification.number)
        .where(Identification.party_id == party_id, Identification.identification_type == identification_type)
        .order_by(Identification.position)
        .limit(1)
    )


def identifications(session: Session, party_id: UUID) -> Sequence[Identification]:
    """The party's documents, in order."""
    statement = select(Identification).where(Identification.party_id == party_id)
    return session.scalars(statement.order_by(Identification.position, Identification.id)).all()


def reached_by(session: Session, fingerprint: str) -> Sequence[UUID]:
    """Everyone with a contact medium of that fingerprint."""
    statement = select(ContactMedium.party_id).where(ContactMedium.fingerprint == fingerprint).distinct()
    return session.scalars(statement).all()


def wait_for_identity(session: Session, fingerprint: str) -> None:
    """Let one transaction at a time register a party of that identity."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 4))"), {"key": fingerprint})


def wait_for_hierarchy(session: Session) -> None:
    """Let one transaction at a time move organisations, so that two moves cannot close a cycle together."""
    session.execute(
        text("SELECT pg_advisory_xact_lock(hashtextextended('party hierarchy', :key))"), {"key": HIERARCHY_LOCK}
    )


def with_descendants(session: Session, roots: Collection[UUID]) -> frozenset[UUID]:
    """These organisations and everything below them, to any depth."""
    below = select(Organization.id).where(Organization.id.in_(roots)).cte("below", recursive=True)
    child = aliased(Organization)
    below = below.union(select(child.id).join(below, child.parent_id == below.c.id))
    return frozenset(session.scalars(select(below.c.id)))


def with_ancestors(session: Session, organization_id: UUID) -> list[UUID]:
    """The organisation and everything above it, nearest first."""
    start = select(Organization.id, Organization.parent_id, literal(0).label("distance")).where(
        Organization.id == organization_id
    )
    above = start.cte("above", recursive=True)
    parent = aliased(Organization)
    above = above.union_all(
        select(parent.id, parent.parent_id, (above.c.distance + 1).label("distance")).join(
            above, parent.id == above.c.parent_id
        )
    )
    return list(session.scalars(select(above.c.id).order_by(above.c.distance)))


def trading_names(session: Session, ids: Collection[UUID]) -> Mapping[UUID, str]:
    """What these organisations are called."""
    rows = session.execute(select(Organization.id, Organization.trading_name).where(Organization.id.in_(ids)))
    return {row.id: row.trading_name for row in rows}


def children(session: Session, ids: Collection[UUID]) -> Mapping[UUID, list[tuple[UUID, str]]]:
    """Id and name of the organisations directly below each of these."""
    statement = (
        select(Organization.parent_id, Organization.id, Organization.trading_name)
        .where(Organization.parent_id.in_(ids))
        .order_by(Organization.created_at, Organization.id)
    )
    found: dict[UUID, list[tuple[UUID, str]]] = {}
    for row in session.execute(statement):
        found.setdefault(row.parent_id, []).append((row.id, row.trading_name))
    return found
