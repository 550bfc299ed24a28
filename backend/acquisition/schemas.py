"""JSON of acquisition."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from backend.acquisition.models import Application
from backend.acquisition.rules import REASON_TEXTS, Reason
from backend.catalog.rules import Offering
from backend.infra.operator import Operator
from backend.infra.tmf630 import MoneyOut, Resource
from backend.kernel.masking import masked_tail
from backend.kernel.money import Money
from backend.kernel.text import Language

BASE = "/acquisition/v1"
Typed = Annotated[str | None, Field(max_length=300)]


class ApplicationCreate(Resource):
    """Nothing need be known to start."""


class ApplicationChange(Resource):
    """Any of the fields; those that are left out stay as they are. Text is taken as the customer typed it."""

    product_offering: Typed = None
    person_name: Typed = None
    given_name: Typed = None
    family_name: Typed = None
    national_id: Typed = None
    birth_date: Typed = None
    contact_number: Typed = None
    email: Typed = None
    monthly_income: Annotated[str, Field(max_length=60)] | int | float | None = None
    place: Typed = None
    terms_accepted: bool | None = None
    deposit_accepted: bool | None = None

    def changes(self) -> dict[str, Any]:
        """The fields that were sent, by JSON name; given and family name together are the name."""
        sent = self.model_dump(by_alias=True, exclude_unset=True)
        parts = [sent.pop(part, None) for part in ("givenName", "familyName")]
        if any(parts) and "personName" not in sent:
            sent["personName"] = " ".join(part for part in parts if part)
        return sent


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


class ApplicationOut(Resource):
    """The form as it stands; the identity number is masked."""

    id: str
    href: str
    type: str = Field(default="Application", alias="@type")
    state: str
    product_offering: OfferingRef | None
    person_name: str | None
    national_id: str | None
    birth_date: date | None
    contact_number: str | None
    email: str | None
    monthly_income: MoneyOut | None
    place: str | None
    terms_accepted: bool
    missing: list[str]
    credit_class: str | None
    deposit_amount: MoneyOut | None
    deposit_accepted: bool
    reasons: list[ReasonOut]
    summary: PriceSummary | None
    creation_date: datetime
    last_update: datetime

    @classmethod
    def of(
        cls,
        application: Application,
        *,
        offering: Offering | None,
        missing: list[str],
        operator: Operator,
        language: Language,
    ) -> "ApplicationOut":
        """The application in that language."""
        deposit, income = application.deposit_amount, application.monthly_income
        return cls(
            id=str(application.id),
            href=f"{BASE}/application/{application.id}",
            state=application.state,
            product_offering=_chosen(offering, language),
            person_name=application.person_name,
            national_id=masked_tail(application.national_id or "") or None,
            birth_date=date.fromisoformat(application.birth_date) if application.birth_date else None,
            contact_number=application.contact_number,
            email=application.email,
            monthly_income=None if income is None else MoneyOut.of(income, operator.currency),
            place=application.place,
            terms_accepted=application.terms_accepted_at is not None,
            missing=missing,
            credit_class=application.credit_class,
            deposit_amount=None if deposit is None else MoneyOut.of(deposit, operator.currency),
            deposit_accepted=application.deposit_accepted_at is not None,
            reasons=[_reason(code, application, operator, language) for code in application.reasons],
            summary=_summary(offering, language),
            creation_date=application.created_at,
            last_update=application.updated_at,
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


def _reason(code: str, application: Application, operator: Operator, language: Language) -> ReasonOut:
    amount = application.deposit_amount
    shown = "" if amount is None else str(Money(amount, operator.currency).rounded().value)
    text = REASON_TEXTS[Reason(code)].format(amount=shown, age=operator.applications.minimum_age)
    return ReasonOut(code=code, text=text[language])
