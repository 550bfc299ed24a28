"""Organisations as TMF632 lets callers write them."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.tmf630 import Document
from backend.party import contacts, queries
from backend.party.errors import OrganizationHasBranches, OrganizationUnknown
from backend.party.models import Organization, Party
from backend.party.rules import OrganizationStatus, PartyKind
from backend.party.service.individual_writing import remove_party, replace_identifications
from backend.party.service.organizations import place_below

COLUMNS = {"tradingName": "trading_name", "name": "name", "organizationType": "organization_type"}
TYPED = frozenset(COLUMNS) | {
    "id",
    "href",
    "status",
    "organizationIdentification",
    "contactMedium",
    "organizationParentRelationship",
    "organizationChildRelationship",
}


def create_organization(session: Session, caller: Any, body: Document) -> Organization:
    """An organisation from a TMF632 body. Raises IdentityTaken, OrganizationUnknown, HierarchyCycle."""
    party = Party(kind=PartyKind.ORGANIZATION)
    session.add(party)
    session.flush()
    organization = Organization(
        id=party.id,
        trading_name=body["tradingName"],
        language="ar",
        status=OrganizationStatus.INITIALIZED,
        document={},
        created_at=clock_of(session).now(),
    )
    session.add(organization)
    session.flush()
    change_organization(session, caller, organization, body, frozenset(body))
    session.flush()
    return organization


def change_organization(
    session: Session, _caller: Any, organization: Organization, whole: Document, names: frozenset[str]
) -> None:
    """Set the named attributes to what the whole says. Raises as `create_organization`."""
    for name in names & COLUMNS.keys():
        setattr(organization, COLUMNS[name], whole.get(name))
    if "status" in names:
        organization.status = whole.get("status", OrganizationStatus.INITIALIZED)
    if "organizationIdentification" in names:
        items = whole.get("organizationIdentification", [])
        replace_identifications(session, organization, items, "OrganizationIdentification")
    if "contactMedium" in names:
        organization.contact_media = contacts.media_of(whole.get("contactMedium", []))
    _change_hierarchy(session, organization, whole, names)
    rest = {name: whole[name] for name in names - TYPED if name in whole}
    organization.document = {k: v for k, v in organization.document.items() if k not in names} | rest


def remove_organization(session: Session, _caller: Any, organization: Organization) -> None:
    """Forget an organisation of which nothing else knows. Raises OrganizationHasBranches."""
    if queries.children(session, [organization.id]):
        raise OrganizationHasBranches
    remove_party(session, organization)


def _change_hierarchy(session: Session, organization: Organization, whole: Document, names: frozenset[str]) -> None:
    if "organizationParentRelationship" in names:
        relation = whole.get("organizationParentRelationship", {})
        place_below(session, organization, _id_in(relation))
    if "organizationChildRelationship" in names:
        named = (_id_in(relation) for relation in whole.get("organizationChildRelationship", []))
        wanted = {child_id for child_id in named if child_id is not None}
        present = {child for child, _ in queries.children(session, [organization.id]).get(organization.id, [])}
        for child_id in present - wanted:
            place_below(session, queries.organization(session, child_id), None)
        for child_id in wanted - present:
            place_below(session, _child(session, child_id), organization.id)


def _child(session: Session, child_id: UUID) -> Organization:
    child = session.get(Organization, child_id)
    if child is None:
        raise OrganizationUnknown(organization=str(child_id))
    return child


def _id_in(relation: Document) -> UUID | None:
    """The organisation that a relationship names; one that cannot be an id is unknown."""
    text = relation.get("organization", {}).get("id")
    found = contacts.uuid_or_none(text) if text else None
    if text and found is None:
        raise OrganizationUnknown(organization=text[:60])
    return found
