"""JSON of leads, consents and terms."""

from datetime import date, datetime

from pydantic import Field

from backend.acquisition.consent import Purpose, Terms
from backend.acquisition.models import Application, Consent, Lead
from backend.acquisition.schemas import BASE
from backend.acquisition.service import may_contact
from backend.infra.tmf630 import Resource
from backend.kernel.masking import masked_tail
from backend.kernel.text import Language


class LeadOut(Resource):
    """A lead. The whole contact number is shown only where it may be used."""

    id: str
    href: str
    type: str = Field(default="Lead", alias="@type")
    application_no: str
    application_id: str
    name: str | None
    contact_number: str
    may_contact: bool
    product_offering: str | None
    reason: str
    state: str
    note: str | None
    due_date: date
    creation_date: datetime
    last_update: datetime

    @classmethod
    def of(cls, lead: Lead, application: Application) -> "LeadOut":
        """The lead of that application."""
        allowed = may_contact(application)
        return cls(
            id=str(lead.id),
            href=f"{BASE}/lead/{lead.id}",
            application_no=application.application_no,
            application_id=str(application.id),
            name=lead.name,
            contact_number=lead.contact_number if allowed else masked_tail(lead.contact_number),
            may_contact=allowed,
            product_offering=lead.offering_id,
            reason=lead.reason,
            state=lead.state,
            note=lead.note,
            due_date=lead.due_date,
            creation_date=lead.created_at,
            last_update=lead.updated_at,
        )


class ConsentOut(Resource):
    """A consent as it was recorded."""

    purpose: str
    given: bool
    terms_version: str
    text_hash: str
    channel: str
    recorded_at: datetime

    @classmethod
    def of(cls, consent: Consent) -> "ConsentOut":
        """The record."""
        return cls.model_validate(consent)


class PurposeOut(Resource):
    """What is consented to for one purpose."""

    purpose: str
    text: str
    text_hash: str
    required: bool


class TermsOut(Resource):
    """The terms in force."""

    version: str
    in_force_from: date
    purposes: list[PurposeOut]

    @classmethod
    def of(cls, terms: Terms, language: Language) -> "TermsOut":
        """The terms in that language."""
        purposes = [
            PurposeOut(
                purpose=purpose,
                text=terms.text_of(purpose)[language],
                text_hash=terms.hash_of(purpose),
                required=purpose is Purpose.CONTRACT_TERMS,
            )
            for purpose in Purpose
        ]
        return cls(version=terms.version, in_force_from=terms.in_force_from, purposes=purposes)


class ResumeSent(Resource):
    """A code is on its way, if there is such an application; this is all that anybody learns."""

    code_sent: bool = True
    expires_in_minutes: int
