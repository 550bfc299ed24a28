"""How each field of the form takes a new value: parsed by `fields`, checked against catalogue and coverage, stored."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.acquisition import fields
from backend.acquisition.errors import FieldNotApplicable, NotCovered, OfferingNotSellable
from backend.acquisition.models import Application
from backend.acquisition.rules import Applicant
from backend.acquisition.service import company_changes, consents
from backend.catalog import service as catalog
from backend.infra.database import clock_of
from backend.infra.encryption import keyring
from backend.infra.operator import operator_of

Change = Callable[[Session, Application, Any], None]


def _applicant(session: Session, application: Application, value: str | None) -> None:
    wanted = Applicant(value or Applicant.INDIVIDUAL)
    if wanted == application.applicant:
        return
    application.applicant = wanted
    application.quantity, application.branches, application.roll_up_bills = 1, [], False
    application.monthly_income = application.monthly_revenue = None
    if not _may_have(session, application, application.offering_id):
        application.offering_id = None
    know_identity(application)


def _offering(session: Session, application: Application, value: str | None) -> None:
    if not _may_have(session, application, value):
        raise OfferingNotSellable(offering=value)
    application.offering_id = value


def _may_have(session: Session, application: Application, offering_id: str | None) -> bool:
    if offering_id is None:
        return True
    offering, wanted = catalog.offering(session, offering_id), Applicant(application.applicant).customer_type
    return offering.is_line and offering.is_sold and offering.customer_type == wanted


def _person_name(_: Session, application: Application, value: str | None) -> None:
    application.person_name = None if value is None else fields.person_name(value)


def _national_id(_: Session, application: Application, value: str | None) -> None:
    application.national_id = None if value is None else fields.national_id(value)
    know_identity(application)


def know_identity(application: Application) -> None:
    """Note by which fingerprint the customer-to-be is known again: the person's, or the company's."""
    company = application.applicant == Applicant.ORGANIZATION
    number = application.commercial_registration if company else application.national_id
    application.identity_fingerprint = None if number is None else identity_fingerprint(number, company=company)


def identity_fingerprint(number: str, *, company: bool) -> str:
    """The fingerprint of a national id or a commercial registration; both are ten digits and must not meet."""
    return keyring.fingerprint(f"commercial registration {number}" if company else number)


def _birth_date(session: Session, application: Application, value: str | None) -> None:
    minimum = operator_of(session).applications.minimum_age
    today = clock_of(session).today()
    born = None if value is None else fields.birth_date(value, today=today, minimum_age=minimum)
    application.birth_date = None if born is None else born.isoformat()


def _contact_number(session: Session, application: Application, value: str | None) -> None:
    country = operator_of(session).country
    number = None if value is None else fields.contact_number(value, country=country)
    application.contact_number = number
    application.contact_fingerprint = None if number is None else keyring.fingerprint(number)


def _email(_: Session, application: Application, value: str | None) -> None:
    address = None if value is None else fields.email(value)
    application.email = address
    application.email_fingerprint = None if address is None else keyring.fingerprint(address.casefold())


def _monthly_income(_: Session, application: Application, value: str | None) -> None:
    if value is not None and application.applicant == Applicant.ORGANIZATION:
        raise FieldNotApplicable(field="monthlyIncome")
    application.monthly_income = None if value is None else fields.monthly_income(str(value))


def _place(_: Session, application: Application, value: str | None) -> None:
    application.place = None if value is None else fields.place(value)


def _deposit_accepted(session: Session, application: Application, value: bool | None) -> None:
    application.deposit_accepted_at = clock_of(session).now() if value else None


def _commercial_registration(_: Session, application: Application, value: str | None) -> None:
    company_changes.commercial_registration(application, value)
    know_identity(application)


# In the order in which they are set: who applies decides what the others may be.
CHANGES: dict[str, Change] = {
    "applicant": _applicant,
    "productOffering": _offering,
    "commercialRegistration": _commercial_registration,
    **company_changes.CHANGES,
    "personName": _person_name,
    "nationalId": _national_id,
    "birthDate": _birth_date,
    "contactNumber": _contact_number,
    "email": _email,
    "monthlyIncome": _monthly_income,
    "place": _place,
    "depositAccepted": _deposit_accepted,
}
CONSENTS: dict[str, Callable[[Session, Caller, Application, Any], None]] = {
    "termsAccepted": consents.of_terms,
    "consents": consents.of_purposes,
}


def check_coverage(session: Session, application: Application) -> None:
    """Refuse with NotCovered when plan and place are known, and the plan does not reach the place."""
    if application.place is None or application.offering_id is None:
        return
    if not catalog.covers(session, application.offering_id, application.place):
        raise NotCovered
