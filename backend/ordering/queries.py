"""Every SELECT of ordering."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from backend.infra.scope import within
from backend.kernel.scope import Scope
from backend.ordering.errors import ProductNotFound, ProductOrderNotFound
from backend.ordering.models import Product, ProductOrder, ProductOrderItem
from backend.ordering.rules import IN_USE


def orders(scope: Scope, *, order_no: str | None = None, state: str | None = None) -> Select[ProductOrder]:
    """The orders in scope; with that number or state."""
    statement = select(ProductOrder).where(within(ProductOrder.party_id, scope))
    for column, value in (
        (ProductOrder.order_no, order_no.strip().upper() if order_no else None),
        (ProductOrder.state, state),
    ):
        statement = statement if value is None else statement.where(column == value)
    return statement


def order(session: Session, order_id: UUID, scope: Scope) -> ProductOrder:
    """The order. Raises ProductOrderNotFound, also for one outside the scope."""
    found = session.scalars(orders(scope).where(ProductOrder.id == order_id)).one_or_none()
    if found is None:
        raise ProductOrderNotFound
    return found


def locked_order(session: Session, order_id: UUID) -> ProductOrder:
    """The order, so that only this transaction works on it. Raises ProductOrderNotFound."""
    found = session.get(ProductOrder, order_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise ProductOrderNotFound
    return found


def order_of_application(session: Session, application_id: UUID) -> ProductOrder | None:
    """The order that the application became."""
    return session.scalars(select(ProductOrder).where(ProductOrder.application_id == application_id)).one_or_none()


def order_item_of(session: Session, product_id: UUID) -> ProductOrderItem | None:
    """The order item by which the product was bought."""
    return session.scalars(select(ProductOrderItem).where(ProductOrderItem.product_id == product_id)).one_or_none()


def products(scope: Scope, *, status: str | None = None) -> Select[Product]:
    """The products in scope; in that status."""
    statement = select(Product)
    statement = statement.where(within(Product.party_id, scope))
    return statement if status is None else statement.where(Product.status == status)


def product(session: Session, product_id: UUID, scope: Scope) -> Product:
    """The product. Raises ProductNotFound, also for one outside the scope."""
    found = session.scalars(products(scope).where(Product.id == product_id)).one_or_none()
    if found is None:
        raise ProductNotFound
    return found


def products_by_id(session: Session, ids: Sequence[UUID]) -> dict[UUID, Product]:
    """These products by id."""
    return {row.id: row for row in session.scalars(select(Product).where(Product.id.in_(ids)))}


def product_by_number(session: Session, msisdn: str) -> Product | None:
    """The product in use on that number."""
    statement = select(Product).where(Product.msisdn == msisdn, Product.status.in_(IN_USE))
    return session.scalars(statement).one_or_none()


def first_start(session: Session) -> datetime | None:
    """When the first product of all went into use."""
    return session.scalar(select(func.min(Product.start_date)))


def products_in_use(session: Session, since: datetime, until: datetime, scope: Scope) -> Iterator[Product]:
    """Every product of the party (None: of all) in use at some moment of [since, until), in a fixed order."""
    ended_later = or_(Product.termination_date.is_(None), Product.termination_date > since)
    statement = products(scope).where(Product.start_date < until, ended_later)
    ordered = statement.order_by(Product.party_id, Product.start_date, Product.id)
    yield from session.scalars(ordered.execution_options(yield_per=500))
