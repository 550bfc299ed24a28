"""A company's authorised contacts: for which part of it they stand, what they may do there, and up to what amount."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access.rules import ContactRight
from backend.customer import queries
from backend.customer.errors import ContactIncomplete, ContactLimitExceeded, ContactMayNotOrder
from backend.customer.models import PartyRole
from backend.customer.rules import AUTHORISED_CONTACT, Terms, contact_document
from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.kernel.money import Money
from backend.party import service as party
from backend.party.rules import PartyKind


@dataclass(frozen=True, slots=True)
class Authority:
    """What a person may do for an organisation; `order_limit` is the most that one order may cost a period."""

    organization_id: UUID
    rights: frozenset[ContactRight]
    order_limit: Money | None


def add_contact(
    session: Session,
    organization_id: UUID,
    individual_id: UUID,
    *,
    rights: Collection[ContactRight],
    order_limit: Money | None = None,
) -> UUID:
    """Let a person act for an organisation and all below it; newer terms replace older. Raises ContactIncomplete."""
    kinds = party.known_kind(session, individual_id), party.known_kind(session, organization_id)
    if kinds != (PartyKind.INDIVIDUAL, PartyKind.ORGANIZATION):
        raise ContactIncomplete
    role = queries.role_for(session, individual_id, organization_id)
    if role is None:
        role = PartyRole(name=AUTHORISED_CONTACT, status="active", created_at=clock_of(session).now(), document={})
        role.party_id, role.organization_id = individual_id, organization_id
        session.add(role)
    terms = Terms(frozenset(rights), order_limit.value if order_limit else None)
    role.rights, role.order_limit = sorted(terms.rights), terms.order_limit
    role.document = contact_document(str(individual_id), str(organization_id), terms, operator_of(session).currency)
    session.flush()
    return role.id


def reach(session: Session, individual_id: UUID, right: ContactRight) -> frozenset[UUID]:
    """The organisations for which the person has that right: those they stand for, and everything below."""
    roots = [
        role.organization_id
        for role in queries.roles_of_contact(session, individual_id)
        if right in role.rights and role.organization_id is not None
    ]
    return party.with_descendants(session, roots) if roots else frozenset()


def authority_of(session: Session, individual_id: UUID, organization_id: UUID) -> Authority | None:
    """What the person may do for the organisation, by the role nearest above it; None without one."""
    roles = {role.organization_id: role for role in queries.roles_of_contact(session, individual_id)}
    if not roles:
        return None
    for place in party.with_ancestors(session, organization_id):
        if place in roles:
            role = roles[place]
            limit = role.order_limit
            money = None if limit is None else Money(limit, operator_of(session).currency)
            return Authority(place, frozenset(map(ContactRight, role.rights)), money)
    return None


def check_order(session: Session, *, individual_id: UUID, party_id: UUID, cost: Money) -> None:
    """Refuse an order of that cost a period, unless it is the person's own or within their authority.

    Raises ContactMayNotOrder, ContactLimitExceeded.
    """
    if individual_id == party_id:
        return
    authority = authority_of(session, individual_id, party_id)
    if authority is None or ContactRight.ORDERS not in authority.rights:
        raise ContactMayNotOrder
    if authority.order_limit is not None and cost > authority.order_limit:
        raise ContactLimitExceeded(limit=str(authority.order_limit.rounded().value))
