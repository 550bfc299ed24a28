"""Tables of party."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.infra.database import Base
from backend.infra.encryption import EncryptedJson, EncryptedText
from backend.party.rules import IndividualStatus, OrganizationStatus, PartyKind

PARTY = "party_party.id"


class Party(Base):
    """Whoever can be answerable for something: a person or an organisation, which share the id."""

    __tablename__ = "party_party"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str] = mapped_column(String(12), default=PartyKind.INDIVIDUAL)


class Individual(Base):
    """A person. The date of birth (ISO) is encrypted; `document` holds what else TMF632 lets say of one."""

    __tablename__ = "party_individual"
    audited = True

    id: Mapped[UUID] = mapped_column(ForeignKey(PARTY, ondelete="CASCADE"), primary_key=True)
    given_name: Mapped[str] = mapped_column(String(120))
    middle_name: Mapped[str] = mapped_column(String(120), default="")
    family_name: Mapped[str] = mapped_column(String(120))
    birth_date: Mapped[str | None] = mapped_column(EncryptedText)
    language: Mapped[str] = mapped_column(String(2))
    status: Mapped[str] = mapped_column(String(12), default=IndividualStatus.INITIALIZED)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=text("'{}'"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)

    identifications: Mapped[list["Identification"]] = relationship(
        lazy="selectin",
        primaryjoin="Individual.id == foreign(Identification.party_id)",
        order_by="Identification.position",
        cascade="all, delete-orphan",
        overlaps="identifications",
    )
    contact_media: Mapped[list["ContactMedium"]] = relationship(
        lazy="selectin",
        primaryjoin="Individual.id == foreign(ContactMedium.party_id)",
        order_by="ContactMedium.position",
        cascade="all, delete-orphan",
        overlaps="contact_media",
    )


class Organization(Base):
    """A company, a branch of one, or a department; `parent_id` makes the hierarchy, of any depth, without cycles."""

    __tablename__ = "party_organization"
    audited = True

    id: Mapped[UUID] = mapped_column(ForeignKey(PARTY, ondelete="CASCADE"), primary_key=True)
    trading_name: Mapped[str] = mapped_column(String(200))
    name: Mapped[str | None] = mapped_column(String(200))
    organization_type: Mapped[str | None] = mapped_column(String(60))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("party_organization.id"), index=True)
    language: Mapped[str] = mapped_column(String(2), default="ar")
    status: Mapped[str] = mapped_column(String(12), default=OrganizationStatus.INITIALIZED)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=text("'{}'"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)

    identifications: Mapped[list["Identification"]] = relationship(
        lazy="selectin",
        primaryjoin="Organization.id == foreign(Identification.party_id)",
        order_by="Identification.position",
        cascade="all, delete-orphan",
        overlaps="identifications",
    )
    contact_media: Mapped[list["ContactMedium"]] = relationship(
        lazy="selectin",
        primaryjoin="Organization.id == foreign(ContactMedium.party_id)",
        order_by="ContactMedium.position",
        cascade="all, delete-orphan",
        overlaps="contact_media",
    )


class Identification(Base):
    """A document's number: encrypted; of the kinds that the operator checks, unique by its fingerprint."""

    __tablename__ = "party_identification"
    audited = True
    __table_args__ = (
        Index(
            "uq_party_identification_fingerprint",
            "fingerprint",
            unique=True,
            postgresql_where=text("identification_type IN ('nationalId', 'commercialRegistration')"),
        ),
        Index("ix_party_identification_fingerprint", "fingerprint"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    party_id: Mapped[UUID] = mapped_column(ForeignKey(PARTY, ondelete="CASCADE"), index=True)
    identification_type: Mapped[str | None] = mapped_column(String(60))
    number: Mapped[str | None] = mapped_column(EncryptedText)
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    document: Mapped[dict[str, Any]] = mapped_column(EncryptedJson, default=dict, nullable=True)


class ContactMedium(Base):
    """A number or address; the first of its type is the preferred one. `characteristic` is TMF632's, encrypted.

    `value` and `fingerprint` repeat its telephone number (E.164) or e-mail address, by which a party is found.
    """

    __tablename__ = "party_contact_medium"
    audited = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    party_id: Mapped[UUID] = mapped_column(ForeignKey(PARTY, ondelete="CASCADE"), index=True)
    medium_type: Mapped[str | None] = mapped_column(String(60))
    value: Mapped[str | None] = mapped_column(EncryptedText)
    fingerprint: Mapped[str | None] = mapped_column(String(64), index=True)
    position: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(EncryptedJson, default=dict, nullable=True)
