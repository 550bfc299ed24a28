"""JSON of party (TMF632); identity numbers are masked."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from backend.infra.tmf630 import Document, Resource
from backend.kernel.text import Language
from backend.party import queries
from backend.party.contacts import identifications_shown, media_shown
from backend.party.models import Individual, Organization
from backend.party.rules import PersonName

BASE = "/tmf-api/party/v4"


class IdentityOut(Resource):
    """A document in clear."""

    identification_type: str | None
    identification_id: str | None


def individuals_shown(_session: Session, rows: Sequence[Individual], _language: Language) -> list[Document]:
    """People with documents and contacts."""
    return [_individual(row) for row in rows]


def organizations_shown(session: Session, rows: Sequence[Organization], _language: Language) -> list[Document]:
    """Organisations with what stands directly above and below them."""
    names = queries.trading_names(session, {row.parent_id for row in rows if row.parent_id})
    below = queries.children(session, [row.id for row in rows])
    shown = []
    for row in rows:
        body = _organization(row)
        if row.parent_id is not None:
            body["organizationParentRelationship"] = _relation("parent", str(row.parent_id), names[row.parent_id])
        if row.id in below:
            children = [_relation("child", str(child), name) for child, name in below[row.id]]
            body["organizationChildRelationship"] = children
        shown.append(body)
    return shown


def _individual(row: Individual) -> Document:
    name = PersonName(row.given_name, row.middle_name, row.family_name)
    body: Document = {
        "id": str(row.id),
        "givenName": name.given,
        "familyName": name.family,
        "fullName": name.full,
        "status": row.status,
    } | row.document
    if name.middle:
        body["middleName"] = name.middle
    if row.birth_date:
        body["birthDate"] = f"{row.birth_date}T00:00:00Z"
    if row.identifications:
        body["individualIdentification"] = identifications_shown(row.identifications, "IndividualIdentification")
    if row.contact_media:
        body["contactMedium"] = media_shown(row.contact_media)
    return body


def _organization(row: Organization) -> Document:
    body: Document = {"id": str(row.id), "tradingName": row.trading_name, "status": row.status} | row.document
    if row.name:
        body["name"] = row.name
    if row.organization_type:
        body["organizationType"] = row.organization_type
    if row.identifications:
        body["organizationIdentification"] = identifications_shown(row.identifications, "OrganizationIdentification")
    if row.contact_media:
        body["contactMedium"] = media_shown(row.contact_media)
    return body


def _relation(kind: str, organization_id: str, name: str) -> Document:
    href = f"{BASE}/organization/{organization_id}"
    organization = {"id": organization_id, "href": href, "name": name, "@referredType": "Organization"}
    return {"relationshipType": kind, "organization": organization}
