"""Tables of acquisition. `acquisition_sandbox_*` belongs to the sandbox register, an outside system."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import DateTime, ForeignKey, Index, Numeric, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.acquisition.rules import ApplicationState
from backend.infra.database import Base
from backend.infra.encryption import EncryptedText


class Application(Base):
    """Somebody's form for a line. What identifies the person is encrypted; dates of birth are ISO."""

    __tablename__ = "acquisition_application"
    __table_args__ = (
        Index(
            "uq_acquisition_application_open",
            "conversation_id",
            unique=True,
            postgresql_where=text("state IN ('draft', 'submitted', 'verified')"),
        ),
        Index("ix_acquisition_application_state", "state", "updated_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    conversation_id: Mapped[UUID | None]
    staff_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(String(14), default=ApplicationState.DRAFT)
    offering_id: Mapped[str | None] = mapped_column(ForeignKey("catalog_product_offering.id"))
    person_name: Mapped[str | None] = mapped_column(EncryptedText)
    national_id: Mapped[str | None] = mapped_column(EncryptedText)
    identity_fingerprint: Mapped[str | None] = mapped_column(String(64), index=True)
    birth_date: Mapped[str | None] = mapped_column(EncryptedText)
    contact_number: Mapped[str | None] = mapped_column(EncryptedText)
    email: Mapped[str | None] = mapped_column(EncryptedText)
    monthly_income: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    place: Mapped[str | None] = mapped_column(String(200))
    terms_accepted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    deposit_accepted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    credit_class: Mapped[str | None] = mapped_column(String(1))
    deposit_amount: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    reasons: Mapped[list[str]] = mapped_column(JSONB, default=list)
    submissions: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    submitted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ordered_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class SandboxIdentity(Base):
    """Somebody whom the sandbox register did not know, as they first called themselves."""

    __tablename__ = "acquisition_sandbox_identity"

    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(EncryptedText)
    birth_date: Mapped[str] = mapped_column(EncryptedText)
