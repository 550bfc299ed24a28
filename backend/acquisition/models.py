"""Tables of acquisition. `acquisition_sandbox_*` belongs to the sandbox register, an outside system."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime, ForeignKey, Index, Numeric, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.acquisition.leads import LeadState
from backend.acquisition.rules import Applicant, ApplicationState
from backend.infra.database import Base
from backend.infra.encryption import EncryptedText


class Application(Base):
    """Somebody's form for a line, or a company's for several. What identifies the person is encrypted.

    Dates of birth are ISO. A company's person is its authorised signatory, `identity_fingerprint` then is that of the
    commercial registration: whoever is to become the customer. Revenue and income are of a month.
    """

    __tablename__ = "acquisition_application"
    audited = True
    __table_args__ = (
        Index(
            "uq_acquisition_application_open",
            "conversation_id",
            unique=True,
            postgresql_where=text("state IN ('draft', 'submitted', 'verified')"),
        ),
        Index("ix_acquisition_application_state", "state", "updated_at"),
        Index("ix_acquisition_application_contact_fingerprint", "contact_fingerprint"),
        Index("ix_acquisition_application_email_fingerprint", "email_fingerprint"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    application_no: Mapped[str] = mapped_column(String(20), unique=True)
    applicant: Mapped[str] = mapped_column(
        String(12), default=Applicant.INDIVIDUAL, server_default=Applicant.INDIVIDUAL.value
    )
    conversation_id: Mapped[UUID | None]
    staff_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(String(14), default=ApplicationState.DRAFT)
    offering_id: Mapped[str | None] = mapped_column(ForeignKey("catalog_product_offering.id"))
    person_name: Mapped[str | None] = mapped_column(EncryptedText)
    national_id: Mapped[str | None] = mapped_column(EncryptedText)
    identity_fingerprint: Mapped[str | None] = mapped_column(String(64), index=True)
    birth_date: Mapped[str | None] = mapped_column(EncryptedText)
    contact_number: Mapped[str | None] = mapped_column(EncryptedText)
    contact_fingerprint: Mapped[str | None] = mapped_column(String(64))
    email: Mapped[str | None] = mapped_column(EncryptedText)
    email_fingerprint: Mapped[str | None] = mapped_column(String(64))
    trading_name: Mapped[str | None] = mapped_column(String(200))
    legal_name: Mapped[str | None] = mapped_column(String(200))
    commercial_registration: Mapped[str | None] = mapped_column(EncryptedText)
    vat_number: Mapped[str | None] = mapped_column(EncryptedText)
    monthly_revenue: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    quantity: Mapped[int] = mapped_column(default=1, server_default="1")
    branches: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list, server_default=text("'[]'"))
    roll_up_bills: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    monthly_income: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    place: Mapped[str | None] = mapped_column(String(200))
    terms_accepted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    credit_check_accepted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    marketing_accepted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    deposit_accepted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    credit_class: Mapped[str | None] = mapped_column(String(1))
    deposit_amount: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    credit_limit: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    reasons: Mapped[list[str]] = mapped_column(JSONB, default=list)
    duplicates: Mapped[list[dict[str, str]]] = mapped_column(JSONB, default=list, server_default=text("'[]'"))
    submissions: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    submitted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ordered_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Consent(Base):
    """What an applicant agreed to or withdrew, in which words, when and where. Append-only: a trigger keeps it so."""

    __tablename__ = "acquisition_consent"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("acquisition_application.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    given: Mapped[bool]
    terms_version: Mapped[str] = mapped_column(String(20))
    text_hash: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(20))
    conversation_id: Mapped[UUID | None]
    staff_id: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Lead(Base):
    """Somebody who began and did not finish, for follow-up. Name and contact are encrypted."""

    __tablename__ = "acquisition_lead"
    audited = True
    __table_args__ = (Index("ix_acquisition_lead_state", "state", "due_date"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("acquisition_application.id"), unique=True)
    name: Mapped[str | None] = mapped_column(EncryptedText)
    contact_number: Mapped[str] = mapped_column(EncryptedText)
    offering_id: Mapped[str | None] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(10), default=LeadState.OPEN)
    note: Mapped[str | None] = mapped_column(EncryptedText)
    due_date: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ResumeCode(Base):
    """A one-time code asked for to go on with an application; only its keyed hash rests here.

    `application_id` is empty when nothing matched: no code was sent, and nobody may learn so.
    """

    __tablename__ = "acquisition_resume_code"
    __table_args__ = (
        Index("ix_acquisition_resume_code_conversation", "conversation_id", "created_at"),
        Index("ix_acquisition_resume_code_reference", "reference", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    conversation_id: Mapped[UUID]
    application_id: Mapped[UUID | None] = mapped_column(ForeignKey("acquisition_application.id"))
    reference: Mapped[str] = mapped_column(String(64))
    code_hash: Mapped[str] = mapped_column(String(64))
    tries_left: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class SandboxIdentity(Base):
    """Whom the sandbox registers did not know, as they first called themselves; companies have no birth date."""

    __tablename__ = "acquisition_sandbox_identity"

    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(EncryptedText)
    birth_date: Mapped[str] = mapped_column(EncryptedText)
