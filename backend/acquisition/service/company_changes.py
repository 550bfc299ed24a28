"""How the fields of a company's form take a new value; none of them may stand in a person's."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from backend.acquisition import company_fields as fields
from backend.acquisition.errors import FieldNotApplicable
from backend.acquisition.models import Application
from backend.acquisition.rules import Applicant

Change = Callable[[Session, Application, Any], None]


def commercial_registration(application: Application, value: str | None) -> None:
    """Set the commercial registration."""
    _only_companies(application, "commercialRegistration", value)
    application.commercial_registration = None if value is None else fields.commercial_registration(value)


def _trading_name(_: Session, application: Application, value: str | None) -> None:
    _only_companies(application, "tradingName", value)
    application.trading_name = None if value is None else fields.company_name(value)


def _legal_name(_: Session, application: Application, value: str | None) -> None:
    _only_companies(application, "legalName", value)
    application.legal_name = None if value is None else fields.company_name(value)


def _vat_number(_: Session, application: Application, value: str | None) -> None:
    _only_companies(application, "vatNumber", value)
    application.vat_number = None if value is None else fields.vat_number(value)


def _monthly_revenue(_: Session, application: Application, value: Any) -> None:
    _only_companies(application, "monthlyRevenue", value)
    application.monthly_revenue = None if value is None else fields.monthly_revenue(str(value))


def _annual_revenue(_: Session, application: Application, value: Any) -> None:
    _only_companies(application, "annualRevenue", value)
    revenue = None if value is None else fields.monthly_revenue(str(value), months=fields.MONTHS)
    application.monthly_revenue = revenue


def _quantity(_: Session, application: Application, value: int | str | None) -> None:
    most = fields.MOST_LINES if application.applicant == Applicant.ORGANIZATION else 1
    application.quantity = 1 if value is None else fields.quantity(value, most=most)


def _branches(_: Session, application: Application, value: list[Any] | None) -> None:
    _only_companies(application, "branches", value or None)
    application.branches = fields.branches(value or [])


def _roll_up_bills(_: Session, application: Application, value: bool | None) -> None:
    _only_companies(application, "rollUpBills", value or None)
    application.roll_up_bills = bool(value)


CHANGES: dict[str, Change] = {
    "tradingName": _trading_name,
    "legalName": _legal_name,
    "vatNumber": _vat_number,
    "annualRevenue": _annual_revenue,
    "monthlyRevenue": _monthly_revenue,
    "quantity": _quantity,
    "branches": _branches,
    "rollUpBills": _roll_up_bills,
}


def _only_companies(application: Application, field: str, value: object) -> None:
    if value is not None and application.applicant != Applicant.ORGANIZATION:
        raise FieldNotApplicable(field=field)
