"""Every SELECT of customer."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from backend.customer import rules
from backend.customer.models import NAME_WORDS, Customer, PartyRole
from backend.infra.database import Rows
from backend.infra.scope import within
from backend.kernel.scope import Scope


def visible(scope: Scope) -> Select[Customer]:
    """The customers in scope."""
    return select(Customer).where(within(Customer.party_id, scope))


def parties_named(name: str) -> Rows:
    """Customers whose names have words that begin so, in any order. Column: party_id."""
    asked = func.to_tsquery("simple", rules.name_query(name))
    return select(Customer.party_id).where(NAME_WORDS.op("@@")(asked), Customer.party_id.is_not(None))


def visible_roles(scope: Scope) -> Select[PartyRole]:
    """The roles that parties in scope play, or that are played for them."""
    return select(PartyRole).where(or_(within(PartyRole.party_id, scope), within(PartyRole.organization_id, scope)))


def customer_of(session: Session, party_id: UUID) -> Customer | None:
    """The customer that the party is."""
    return session.scalars(select(Customer).where(Customer.party_id == party_id)).one_or_none()


def roles_of_contact(session: Session, individual_id: UUID) -> Sequence[PartyRole]:
    """For which organisations the person is an authorised contact now."""
    statement = select(PartyRole).where(
        PartyRole.party_id == individual_id, PartyRole.organization_id.is_not(None), PartyRole.ended_at.is_(None)
    )
    return session.scalars(statement).all()


def role_for(session: Session, individual_id: UUID, organization_id: UUID) -> PartyRole | None:
    """The person's present role for exactly that organisation."""
    return next((r for r in roles_of_contact(session, individual_id) if r.organization_id == organization_id), None)
