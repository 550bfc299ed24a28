"""Every SELECT of the catalogue."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Select, exists, false, func, or_, select, text
from sqlalchemy.orm import Session

from backend.catalog.errors import CatalogLoadNotFound
from backend.catalog.models import CatalogLoad, ProductOffering, ProductOfferingPrice, ProductOfferingVersion
from backend.infra.database import Base
from backend.kernel.scope import Scope

Row = TypeVar("Row")


def offerings(*, lifecycle_status: str | None = None, kind: str | None = None) -> Select[ProductOffering]:
    """The offerings with those attributes, in the operator's order."""
    wanted = {"lifecycle_status": lifecycle_status, "kind": kind}
    asked = {name: value for name, value in wanted.items() if value is not None}
    return select(ProductOffering).filter_by(**asked).order_by(ProductOffering.position, ProductOffering.id)


def offering(session: Session, offering_id: str) -> ProductOffering | None:
    """The offering of that id."""
    return session.get(ProductOffering, offering_id)


def offerings_of(session: Session, ids: Iterable[str]) -> Sequence[ProductOffering]:
    """The offerings of these ids, as many as there are."""
    return session.scalars(offerings().where(ProductOffering.id.in_(set(ids)))).all()


def offerings_by_file(session: Session) -> Sequence[ProductOffering]:
    """Every offering that a file brought, locked: one load at a time changes them."""
    return session.scalars(offerings().where(ProductOffering.by_file).with_for_update()).all()


def offerings_to_show_anew(session: Session, today: date) -> Sequence[ProductOffering]:
    """The offerings of which another version is sold by now than the one that is shown, locked."""
    stale = or_(ProductOffering.changes_on <= today, ProductOffering.shown_on > today)
    return session.scalars(offerings().where(stale).with_for_update()).all()


def offerings_with_price(session: Session, price_id: str) -> Sequence[ProductOffering]:
    """The offerings of which some version has that price."""
    holding = select(ProductOfferingVersion.offering_id).where(ProductOfferingVersion.price_ids.contains([price_id]))
    return session.scalars(offerings().where(ProductOffering.id.in_(holding))).all()


def last_position(session: Session) -> int:
    """The place of the last offering; -1 when there is none."""
    last = session.scalar(select(func.max(ProductOffering.position)))
    return -1 if last is None else last


def prices(session: Session, ids: Iterable[str]) -> dict[str, ProductOfferingPrice]:
    """The prices of these ids, as many as there are."""
    wanted = set(ids)
    if not wanted:
        return {}
    found = session.scalars(select(ProductOfferingPrice).where(ProductOfferingPrice.id.in_(wanted)))
    return {price.id: price for price in found}


def by_file(session: Session, model: type[Row]) -> dict[str, Row]:
    """What a file brought of that kind, by id."""
    return {row.id: row for row in session.scalars(select(model).where(model.by_file))}  # type: ignore[attr-defined]


def everything(model: type[Any]) -> Any:
    """A `visible` of TMF630: the catalogue is no secret, so anyone may see all of it, in the operator's order."""

    def visible(_: Scope) -> Select[Any]:
        return select(model).order_by(model.position, model.id)

    return visible


def jobs(model: type[Any]) -> Any:
    """A `visible` of TMF630 for jobs: for staff and API clients only, the latest first."""

    def visible(scope: Scope) -> Select[Any]:
        statement = select(model).order_by(model.created_at.desc())
        return statement if scope is None else statement.where(false())

    return visible


def loads() -> Select[CatalogLoad]:
    """Every file that was handed in, the latest first."""
    return select(CatalogLoad).order_by(CatalogLoad.loaded_at.desc(), CatalogLoad.id.desc())


def last_load(session: Session) -> CatalogLoad | None:
    """The file that the catalogue was made from."""
    return session.scalars(loads().where(CatalogLoad.outcome == "loaded").limit(1)).one_or_none()


def lock_catalog(session: Session) -> None:
    """One load at a time, until the transaction ends."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtext('catalog'))"))


def is_referred_to(session: Session, offering_id: str) -> bool:
    """Whether a record of any domain (product, order, application) or a bundle names the offering."""
    bundling = ProductOfferingVersion.terms["bundled"].contains([offering_id])
    if session.scalar(select(exists().where(bundling))):
        return True
    own = ProductOfferingVersion.__table__
    columns = [
        key.parent
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column is ProductOffering.__table__.c.id and table is not own
    ]
    return any(session.scalar(select(exists().where(column == offering_id))) for column in columns)


def load(session: Session, load_id: int) -> CatalogLoad:
    """The load of that number. Raises CatalogLoadNotFound."""
    found = session.get(CatalogLoad, load_id) if load_id < 2**31 else None
    if found is None:
        raise CatalogLoadNotFound
    return found
