"""Individuals and organisations as TM Forum resources: which attribute is which column."""

from sqlalchemy import func, literal, select
from sqlalchemy.orm import aliased

from backend.infra.tmf630 import Fingerprint, Hidden, Through, TmfResource
from backend.infra.tmf630.resource import Attribute, Column
from backend.party import queries, schemas
from backend.party.contacts import email, phone
from backend.party.models import ContactMedium, Identification, Individual, Organization

_Parent, _Child = aliased(Organization), aliased(Organization)
_PARENT = Through(select(_Parent.id).where(_Parent.id == Organization.parent_id), _Parent.trading_name)
_CALLED = literal("Organization")
_CHILDREN = select(_Child.id).where(_Child.parent_id == Organization.id)


def _contacts(owner: Column) -> dict[str, Attribute]:
    rows = select(ContactMedium.id).where(ContactMedium.party_id == owner)
    hashed = Through(rows, ContactMedium.fingerprint)
    return {
        "contactMedium": Hidden(),
        "contactMedium.id": Through(rows, ContactMedium.id),
        "contactMedium.mediumType": Through(rows, ContactMedium.medium_type),
        "contactMedium.characteristic.phoneNumber": Fingerprint(hashed, phone),
        "contactMedium.characteristic.emailAddress": Fingerprint(hashed, email),
    }


def _documents(owner: Column, name: str) -> dict[str, Attribute]:
    rows = select(Identification.id).where(Identification.party_id == owner)
    return {
        name: Hidden(),
        f"{name}.id": Through(rows, Identification.id),
        f"{name}.identificationType": Through(rows, Identification.identification_type),
        f"{name}.identificationId": Fingerprint(Through(rows, Identification.fingerprint), str.strip),
    }


INDIVIDUAL = TmfResource(
    api="TMF632",
    name="individual",
    base=schemas.BASE,
    definition="Individual",
    model=Individual,
    visible=queries.visible,
    shown=schemas.individuals_shown,
    columns={
        "id": Individual.id,
        "givenName": Individual.given_name,
        "middleName": func.nullif(Individual.middle_name, ""),
        "familyName": Individual.family_name,
        "fullName": func.coalesce(
            Individual.document["fullName"].astext,
            func.concat_ws(" ", Individual.given_name, func.nullif(Individual.middle_name, ""), Individual.family_name),
        ),
        "status": Individual.status,
        "birthDate": Hidden(),
        **_contacts(Individual.id),
        **_documents(Individual.id, "individualIdentification"),
    },
    document=Individual.document,
)
ORGANIZATION = TmfResource(
    api="TMF632",
    name="organization",
    base=schemas.BASE,
    definition="Organization",
    model=Organization,
    visible=queries.visible_organizations,
    shown=schemas.organizations_shown,
    columns={
        "id": Organization.id,
        "tradingName": Organization.trading_name,
        "name": Organization.name,
        "organizationType": Organization.organization_type,
        "status": Organization.status,
        "organizationParentRelationship.relationshipType": Through(_PARENT.statement, literal("parent")),
        "organizationParentRelationship.organization.@referredType": Through(
            _PARENT.statement, literal("Organization")
        ),
        "organizationChildRelationship.organization.@referredType": Through(_CHILDREN, _CALLED),
        "organizationParentRelationship.organization.id": Organization.parent_id,
        "organizationParentRelationship.organization.name": _PARENT,
        "organizationChildRelationship.relationshipType": Through(_CHILDREN, literal("child")),
        "organizationChildRelationship.organization.id": Through(_CHILDREN, _Child.id),
        "organizationChildRelationship.organization.name": Through(_CHILDREN, _Child.trading_name),
        **_contacts(Organization.id),
        **_documents(Organization.id, "organizationIdentification"),
    },
    document=Organization.document,
)
