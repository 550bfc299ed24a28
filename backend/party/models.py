"""Tables of party."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import DateTime, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.infra.database import Base
from backend.infra.encryption import EncryptedText
from backend.party.rules import IndividualStatus


class Individual(Base):
    """A person. The date of birth (ISO) is encrypted."""

    __tablename__ = "party_individual"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    given_name: Mapped[str] = mapped_column(String(120))
    middle_name: Mapped[str] = mapped_column(String(120), default="")
    family_name: Mapped[str] = mapped_column(String(120))
    birth_date: Mapped[str | None] = mapped_column(EncryptedText)
    language: Mapped[str] = mapped_column(String(2))
    status: Mapped[str] = mapped_column(String(12), default=IndividualStatus.INITIALIZED)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)

    identifications: Mapped[list["IndividualIdentification"]] = relationship(lazy="selectin")
    contact_media: Mapped[list["ContactMedium"]] = relationship(lazy="selectin", order_by="ContactMedium.position")


class IndividualIdentification(Base):
    """An identity document's number: encrypted, and unique by its fingerprint."""

    __tablename__ = "party_individual_identification"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    individual_id: Mapped[UUID] = mapped_column(ForeignKey("party_individual.id", ondelete="CASCADE"), index=True)
    identification_type: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(EncryptedText)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)


class ContactMedium(Base):
    """A number or address; the first of its type is the preferred one."""

    __tablename__ = "party_contact_medium"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    individual_id: Mapped[UUID] = mapped_column(ForeignKey("party_individual.id", ondelete="CASCADE"), index=True)
    medium_type: Mapped[str] = mapped_column(String(10))
    value: Mapped[str] = mapped_column(EncryptedText)
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)
    position: Mapped[int]
