"""JSON that comes in to acquisition."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from backend.acquisition.leads import LeadState
from backend.acquisition.rules import Applicant
from backend.infra.tmf630 import Resource

BASE = "/acquisition/v1"
Typed = Annotated[str | None, Field(max_length=300)]
Money = Annotated[str, Field(max_length=60)] | int | float


class ApplicationCreate(Resource):
    """Nothing need be known to start; without a word the applicant is a person."""

    applicant: Applicant | None = None


class BranchIn(Resource):
    """A branch that is to have lines."""

    name: Annotated[str, Field(max_length=300)]
    place: Typed = None


class ConsentsIn(Resource):
    """What is agreed to or withdrawn, by purpose."""

    contract_terms: bool | None = None
    credit_check: bool | None = None
    marketing: bool | None = None


class ApplicationChange(Resource):
    """Any of the fields; those that are left out stay as they are. Text is taken as the customer typed it."""

    applicant: Applicant | None = None
    product_offering: Typed = None
    quantity: Annotated[str, Field(max_length=10)] | int | None = None
    trading_name: Typed = None
    legal_name: Typed = None
    commercial_registration: Typed = None
    vat_number: Typed = None
    monthly_revenue: Money | None = None
    annual_revenue: Money | None = None
    branches: Annotated[list[BranchIn], Field(max_length=100)] | None = None
    roll_up_bills: bool | None = None
    person_name: Typed = None
    given_name: Typed = None
    family_name: Typed = None
    national_id: Typed = None
    birth_date: Typed = None
    contact_number: Typed = None
    email: Typed = None
    monthly_income: Money | None = None
    place: Typed = None
    terms_accepted: bool | None = None
    consents: ConsentsIn | None = None
    deposit_accepted: bool | None = None

    def changes(self) -> dict[str, Any]:
        """The fields that were sent, by JSON name; given and family name together are the name."""
        sent = self.model_dump(by_alias=True, exclude_unset=True)
        parts = [sent.pop(part, None) for part in ("givenName", "familyName")]
        if any(parts) and "personName" not in sent:
            sent["personName"] = " ".join(part for part in parts if part)
        return sent


class ResumeRequest(Resource):
    """Which application to go on with; first without a code, then with the one that was sent."""

    application_no: Annotated[str, Field(min_length=1, max_length=40)]
    national_id: Typed = None
    commercial_registration: Typed = None
    code: Annotated[str | None, Field(max_length=20)] = None


class LeadChange(Resource):
    """What came of following a lead up; what is left out stays."""

    state: LeadState | None = None
    note: Annotated[str | None, Field(max_length=2000)] = None
    due_date: date | None = None
