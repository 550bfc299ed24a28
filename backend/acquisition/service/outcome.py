"""What ordering gets to know of an approved application."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.acquisition import queries
from backend.acquisition.errors import ApplicationNotApproved, DepositNotAccepted
from backend.acquisition.models import Application
from backend.acquisition.rules import Applicant, ApplicationState
from backend.acquisition.service import duplicates, leads
from backend.acquisition.service.form import read_locked_with_identity
from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Company:
    """The company that applied. `contact_*` is its authorised signatory; each branch is its name and perhaps place."""

    trading_name: str
    legal_name: str | None
    commercial_registration: str
    vat_number: str | None
    contact_name: str
    contact_national_id: str
    contact_birth_date: date
    contact_number: str
    contact_email: str | None
    branches: tuple[tuple[str, str | None], ...]
    roll_up_bills: bool


@dataclass(frozen=True, slots=True)
class Approved:
    """An approved application: who, what, how many lines, where, what is paid ahead (for all lines together).

    Of a company the person is its authorised signatory. Without a credit check there is no class and no limit.
    """

    id: UUID
    conversation_id: UUID | None
    offering_id: str
    person_name: str
    national_id: str
    birth_date: date
    contact_number: str
    email: str | None
    place: str | None
    deposit: Money | None
    applicant: Applicant = Applicant.INDIVIDUAL
    company: Company | None = None
    quantity: int = 1
    credit_class: str | None = None
    credit_limit: Money | None = None


def approved(session: Session, caller: Caller, application_id: UUID) -> Approved:
    """The application, locked. Raises ApplicationNotFound, ApplicationNotApproved, DepositNotAccepted."""
    found = read_locked_with_identity(session, caller, application_id)
    if found.state != ApplicationState.APPROVED:
        raise ApplicationNotApproved
    if found.deposit_amount is not None and found.deposit_accepted_at is None:
        raise DepositNotAccepted(amount=str(found.deposit_amount))
    currency = operator_of(session).currency
    return Approved(
        id=found.id,
        conversation_id=found.conversation_id,
        offering_id=found.offering_id or "",
        person_name=found.person_name or "",
        national_id=found.national_id or "",
        birth_date=date.fromisoformat(found.birth_date or ""),
        contact_number=found.contact_number or "",
        email=found.email,
        place=found.place,
        deposit=None if found.deposit_amount is None else Money(found.deposit_amount, currency),
        applicant=Applicant(found.applicant),
        company=_company(found),
        quantity=found.quantity,
        credit_class=found.credit_class,
        credit_limit=None if found.credit_limit is None else Money(found.credit_limit, currency),
    )


def mark_ordered(session: Session, application_id: UUID) -> None:
    """The application became an order; it cannot be changed any more.

    Every other one of the same identity has lost, and the leads of the identity are won.
    """
    seen = queries.application(session, application_id, conversation_id=None)
    queries.wait_for_identity(session, seen.identity_fingerprint)
    application = queries.application(session, application_id, conversation_id=None, lock=True)
    application.ordered_at = clock_of(session).now()
    duplicates.supersede(session, application)
    leads.win(session, application)
    session.flush()


def _company(found: Application) -> Company | None:
    if found.applicant == Applicant.INDIVIDUAL:
        return None
    return Company(
        trading_name=found.trading_name or "",
        legal_name=found.legal_name,
        commercial_registration=found.commercial_registration or "",
        vat_number=found.vat_number,
        contact_name=found.person_name or "",
        contact_national_id=found.national_id or "",
        contact_birth_date=date.fromisoformat(found.birth_date or ""),
        contact_number=found.contact_number or "",
        contact_email=found.email,
        branches=tuple((str(branch["name"]), branch.get("place")) for branch in found.branches),
        roll_up_bills=found.roll_up_bills,
    )
