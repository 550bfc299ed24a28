"""How each field of the form takes a new value: parsed by `fields`, checked against catalogue and coverage, stored."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from backend.acquisition import fields
from backend.acquisition.errors import NotCovered, OfferingNotSellable
from backend.acquisition.models import Application
from backend.catalog import service as catalog
from backend.infra.database import clock_of
from backend.infra.encryption import keyring
from backend.infra.operator import operator_of

Change = Callable[[Session, Application, Any], None]


def _offering(session: Session, application: Application, value: str | None) -> None:
    if value is not None:
        offering = catalog.offering(session, value)
        if not (offering.is_line and offering.is_sold and offering.customer_type == "individual"):
            raise OfferingNotSellable(offering=value)
    application.offering_id = value


def _person_name(_: Session, application: Application, value: str | None) -> None:
    application.person_name = None if value is None else fields.person_name(value)


def _national_id(_: Session, application: Application, value: str | None) -> None:
    number = None if value is None else fields.national_id(value)
    application.national_id = number
    application.identity_fingerprint = None if number is None else keyring.fingerprint(number)


def _birth_date(session: Session, application: Application, value: str | None) -> None:
    minimum = operator_of(session).applications.minimum_age
    today = clock_of(session).today()
    born = None if value is None else fields.birth_date(value, today=today, minimum_age=minimum)
    application.birth_date = None if born is None else born.isoformat()


def _contact_number(session: Session, application: Application, value: str | None) -> None:
    country = operator_of(session).country
    application.contact_number = None if value is None else fields.contact_number(value, country=country)


def _email(_: Session, application: Application, value: str | None) -> None:
    application.email = None if value is None else fields.email(value)


def _monthly_income(_: Session, application: Application, value: str | None) -> None:
    application.monthly_income = None if value is None else fields.monthly_income(str(value))


def _place(_: Session, application: Application, value: str | None) -> None:
    application.place = None if value is None else fields.place(value)


def _terms_accepted(session: Session, application: Application, value: bool | None) -> None:
    application.terms_accepted_at = clock_of(session).now() if value else None


def _deposit_accepted(session: Session, application: Application, value: bool | None) -> None:
    application.deposit_accepted_at = clock_of(session).now() if value else None


CHANGES: dict[str, Change] = {
    "productOffering": _offering,
    "personName": _person_name,
    "nationalId": _national_id,
    "birthDate": _birth_date,
    "contactNumber": _contact_number,
    "email": _email,
    "monthlyIncome": _monthly_income,
    "place": _place,
    "termsAccepted": _terms_accepted,
    "depositAccepted": _deposit_accepted,
}


def check_coverage(session: Session, application: Application) -> None:
    """Refuse with NotCovered when plan and place are known, and the plan does not reach the place."""
    if application.place is None or application.offering_id is None:
        return
    kind = catalog.offering(session, application.offering_id).kind
    if not kind.is_fixed:
        return
    for covered in operator_of(session).coverage:
        names = (covered.name.ar, covered.name.en, *covered.spellings)
        if kind in covered.offers and fields.names_a_place(application.place, names):
            return
    raise NotCovered
