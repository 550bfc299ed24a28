"""Tables of ordering."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import DateTime, ForeignKey, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.infra.database import Base
from backend.ordering.rules import OrderState, ProductStatus


class Product(Base):
    """What a customer has, with the price it was sold at. `msisdn` is its number (E.164), of fixed lines too."""

    __tablename__ = "ordering_product"
    __table_args__ = (
        Index(
            "uq_ordering_product_living_msisdn",
            "msisdn",
            unique=True,
            postgresql_where=text("status NOT IN ('terminated', 'cancelled', 'aborted')"),
        ),
        Index("ix_ordering_product_span", "start_date", "termination_date"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party_party.id"), index=True)
    offering_id: Mapped[str] = mapped_column(ForeignKey("catalog_product_offering.id"))
    status: Mapped[str] = mapped_column(String(20), default=ProductStatus.CREATED)
    price_amount: Mapped[Decimal] = mapped_column(Numeric(12, 4))
    price_currency: Mapped[str] = mapped_column(String(3))
    price_period_length: Mapped[int]
    price_period_unit: Mapped[str] = mapped_column(String(6))
    price_tax_included: Mapped[bool]
    msisdn: Mapped[str | None] = mapped_column(String(16))
    place: Mapped[str | None] = mapped_column(String(200))
    order_date: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    start_date: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    termination_date: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ProductOrder(Base):
    """An order. One application becomes one order, whatever is asked twice."""

    __tablename__ = "ordering_product_order"
    __table_args__ = (Index("ix_ordering_product_order_party", "party_id", "order_date"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    order_no: Mapped[str] = mapped_column(String(20), unique=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("acquisition_application.id"), unique=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party_party.id"))
    conversation_id: Mapped[UUID | None] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(20), default=OrderState.ACKNOWLEDGED)
    language: Mapped[str] = mapped_column(String(2))
    order_date: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    completion_date: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    failure: Mapped[str | None] = mapped_column(String(200))

    items: Mapped[list["ProductOrderItem"]] = relationship(lazy="selectin", order_by="ProductOrderItem.position")


class ProductOrderItem(Base):
    """One product of an order, and what is paid once for it (a refundable deposit, before any tax)."""

    __tablename__ = "ordering_product_order_item"
    __table_args__ = (UniqueConstraint("order_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("ordering_product_order.id", ondelete="CASCADE"))
    position: Mapped[int]
    action: Mapped[str] = mapped_column(String(10), default="add")
    state: Mapped[str] = mapped_column(String(20), default=OrderState.ACKNOWLEDGED)
    offering_id: Mapped[str] = mapped_column(ForeignKey("catalog_product_offering.id"))
    product_id: Mapped[UUID] = mapped_column(ForeignKey("ordering_product.id"), unique=True)
    deposit: Mapped[Decimal | None] = mapped_column(Numeric(12, 4))
