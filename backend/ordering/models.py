"""Tables of ordering."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime, ForeignKey, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.infra.database import Base
from backend.infra.encryption import EncryptedJson
from backend.ordering.rules import CancelState, OrderState, ProductStatus, TaskState

EMPTY = text("'{}'")
NOTHING = text("'[]'")


class Product(Base):
    """What a customer has, with the price it was sold at. `msisdn` is its number (E.164), of fixed lines too.

    `line_id` is the line that an add-on relies on, `resume_at` when a pause ends, `offering_version` the version of the
    offering that was sold, whose prices hold for it. A record that was brought from
    elsewhere may have no party, offering or price; then the business leaves it alone. `document` holds what else
    TMF637 lets say of it.
    """

    __tablename__ = "ordering_product"
    audited = True
    counted_by = ("status", "offering_id")
    __table_args__ = (
        Index(
            "uq_ordering_product_living_msisdn",
            "msisdn",
            unique=True,
            postgresql_where=text("status NOT IN ('terminated', 'cancelled', 'aborted ')"),
        ),
        Index(
            "ix_ordering_product_document",
            "document",
            postgresql_using="gin",
            postgresql_ops={"document": "jsonb_path_ops"},
        ),
        Index("ix_ordering_product_offering", "offering_id", "id"),
        Index("ix_ordering_product_status", "status", "id"),
        Index("ix_ordering_product_msisdn", "msisdn"),
        Index("ix_ordering_product_newest", text("start_date DESC NULLS LAST"), text("id DESC")),
        Index("ix_ordering_product_span", "start_date", "termination_date"),
        Index("ix_ordering_product_resume_at", "resume_at", postgresql_where=text("resume_at IS NOT NULL")),
        Index(
            "ix_ordering_product_ending",
            "termination_date",
            postgresql_where=text("status IN ('active', 'suspended') AND termination_date IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("party_party.id"), index=True)
    offering_id: Mapped[str | None] = mapped_column(ForeignKey("catalog_product_offering.id"))
    offering_version: Mapped[str | None] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20), default=ProductStatus.CREATED)
    name: Mapped[str | None] = mapped_column(String(200))
    price_amount: Mapped[Decimal | None] = mapped_column(Numeric(12, 4))
    price_currency: Mapped[str | None] = mapped_column(String(3))
    price_period_length: Mapped[int | None]
    price_period_unit: Mapped[str | None] = mapped_column(String(6))
    price_tax_included: Mapped[bool | None]
    msisdn: Mapped[str | None] = mapped_column(String(16))
    place: Mapped[str | None] = mapped_column(String(200))
    line_id: Mapped[UUID | None] = mapped_column(ForeignKey("ordering_product.id"), index=True)
    order_date: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    start_date: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    termination_date: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    resume_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    document: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=EMPTY)


class Suspension(Base):
    """A span in which a product did not work: paused, blocked or suspended; `ended_at` is None while it lasts."""

    __tablename__ = "ordering_suspension"
    __table_args__ = (
        Index("uq_ordering_suspension_open", "product_id", unique=True, postgresql_where=text("ended_at IS NULL")),
        Index("ix_ordering_suspension_product_id", "product_id", "began_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    product_id: Mapped[UUID] = mapped_column(ForeignKey("ordering_product.id"))
    began_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ProductOrder(Base):
    """An order. One application becomes one order, whatever is asked twice.

    `missing` names what it still lacks: [{"item": id or null, "what": code}]. `document` holds the body as it was said.
    """

    __tablename__ = "ordering_product_order"
    audited = True
    counted_by = ("state",)
    __table_args__ = (
        Index("ix_ordering_product_order_party", "party_id", "order_date"),
        Index("ix_ordering_product_order_state", "state", "order_date"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    order_no: Mapped[str] = mapped_column(String(20), unique=True)
    external_id: Mapped[str | None] = mapped_column(String(200), index=True)
    application_id: Mapped[UUID | None] = mapped_column(ForeignKey("acquisition_application.id"), unique=True)
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("party_party.id"))
    conversation_id: Mapped[UUID | None] = mapped_column(index=True)
    placed_by: Mapped[str | None] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(24), default=OrderState.ACKNOWLEDGED)
    language: Mapped[str] = mapped_column(String(2))
    order_date: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    requested_start_date: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    requested_completion_date: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    expected_completion_date: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    completion_date: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    cancellation_date: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    cancellation_reason: Mapped[str | None]
    failure: Mapped[str | None] = mapped_column(String(200))
    missing: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list, server_default=NOTHING)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=EMPTY)

    items: Mapped[list["ProductOrderItem"]] = relationship(
        lazy="selectin", order_by="ProductOrderItem.position", cascade="all, delete-orphan"
    )


class ProductOrderItem(Base):
    """One item of an order, and what is paid once for it (a refundable deposit, before any tax).

    `product_id` is what it makes or changes; `successor_id` the product that a plan change leads to. `kind` is ours
    (ItemKind), None while the order lacks something. `outcome` is where an item that is being undone will end, and
    `failure` why: {"code", "detail", "ar", "en"}. `secrets` holds what of the item must not be read.
    """

    __tablename__ = "ordering_product_order_item"
    audited = True
    __table_args__ = (UniqueConstraint("order_id", "position"), UniqueConstraint("order_id", "item_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("ordering_product_order.id", ondelete="CASCADE"))
    position: Mapped[int]
    item_id: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(10), default="add")
    kind: Mapped[str | None] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(24), default=OrderState.ACKNOWLEDGED)
    offering_id: Mapped[str | None] = mapped_column(ForeignKey("catalog_product_offering.id"))
    product_id: Mapped[UUID | None] = mapped_column(ForeignKey("ordering_product.id"), index=True)
    successor_id: Mapped[UUID | None] = mapped_column(ForeignKey("ordering_product.id"), index=True)
    deposit: Mapped[Decimal | None] = mapped_column(Numeric(12, 4))
    outcome: Mapped[str | None] = mapped_column(String(10))
    failure: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    secrets: Mapped[dict[str, Any]] = mapped_column(EncryptedJson, default=dict, nullable=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=EMPTY)


class OrderTask(Base):
    """A step of an item. Its id is the idempotency key of what it asks of outside systems.

    `state` is the step's own; `attempts` and `error` tell how often it was tried in vain, and why.
    """

    __tablename__ = "ordering_order_task"
    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        Index(
            "ix_ordering_order_task_due",
            "due_at",
            postgresql_where=text("state = 'pending' AND due_at IS NOT NULL"),
        ),
        Index(
            "ix_ordering_order_task_stuck",
            "stuck_at",
            postgresql_where=text("stuck_at IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("ordering_product_order.id", ondelete="CASCADE"))
    item_id: Mapped[UUID] = mapped_column(ForeignKey("ordering_product_order_item.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    step: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12), default=TaskState.PENDING)
    due_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(500))
    done_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    stuck_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    settled_by: Mapped[str | None] = mapped_column(String(80))

    @property
    def item_key(self) -> str:
        """The item that it is done for, as rules know it."""
        return str(self.item_id)


class CancelProductOrder(Base):
    """A wish to cancel an order, and what became of it."""

    __tablename__ = "ordering_cancel_product_order"
    audited = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("ordering_product_order.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(20), default=CancelState.ACCEPTED)
    cancellation_reason: Mapped[str | None]
    requested_date: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    effective_date: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    document: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=EMPTY)
