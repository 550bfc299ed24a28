"""Tables of provisioning. `provisioning_sandbox_*` belong to the sandbox network, an outside system."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Date, DateTime, ForeignKey, Identity, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.infra.database import Base
from backend.infra.encryption import EncryptedText
from backend.provisioning.rules import DifferenceState, NumberState, PortingState, ReservationState, SimState

EMPTY = text("'{}'")


class Service(Base):
    """What carries a product on the network (customer facing), or a part of that (resource facing, with a parent).

    A product has one customer-facing service; a number serves one living service. A record that was brought from
    elsewhere may have no product, party or number. `document` holds what else TMF638 lets say of it.
    """

    __tablename__ = "provisioning_service"
    audited = True
    counted_by = ("state",)
    __table_args__ = (
        Index(
            "uq_provisioning_service_living_number",
            "number",
            unique=True,
            postgresql_where=text("state <> 'terminated'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    product_id: Mapped[UUID | None] = mapped_column(unique=True)
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("party_party.id"), index=True)
    parent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("provisioning_service.id", ondelete="CASCADE"), index=True
    )
    category: Mapped[str | None] = mapped_column(String(60))
    name: Mapped[str | None] = mapped_column(String(200))
    kind: Mapped[str | None] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(20))
    number: Mapped[str | None] = mapped_column(ForeignKey("provisioning_number.number"))
    iccid: Mapped[str | None] = mapped_column(String(20), unique=True)
    roaming: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    start_date: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    end_date: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    document: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=EMPTY)


class Number(Base):
    """A number (E.164) that the operator may give, or that came along from another operator (`ported`).

    `free_at` is when a reservation or a quarantine ends by itself; `holder` is whom a reservation is for.
    """

    __tablename__ = "provisioning_number"
    __table_args__ = (
        Index("ix_provisioning_number_available", "kind", "number", postgresql_where=text("state = 'available'")),
        Index("ix_provisioning_number_free_at", "free_at", postgresql_where=text("free_at IS NOT NULL")),
        Index("ix_provisioning_number_holder", "holder", postgresql_where=text("holder IS NOT NULL")),
    )

    number: Mapped[str] = mapped_column(String(16), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(12), default=NumberState.AVAILABLE)
    holder: Mapped[str | None] = mapped_column(String(80))
    free_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ported: Mapped[bool] = mapped_column(default=False, server_default=text("false"))


class NumberReservation(Base):
    """A number set aside for somebody who is still choosing (`holder`: a conversation or a member of staff)."""

    __tablename__ = "provisioning_number_reservation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    number: Mapped[str] = mapped_column(ForeignKey("provisioning_number.number"), index=True)
    holder: Mapped[str] = mapped_column(String(80), index=True)
    state: Mapped[str] = mapped_column(String(10), default=ReservationState.ACTIVE)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Sim(Base):
    """A SIM card or eSIM; its serial makes its ICCID."""

    __tablename__ = "provisioning_sim"

    serial: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(ForeignKey("provisioning_number.number"), index=True)
    kind: Mapped[str] = mapped_column(String(4), default="sim", server_default="sim")
    state: Mapped[str] = mapped_column(String(10), default=SimState.IN_USE, server_default="inUse")


class AccessPort(Base):
    """A port of an exchange: a fibre line stands on one. `area` is the operator's English name of the place."""

    __tablename__ = "provisioning_access_port"
    __table_args__ = (
        Index("ix_provisioning_access_port_free", "area", "id", postgresql_where=text("service_id IS NULL")),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    area: Mapped[str] = mapped_column(String(60))
    service_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("provisioning_service.id", ondelete="SET NULL"), unique=True
    )


class PortingRequest(Base):
    """A number coming along from another operator. `request_id` is the same request, however often it is made.

    `reason` is why the other operator refused (PortingReason); `account` is what identifies the holder there.
    """

    __tablename__ = "provisioning_porting_request"
    audited = True
    __table_args__ = (
        Index(
            "uq_provisioning_porting_request_open",
            "number",
            unique=True,
            postgresql_where=text("state IN ('requested', 'confirmed')"),
        ),
        Index("ix_provisioning_porting_request_state", "state", "cut_over_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    request_id: Mapped[str] = mapped_column(String(80), unique=True)
    product_id: Mapped[UUID] = mapped_column(index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party_party.id"), index=True)
    number: Mapped[str] = mapped_column(String(16))
    donor: Mapped[str] = mapped_column(String(60))
    account: Mapped[str] = mapped_column(EncryptedText)
    desired_date: Mapped[date | None] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(10), default=PortingState.REQUESTED)
    reason: Mapped[str | None] = mapped_column(String(20))
    temporary_number: Mapped[str | None] = mapped_column(String(16))
    cut_over_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Reconciliation(Base):
    """One comparison of what the network carries with what we sold."""

    __tablename__ = "provisioning_reconciliation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    network_lines: Mapped[int] = mapped_column(BigInteger, default=0)
    sold_lines: Mapped[int] = mapped_column(BigInteger, default=0)
    differences: Mapped[int] = mapped_column(BigInteger, default=0)


class Difference(Base):
    """Where network and sales differ about a number; `ours` and `theirs` say how."""

    __tablename__ = "provisioning_difference"
    __table_args__ = (Index("ix_provisioning_difference_report", "reconciliation_id", "state", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    reconciliation_id: Mapped[UUID] = mapped_column(ForeignKey("provisioning_reconciliation.id", ondelete="CASCADE"))
    number: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(20))
    service_id: Mapped[UUID | None]
    ours: Mapped[str | None] = mapped_column(String(40))
    theirs: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10), default=DifferenceState.OPEN, server_default="open")
    error: Mapped[str | None] = mapped_column(String(300))
    repaired_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class SandboxLine(Base):
    """A line as the sandbox network knows it."""

    __tablename__ = "provisioning_sandbox_line"

    msisdn: Mapped[str] = mapped_column(String(16), primary_key=True)
    iccid: Mapped[str | None] = mapped_column(String(20))
    profile: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12))
    roaming: Mapped[bool] = mapped_column(default=False, server_default=text("false"))


class SandboxRequest(Base):
    """A change that the sandbox network carried out; coming again it is answered, not repeated."""

    __tablename__ = "provisioning_sandbox_request"
    __table_args__ = (Index("ix_provisioning_sandbox_request_line", "msisdn", "at"),)

    request_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    msisdn: Mapped[str] = mapped_column(String(16))
    operation: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
