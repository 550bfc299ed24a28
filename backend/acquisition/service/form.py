"""The form: start it, read it, change its fields, give it up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.acquisition import queries, rules
from backend.acquisition.errors import ApplicationNotOpen
from backend.acquisition.models import Application
from backend.acquisition.rules import Applicant, ApplicationState, Filled
from backend.acquisition.service import duplicates
from backend.acquisition.service.changes import CHANGES, CONSENTS, check_coverage
from backend.catalog import service as catalog
from backend.infra.database import clock_of
from backend.infra.numbers import next_number
from backend.infra.operator import operator_of

FIELDS = {
    "productOffering": "offering_id",
    "tradingName": "trading_name",
    "commercialRegistration": "commercial_registration",
    "personName": "person_name",
    "nationalId": "national_id",
    "birthDate": "birth_date",
    "contactNumber": "contact_number",
    "monthlyIncome": "monthly_income",
    "monthlyRevenue": "monthly_revenue",
    "place": "place",
    "termsAccepted": "terms_accepted_at",
}
TELLING = {"applicant", "nationalId", "commercialRegistration", "contactNumber", "email"}


@dataclass(frozen=True, slots=True)
class OpenApplication:
    """An application that is not decided yet."""

    id: UUID
    state: ApplicationState


def start(session: Session, caller: Caller, applicant: Applicant | None = None) -> tuple[Application, bool]:
    """The conversation's open application, or a new one (a person's, if nothing else is said); whether it is new."""
    if caller.conversation_id is not None:
        queries.wait_for_conversation(session, caller.conversation_id)
        known = queries.open_application(session, caller.conversation_id)
        if known is not None:
            return known, False
    now = clock_of(session).now()
    application = Application(
        application_no=next_number(session, "APP"),
        applicant=applicant or Applicant.INDIVIDUAL,
        conversation_id=caller.conversation_id,
        staff_id=caller.staff_id,
        created_at=now,
        updated_at=now,
    )
    session.add(application)
    session.flush()
    return application, True


def read(session: Session, caller: Caller, application_id: UUID, *, lock: bool = False) -> Application:
    """The application, if it is the caller's to see. Raises ApplicationNotFound."""
    owner = None if caller.scope is None else caller.conversation_id or UUID(int=0)
    return queries.application(session, application_id, conversation_id=owner, lock=lock)


def read_locked_with_identity(session: Session, caller: Caller, application_id: UUID) -> Application:
    """The application, locked, after its identity: one application of an identity is decided or ordered at a time.

    Raises ApplicationNotFound.
    """
    seen = read(session, caller, application_id).identity_fingerprint
    queries.wait_for_identity(session, seen)
    application = read(session, caller, application_id, lock=True)
    if application.identity_fingerprint != seen:
        queries.wait_for_identity(session, application.identity_fingerprint)
    return application


def open_application(session: Session, conversation_id: UUID) -> OpenApplication | None:
    """The conversation's application that is not decided yet."""
    found = queries.open_application(session, conversation_id)
    return OpenApplication(found.id, ApplicationState(found.state)) if found else None


def change(session: Session, caller: Caller, application_id: UUID, changes: Mapping[str, Any]) -> Application:
    """Set the fields (JSON names) and keep all others; None empties a field. All of them are right, or none is set.

    Raises the refusal of the field that is wrong, ApplicationNotFound, ApplicationNotOpen.
    """
    application = read(session, caller, application_id, lock=True)
    if not changes:
        return application
    _let_change(session, application, changes)
    for field, set_value in CHANGES.items():
        if field in changes:
            set_value(session, application, changes[field])
    for field, set_consent in CONSENTS.items():
        if field in changes:
            set_consent(session, caller, application, changes[field])
    check_coverage(session, application)
    if changes.keys() & TELLING:
        application.duplicates = duplicates.found(session, application)
    application.updated_at = clock_of(session).now()
    session.flush()
    return application


def missing(session: Session, application: Application) -> list[str]:
    """What is still to be asked, in the order to ask it; of an approved one, the answer about the deposit."""
    if application.state == ApplicationState.APPROVED:
        open_deposit = application.deposit_amount is not None and application.deposit_accepted_at is None
        return ["depositAccepted"] if open_deposit else []
    known = frozenset(field for field, column in FIELDS.items() if getattr(application, column) is not None)
    applicant = Applicant(application.applicant)
    if application.offering_id is None:
        return rules.missing(Filled(known, postpaid=False, fixed=False, applicant=applicant))
    kind = catalog.offering(session, application.offering_id).kind
    return rules.missing(Filled(known, postpaid=kind.is_postpaid, fixed=kind.is_fixed, applicant=applicant))


def cancel(session: Session, caller: Caller, application_id: UUID) -> Application:
    """The applicant gives up. Again is the same; an ordered one cannot be given up here."""
    application = read(session, caller, application_id, lock=True)
    if application.ordered_at is not None:
        raise ApplicationNotOpen
    if application.state not in (ApplicationState.REFUSED, ApplicationState.EXPIRED):
        application.state = ApplicationState.CANCELLED
        application.updated_at = clock_of(session).now()
    session.flush()
    return application


def expire_abandoned(session: Session) -> int:
    """Expire open applications that nobody touched for the operator's number of days; how many there were."""
    days = operator_of(session).applications.drafts_expire_after_days
    abandoned = queries.abandoned(session, clock_of(session).now() - timedelta(days=days))
    for application in abandoned:
        application.state = ApplicationState.EXPIRED
    session.flush()
    return len(abandoned)


def _let_change(session: Session, application: Application, changes: Mapping[str, Any]) -> None:
    state = ApplicationState(application.state)
    tries_left = application.submissions < operator_of(session).applications.submissions_at_most
    allowed = rules.may_change(state, application.reasons, tries_left=tries_left)
    if not allowed or application.ordered_at is not None:
        raise ApplicationNotOpen
    if rules.reopens(state, changes.keys()):
        _reopen(session, application)


def _reopen(session: Session, application: Application) -> None:
    if application.conversation_id is not None:
        other = queries.open_application(session, application.conversation_id)
        if other is not None and other.id != application.id:
            raise ApplicationNotOpen
    application.state, application.reasons = ApplicationState.DRAFT, []
    application.credit_class = application.deposit_amount = application.deposit_accepted_at = None
    application.credit_limit = application.decided_at = None
