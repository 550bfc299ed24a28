"""Tables of the catalogue."""

from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Numeric, String
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.infra.database import Base


class ProductOffering(Base):
    """An offering, under the id that the operator gave it. `position` is its place in the file."""

    __tablename__ = "catalog_product_offering"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    position: Mapped[int]
    name_ar: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    description_ar: Mapped[str]
    description_en: Mapped[str]
    spellings: Mapped[list[str]] = mapped_column(JSONB)
    kind: Mapped[str] = mapped_column(String(20))
    customer_type: Mapped[str] = mapped_column(String(12))
    lifecycle_status: Mapped[str] = mapped_column(String(12), index=True)
    allowances: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    out_of_bundle: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    contract_months: Mapped[int | None]
    exit_fee_per_month: Mapped[Decimal | None] = mapped_column(Numeric(12, 4))
    eligible_credit_classes: Mapped[list[str]] = mapped_column(ARRAY(String(1)))
    currency: Mapped[str] = mapped_column(String(3))

    prices: Mapped[list["ProductOfferingPrice"]] = relationship(lazy="selectin", cascade="all, delete-orphan")


class ProductOfferingPrice(Base):
    """What an offering costs each period; `period_unit` is day or month."""

    __tablename__ = "catalog_product_offering_price"

    offering_id: Mapped[str] = mapped_column(
        ForeignKey("catalog_product_offering.id", ondelete="CASCADE"), primary_key=True
    )
    price_type: Mapped[str] = mapped_column(String(12), primary_key=True)
    amount: Mapped[Decimal] = mapped_column(Numeric(12, 4))
    period_length: Mapped[int]
    period_unit: Mapped[str] = mapped_column(String(6))
    tax_included: Mapped[bool]
