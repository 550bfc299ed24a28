"""Duplicates: whether the identity or the contact is known already, and that one application of an identity wins."""

from uuid import UUID

from sqlalchemy.orm import Session

from backend.acquisition import queries
from backend.acquisition.models import Application
from backend.acquisition.rules import Applicant, ApplicationState
from backend.infra.database import clock_of
from backend.party import service as party

Duplicate = dict[str, str]


def found(session: Session, application: Application) -> list[Duplicate]:
    """What is alike, for staff only: `kind` is how, `what` is a customer (by id) or an application (by number)."""
    own = party.find_by_identity(session, application.national_id) if application.national_id else None
    same = _customers(session, application, own)
    same += [
        _application("identity", other)
        for other in queries.rivals(session, application.identity_fingerprint, application.id)
    ]
    return [*same, *_contacts(session, application, own)]


def _customers(session: Session, application: Application, own: UUID | None) -> list[Duplicate]:
    """The customer who is that person, or that company."""
    if application.applicant == Applicant.INDIVIDUAL:
        return [_customer("identity", own)] if own else []
    registration = application.commercial_registration
    company = party.find_organization(session, registration) if registration else None
    return [_customer("identity", company)] if company else []


def supersede(session: Session, application: Application) -> int:
    """Cancel other applications of the identity that are not ordered, and say how many.

    Approval ends those that are approved: only the latest can be ordered. The order ends all of them. The caller has
    locked the identity, so that two applications cannot both win.
    """
    rivals = queries.rivals(session, application.identity_fingerprint, application.id, lock=True)
    if application.ordered_at is None:
        rivals = [rival for rival in rivals if rival.state == ApplicationState.APPROVED]
    for rival in rivals:
        rival.state, rival.updated_at = ApplicationState.CANCELLED, clock_of(session).now()
    session.flush()
    return len(rivals)


def _contacts(session: Session, application: Application, own: UUID | None) -> list[Duplicate]:
    alike: list[Duplicate] = []
    for kind, value in (("contactNumber", application.contact_number), ("email", application.email)):
        holder = party.find_by_contact(session, value) if value else None
        if holder not in (None, own):
            alike.append(_customer(kind, holder))
    alike += [_application("contactNumber", other) for other in queries.sharing_number(session, application)]
    return [*alike, *(_application("email", other) for other in queries.sharing_email(session, application))]


def _customer(kind: str, party_id: UUID | None) -> Duplicate:
    return {"kind": kind, "what": "customer", "reference": str(party_id)}


def _application(kind: str, other: Application) -> Duplicate:
    return {"kind": kind, "what": "application", "reference": other.application_no}
