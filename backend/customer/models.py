"""Tables of customer."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, DateTime, ForeignKey, Index, Numeric, String, literal_column, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.customer.rules import CustomerStatus
from backend.infra.database import Base

EMPTY = text("'{}'")
# What is searched of a name: its words. The letters are those of `rules.EITHER_WAY`.
NAME_WORDS: ColumnElement[str] = literal_column("to_tsvector('simple'::regconfig, translate(name, 'أإآٱىة', 'اااايه'))")
# The filter on engagedParty.id (resources.py) as PostgreSQL gets it: written another way it would not find the index.
ENGAGED_PARTY = text("coalesce(CAST(party_id AS VARCHAR), (document['engagedParty'] ->> 'id'))")


class Customer(Base):
    """A party that takes products of ours. `party_id` is empty for a record that refers to a party elsewhere."""

    __tablename__ = "customer_customer"
    audited = True
    counted_by = ("status",)
    __table_args__ = (
        Index("ix_customer_customer_name", "name", "id"),
        Index("ix_customer_customer_status", "status", "id"),
        Index("ix_customer_customer_engaged_party", ENGAGED_PARTY),
        Index("ix_customer_customer_name_words", NAME_WORDS, postgresql_using="gin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("party_party.id"), unique=True)
    name: Mapped[str] = mapped_column(String(250))
    status: Mapped[str] = mapped_column(String(40), default=CustomerStatus.ACTIVE)
    credit_class: Mapped[str | None] = mapped_column(String(1))
    credit_limit: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    document: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=EMPTY)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class PartyRole(Base):
    """A role that a party plays. Of an authorised contact, person, organisation, rights and limit are columns too."""

    __tablename__ = "customer_party_role"
    audited = True
    __table_args__ = (
        Index(
            "uq_customer_party_role_contact",
            "party_id",
            "organization_id",
            unique=True,
            postgresql_where=text("organization_id IS NOT NULL AND ended_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(String(120), index=True)
    status: Mapped[str | None] = mapped_column(String(40))
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("party_party.id"), index=True)
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("party_organization.id"), index=True)
    rights: Mapped[list[str]] = mapped_column(ARRAY(String(12)), default=list, server_default=EMPTY)
    order_limit: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    document: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=EMPTY)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
