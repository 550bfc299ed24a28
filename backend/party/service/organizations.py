"""Organisations: companies, their branches and departments, in a hierarchy without cycles."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.encryption import keyring
from backend.kernel.text import Language
from backend.party import queries
from backend.party.errors import HierarchyCycle, OrganizationUnknown
from backend.party.models import Identification, Organization, Party
from backend.party.rules import IdentificationType, OrganizationStatus, PartyKind
from backend.party.service.people import contact_rows


@dataclass(frozen=True, slots=True)
class Company:
    """A company as its register confirmed it; the registration is ten digits, the number E.164."""

    trading_name: str
    commercial_registration: str
    contact_number: str | None
    language: Language
    email: str | None = None
    legal_name: str | None = None


def register_organization(session: Session, company: Company) -> UUID:
    """The id of the company with that registration, which becomes known now if it is not."""
    fingerprint = keyring.fingerprint(company.commercial_registration)
    queries.wait_for_identity(session, fingerprint)
    kind = IdentificationType.COMMERCIAL_REGISTRATION
    known = queries.party_by_identity(session, fingerprint, kind)
    if known is not None:
        return known
    organization = _new(session, company.trading_name, company.language)
    organization.name = company.legal_name
    organization.organization_type = "company"
    organization.document = {"isLegalEntity": True, "isHeadOffice": True}
    organization.identifications = [
        Identification(identification_type=kind, number=company.commercial_registration, fingerprint=fingerprint)
    ]
    organization.contact_media = contact_rows(company.contact_number, company.email)
    session.add(organization)
    session.flush()
    return organization.id


def add_branch(
    session: Session, parent_id: UUID, trading_name: str, *, kind: str = "branch", place: str | None = None
) -> UUID:
    """A branch or department below an organisation; one of the same name under the same parent is that one.

    Raises OrganizationNotFound.
    """
    queries.wait_for_hierarchy(session)
    parent = queries.organization(session, parent_id)
    for child_id, name in queries.children(session, [parent_id]).get(parent_id, []):
        if name == trading_name:
            return child_id
    branch = _new(session, trading_name, "ar" if parent.language == "ar" else "en")
    branch.organization_type, branch.parent_id = kind, parent_id
    branch.document = {"isLegalEntity": False, "isHeadOffice": False}
    if place:
        branch.document |= {"partyCharacteristic": [{"name": "place", "value": place}]}
    session.add(branch)
    session.flush()
    return branch.id


def find_organization(session: Session, commercial_registration: str) -> UUID | None:
    """The company of that registration."""
    return queries.party_by_identity(
        session, keyring.fingerprint(commercial_registration), IdentificationType.COMMERCIAL_REGISTRATION
    )


def place_below(session: Session, organization: Organization, parent_id: UUID | None) -> None:
    """Hang the organisation below another, or at the top for None. Raises OrganizationUnknown, HierarchyCycle."""
    queries.wait_for_hierarchy(session)
    if parent_id is not None:
        above = queries.with_ancestors(session, parent_id)
        if not above:
            raise OrganizationUnknown(organization=str(parent_id))
        if organization.id in above:
            raise HierarchyCycle
    organization.parent_id = parent_id
    session.flush()


def _new(session: Session, trading_name: str, language: Language) -> Organization:
    party = Party(kind=PartyKind.ORGANIZATION)
    session.add(party)
    session.flush()
    return Organization(
        id=party.id,
        trading_name=trading_name,
        language=language,
        status=OrganizationStatus.VALIDATED,
        created_at=clock_of(session).now(),
    )
