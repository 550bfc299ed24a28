"""Tables of usage."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, Numeric, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.infra.database import Base
from backend.infra.tmf630.documents import DocumentRow
from backend.usage.rules import NETWORK, FileState, SuspenseState, UsageStatus

EMPTY = text("'{}'")


class Usage(Base):
    """One call, message, data session or event; `record_id` makes a record of one source count once.

    `quantity` is in seconds, messages, megabytes or events, `units` the same in whole seconds, messages, bytes or
    events. `destination` is who was called, `visited` the foreign network that carried it (MCC and MNC), `parts` how
    many partial records it was made of. `product_id` is None while nobody is known to have used it.
    """

    __tablename__ = "usage_usage"
    audited = True
    counted_by = ("status",)
    __table_args__ = (
        Index("uq_usage_usage_record", "source", "record_id", unique=True),
        Index("ix_usage_usage_product", "product_id", "started_at"),
        Index("ix_usage_usage_started_at", "started_at", "id"),
        Index(
            "ix_usage_usage_open",
            "status",
            "started_at",
            "id",
            postgresql_where=text("status NOT IN ('rated', 'rerated')"),
        ),
        Index("ix_usage_usage_unrated", "product_id", postgresql_where=text("status = 'guided'")),
        Index("ix_usage_usage_file_id", "file_id", postgresql_where=text("file_id IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, server_default=text("gen_random_uuid()"))
    source: Mapped[str] = mapped_column(String(60), default=NETWORK, server_default=NETWORK)
    record_id: Mapped[str] = mapped_column(String(160))
    product_id: Mapped[UUID | None]
    status: Mapped[str] = mapped_column(String(10), default=UsageStatus.GUIDED, server_default="guided")
    kind: Mapped[str] = mapped_column(String(10))
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    quantity: Mapped[Decimal] = mapped_column(Numeric(20, 6))
    units: Mapped[int] = mapped_column(BigInteger)
    calling: Mapped[str | None] = mapped_column(String(40))
    destination: Mapped[str | None] = mapped_column(String(40))
    visited: Mapped[str | None] = mapped_column(String(12))
    parts: Mapped[int] = mapped_column(default=1, server_default="1")
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("usage_file.id"))
    line_no: Mapped[int | None]
    collected_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    document: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=EMPTY)


class UsageFile(Base):
    """A file of records: what became of it, and of each line of it. `kept_as` is where a copy of it rests."""

    __tablename__ = "usage_file"
    __table_args__ = (
        Index("uq_usage_file_sha256", "sha256", unique=True),
        Index("ix_usage_file_source", "source", "sequence"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(60))
    sequence: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(10), default=FileState.RECEIVED)
    counts: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=EMPTY)
    reason: Mapped[str | None] = mapped_column(String(500))
    kept_as: Mapped[str | None] = mapped_column(String(300))
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    loaded_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class SuspendedRecord(Base):
    """A record that could not become usage: why, the line as it came, and what was read from it.

    Those whose subscriber was unknown wait to be tried again; the others are kept as rejected.
    """

    __tablename__ = "usage_suspended_record"
    audited = True
    __table_args__ = (
        Index("uq_usage_suspended_record_line", "file_id", "line_no", unique=True),
        Index("ix_usage_suspended_record_state", "state", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, server_default=text("gen_random_uuid()"))
    file_id: Mapped[UUID] = mapped_column(ForeignKey("usage_file.id"))
    line_no: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default=SuspenseState.SUSPENDED)
    reason: Mapped[str] = mapped_column(String(40))
    raw: Mapped[str]
    record_id: Mapped[str | None] = mapped_column(String(160))
    record: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=EMPTY)
    noted_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    settled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Collection(Base):
    """Until when a line's records have been collected from the network."""

    __tablename__ = "usage_collection"

    product_id: Mapped[UUID] = mapped_column(ForeignKey("ordering_product.id"), primary_key=True)
    until: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class UsageSpecification(DocumentRow, Base):
    """What a kind of usage is made of (TMF635), kept as callers wrote it."""

    __tablename__ = "usage_specification"
