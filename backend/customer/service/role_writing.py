"""Party roles as TMF669 lets callers write them; an authorised contact is checked and kept in columns too."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.customer.errors import ContactIncomplete
from backend.customer.models import PartyRole
from backend.customer.rules import AUTHORISED_CONTACT, terms_of
from backend.customer.service.customers import party_behind
from backend.infra.database import clock_of
from backend.infra.tmf630 import Document
from backend.party import service as party
from backend.party.rules import PartyKind

TYPED = frozenset({"id", "href", "name", "status"})
ENDED = frozenset({"ended", "closed", "inactive", "revoked"})


def create_role(session: Session, caller: Any, body: Document) -> PartyRole:
    """A role from a TMF669 body. Raises ContactIncomplete, ContactRightUnknown, ContactLimitInvalid."""
    role = PartyRole(name=body["name"], document={}, created_at=clock_of(session).now())
    change_role(session, caller, role, body, frozenset(body))
    session.add(role)
    session.flush()
    return role


def change_role(session: Session, _caller: Any, role: PartyRole, whole: Document, names: frozenset[str]) -> None:
    """Set the named attributes to what the whole says. Raises as `create_role`."""
    role.name = whole["name"]
    if "status" in names:
        role.status = whole.get("status")
    rest = {name: whole[name] for name in names - TYPED if name in whole}
    role.document = {k: v for k, v in role.document.items() if k not in names} | rest
    if "engagedParty" in names:
        engaged = whole.get("engagedParty", {}).get("id")
        role.party_id = party_behind(session, engaged) if engaged else None
    if role.name == AUTHORISED_CONTACT:
        _authorise(session, role, whole)


def remove_role(session: Session, _caller: Any, role: PartyRole) -> None:
    """End a role for good."""
    session.delete(role)


def _authorise(session: Session, role: PartyRole, whole: Document) -> None:
    terms = terms_of(whole.get("characteristic", []))
    organization_id = next(
        (found for one in whole.get("relatedParty", []) if (found := _organization(session, one))), None
    )
    person = role.party_id and party.known_kind(session, role.party_id)
    if person != PartyKind.INDIVIDUAL or organization_id is None:
        raise ContactIncomplete
    role.organization_id, role.rights, role.order_limit = organization_id, sorted(terms.rights), terms.order_limit
    role.ended_at = clock_of(session).now() if role.status in ENDED else None


def _organization(session: Session, reference: Document) -> UUID | None:
    found = party_behind(session, reference.get("id", ""))
    return found if found and party.is_organization(session, found) else None
