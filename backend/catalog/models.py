"""Tables of the catalogue."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import DateTime, ForeignKey, Index, LargeBinary, Numeric, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.infra.database import Base

EMPTY = text("'{}'")


class Published:
    """What every published thing of the catalogue has.

    `document` is its TMF620 JSON as searched (English), `said` what callers of the API said of it beyond our columns;
    `by_file` says that the operator's file brought it.
    """

    id: Mapped[str] = mapped_column(String(160), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    by_file: Mapped[bool] = mapped_column(default=False)
    name_ar: Mapped[str]
    name_en: Mapped[str]
    lifecycle_status: Mapped[str | None] = mapped_column(String(60), index=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=EMPTY)
    said: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=EMPTY)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ProductOffering(Published, Base):
    """An offering, under the id that the operator gave it. `position` is its place in the file.

    `kind` is None while nobody has said what it is. The columns show the version that is sold on `shown_on`; on
    `changes_on` another one is.
    """

    __tablename__ = "catalog_product_offering"
    audited = True

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    kind: Mapped[str | None] = mapped_column(String(20))
    customer_type: Mapped[str | None] = mapped_column(String(12))
    shown_on: Mapped[date | None]
    changes_on: Mapped[date | None]

    versions: Mapped[list["ProductOfferingVersion"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="ProductOfferingVersion.id"
    )


class ProductOfferingVersion(Base):
    """The terms of an offering over some days. `withdrawn`: the file no longer has it; who bought it keeps it.

    `terms` is what is not money: texts, kind, allowances, conditions. `price_ids` are its prices, in order.
    """

    __tablename__ = "catalog_product_offering_version"
    audited = True
    __table_args__ = (UniqueConstraint("offering_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    offering_id: Mapped[str] = mapped_column(ForeignKey("catalog_product_offering.id", ondelete="CASCADE"))
    version: Mapped[str] = mapped_column(String(60))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    withdrawn: Mapped[bool] = mapped_column(default=False)
    terms: Mapped[dict[str, Any]] = mapped_column(JSONB)
    exit_fee_per_month: Mapped[Decimal | None] = mapped_column(Numeric(12, 4))
    currency: Mapped[str] = mapped_column(String(3))
    price_ids: Mapped[list[str]] = mapped_column(ARRAY(String(160)))


class ProductOfferingPrice(Published, Base):
    """A price: recurring, oneTime, usage, or discount. `subject` says of what: the one-off's type, the kind of usage.

    `period_length` and `period_unit` are of a recurring price; `months` how long it is paid or given; `unit_size` the
    seconds, messages or megabytes that one price of usage buys; `percentage` and `amount` exclude each other.
    """

    __tablename__ = "catalog_product_offering_price"
    audited = True

    price_type: Mapped[str | None] = mapped_column(String(60))
    subject: Mapped[str | None] = mapped_column(String(20))
    amount: Mapped[Decimal | None] = mapped_column(Numeric(16, 4))
    percentage: Mapped[Decimal | None] = mapped_column(Numeric(10, 4))
    currency: Mapped[str | None] = mapped_column(String(3))
    period_length: Mapped[int | None]
    period_unit: Mapped[str | None] = mapped_column(String(60))
    months: Mapped[int | None]
    unit_size: Mapped[int | None]
    monthly_cap: Mapped[Decimal | None] = mapped_column(Numeric(12, 4))
    tax_included: Mapped[bool] = mapped_column(default=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class Catalog(Published, Base):
    """A catalogue: the operator's own, and any that callers add."""

    __tablename__ = "catalog_catalog"


class Category(Published, Base):
    """A group of offerings."""

    __tablename__ = "catalog_category"


class ProductSpecification(Published, Base):
    """What a kind of product is made of, whatever it costs."""

    __tablename__ = "catalog_product_specification"


class JobRow:
    """An import or export of the whole catalogue."""

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ImportJob(JobRow, Base):
    """A file of the catalogue folder that was loaded, or could not be."""

    __tablename__ = "catalog_import_job"


class ExportJob(JobRow, Base):
    """The catalogue written to a file of the catalogue folder."""

    __tablename__ = "catalog_export_job"


class CatalogLoad(Base):
    """A catalogue file that somebody handed in, with what became of it: "loaded", or "refused" and why."""

    __tablename__ = "catalog_load"
    audited = True
    __table_args__ = (Index("ix_catalog_load_loaded_at", "loaded_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(String(255))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    loaded_by: Mapped[str] = mapped_column(String(120))
    loaded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    outcome: Mapped[str] = mapped_column(String(10))
    mistakes: Mapped[list[str]] = mapped_column(JSONB)
    offerings: Mapped[int]
