"""Tables of provisioning. `provisioning_sandbox_*` belong to the sandbox network, an outside system."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, DateTime, ForeignKey, Identity, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.infra.database import Base
from backend.provisioning.rules import NumberState


class Service(Base):
    """What carries a product on the network. One service a product; a number serves one living service."""

    __tablename__ = "provisioning_service"
    __table_args__ = (
        Index(
            "uq_provisioning_service_living_number",
            "number",
            unique=True,
            postgresql_where=text("state <> 'terminated'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    product_id: Mapped[UUID] = mapped_column(unique=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party_party.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(ForeignKey("provisioning_number.number"))
    iccid: Mapped[str | None] = mapped_column(String(20), unique=True)
    start_date: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    end_date: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Number(Base):
    """A number (E.164) that the operator may give."""

    __tablename__ = "provisioning_number"
    __table_args__ = (
        Index("ix_provisioning_number_available", "kind", "number", postgresql_where=text("state = 'available'")),
    )

    number: Mapped[str] = mapped_column(String(16), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(12), default=NumberState.AVAILABLE)


class Sim(Base):
    """A SIM card; its serial makes its ICCID."""

    __tablename__ = "provisioning_sim"

    serial: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(ForeignKey("provisioning_number.number"), index=True)


class SandboxLine(Base):
    """A line as the sandbox network knows it."""

    __tablename__ = "provisioning_sandbox_line"

    msisdn: Mapped[str] = mapped_column(String(16), primary_key=True)
    iccid: Mapped[str | None] = mapped_column(String(20))
    profile: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12))


class SandboxRequest(Base):
    """A change that the sandbox network carried out; coming again it is answered, not repeated."""

    __tablename__ = "provisioning_sandbox_request"
    __table_args__ = (Index("ix_provisioning_sandbox_request_line", "msisdn", "at"),)

    request_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    msisdn: Mapped[str] = mapped_column(String(16))
    operation: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
