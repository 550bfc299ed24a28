"""JSON of an application as it goes out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import Field

from backend.acquisition.models import Application
from backend.acquisition.rules import Applicant, Reason, reason_text
from backend.acquisition.schemas import BASE
from backend.catalog.rules import Offering
from backend.infra.operator import Operator
from backend.infra.tmf630 import MoneyOut, Resource
from backend.kernel.masking import masked_tail
from backend.kernel.money import Money
from backend.kernel.text import Language


class ReasonOut(Resource):
    """Why it was decided as it was, readable to the customer."""

    code: str
    text: str


class OfferingRef(Resource):
    """The chosen plan."""

    id: str
    name: str
    kind: str


class PriceSummary(Resource):
    """What the chosen plan costs each period."""

    recurring: MoneyOut
    period: str
    period_text: str
    tax_included: bool


class BranchOut(Resource):
    """A branch that is to have lines."""

    name: str
    place: str | None


class ConsentsOut(Resource):
    """What is agreed to at present."""

    contract_terms: bool
    credit_check: bool
    marketing: bool


class DuplicateOut(Resource):
    """Something alike: by identity, contact number or e-mail; a customer (id) or an application (number)."""

    kind: str
    what: str
    reference: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What is shown beside the form itself: its plan, what it lacks, what the class may buy, to whom, how."""

    offering: Offering | None
    missing: list[str]
    may_buy: list[Offering]
    operator: Operator
    language: Language
    by_staff: bool


class ApplicationOut(Resource):
    """The form as it stands; numbers of documents are masked. Staff alone see `duplicates`."""

    id: str
    href: str
    type: str = Field(default="Application", alias="@type")
    application_no: str
    applicant: str
    state: str
    product_offering: OfferingRef | None
    quantity: int
    trading_name: str | None
    legal_name: str | None
    commercial_registration: str | None
    vat_number: str | None
    monthly_revenue: MoneyOut | None
    branches: list[BranchOut]
    roll_up_bills: bool
    person_name: str | None
    national_id: str | None
    birth_date: date | None
    contact_number: str | None
    email: str | None
    monthly_income: MoneyOut | None
    place: str | None
    terms_accepted: bool
    consents: ConsentsOut
    missing: list[str]
    credit_class: str | None
    credit_limit: MoneyOut | None
    may_buy: list[OfferingRef]
    deposit_amount: MoneyOut | None
    deposit_accepted: bool
    reasons: list[ReasonOut]
    summary: PriceSummary | None
    duplicates: list[DuplicateOut] | None
    creation_date: datetime
    last_update: datetime

    @classmethod
    def of(cls, application: Application, seen: Seen) -> "ApplicationOut":
        """The application in the reader's language."""
        return cls(
            id=str(application.id),
            href=f"{BASE}/application/{application.id}",
            application_no=application.application_no,
            applicant=application.applicant,
            state=application.state,
            product_offering=_chosen(seen.offering, seen.language),
            person_name=application.person_name,
            national_id=masked_tail(application.national_id or "") or None,
            birth_date=date.fromisoformat(application.birth_date) if application.birth_date else None,
            contact_number=application.contact_number,
            email=application.email,
            place=application.place,
            terms_accepted=application.terms_accepted_at is not None,
            consents=_consents(application),
            missing=seen.missing,
            deposit_accepted=application.deposit_accepted_at is not None,
            reasons=[_reason(code, application, seen) for code in application.reasons],
            summary=_summary(seen.offering, seen.language),
            duplicates=[DuplicateOut(**one) for one in application.duplicates] if seen.by_staff else None,
            creation_date=application.created_at,
            last_update=application.updated_at,
            **_company(application),
            **_credit(application, seen),
        )


def _company(application: Application) -> dict[str, Any]:
    """What a company says of itself; of a person it is empty."""
    return {
        "quantity": application.quantity,
        "trading_name": application.trading_name,
        "legal_name": application.legal_name,
        "commercial_registration": masked_tail(application.commercial_registration or "", 4) or None,
        "vat_number": masked_tail(application.vat_number or "", 4) or None,
        "branches": [BranchOut(name=str(one["name"]), place=one.get("place")) for one in application.branches],
        "roll_up_bills": application.roll_up_bills,
    }


def _credit(application: Application, seen: Seen) -> dict[str, Any]:
    """What is said and decided of money."""
    currency = seen.operator.currency
    amounts = {
        "monthly_income": application.monthly_income,
        "monthly_revenue": application.monthly_revenue,
        "credit_limit": application.credit_limit,
        "deposit_amount": application.deposit_amount,
    }
    money = {name: None if value is None else MoneyOut.of(value, currency) for name, value in amounts.items()}
    may_buy = [OfferingRef(id=one.id, name=one.name[seen.language], kind=one.kind) for one in seen.may_buy]
    return money | {"credit_class": application.credit_class, "may_buy": may_buy}


def _consents(application: Application) -> ConsentsOut:
    return ConsentsOut(
        contract_terms=application.terms_accepted_at is not None,
        credit_check=application.credit_check_accepted_at is not None,
        marketing=application.marketing_accepted_at is not None,
    )


def _chosen(offering: Offering | None, language: Language) -> OfferingRef | None:
    return OfferingRef(id=offering.id, name=offering.name[language], kind=offering.kind) if offering else None


def _summary(offering: Offering | None, language: Language) -> PriceSummary | None:
    if offering is None:
        return None
    price = offering.price
    return PriceSummary(
        recurring=MoneyOut.of(price.amount.value, price.amount.unit),
        period=str(price.period),
        period_text=price.period.text[language],
        tax_included=price.tax_included,
    )


def _reason(code: str, application: Application, seen: Seen) -> ReasonOut:
    amounts = {"amount": application.deposit_amount, "limit": application.credit_limit}
    currency = seen.operator.currency
    shown = {k: "" if v is None else str(Money(v, currency).rounded().value) for k, v in amounts.items()}
    text = reason_text(Reason(code), Applicant(application.applicant))
    return ReasonOut(code=code, text=text.format(age=seen.operator.applications.minimum_age, **shown)[seen.language])
