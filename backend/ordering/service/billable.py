"""What a bill is made of: products as billing sees them, as sets of rows."""

from datetime import date
from typing import Any

from sqlalchemy import Date, Subquery, case, cast, func, or_, select
from sqlalchemy.orm import Session

from backend.infra.database import Rows, clock_of
from backend.ordering.models import Product, ProductOrderItem, Suspension
from backend.ordering.queries import NEVER_SOLD
from backend.ordering.rules import MAKING


def sold_products(session: Session, parties: Subquery) -> Rows:
    """Every product that has begun of these parties (column party_id), ended ones too.

    Columns: product_id, party_id, offering_id, offering_version (None: not known), price_amount, period_length,
    period_unit, tax_included, number, line_id, and the operator's dates ordered, started, ended (the last day; one
    replaced on the day it began ends before it starts).
    """
    return (
        select(
            Product.id.label("product_id"),
            Product.party_id,
            Product.offering_id,
            Product.offering_version,
            func.coalesce(Product.price_amount, 0).label("price_amount"),
            func.coalesce(Product.price_period_length, 1).label("period_length"),
            func.coalesce(Product.price_period_unit, "month").label("period_unit"),
            func.coalesce(Product.price_tax_included, False).label("tax_included"),
            Product.msisdn.label("number"),
            Product.line_id,
            _day(session, func.coalesce(Product.order_date, Product.start_date)).label("ordered"),
            _day(session, Product.start_date).label("started"),
            _last_day(session).label("ended"),
        )
        .join(parties, parties.c.party_id == Product.party_id)
        .where(Product.offering_id.is_not(None), Product.status.not_in(NEVER_SOLD), Product.start_date.is_not(None))
    )


def parties_served(session: Session, offerings: Rows, first: date, last: date) -> Rows:
    """Who had one of the offerings on some day of the span. Column: party_id."""
    day, ended = _day(session, Product.start_date), _last_day(session)
    return (
        select(Product.party_id)
        .where(
            Product.party_id.is_not(None),
            Product.offering_id.in_(offerings),
            Product.status.not_in(NEVER_SOLD),
            day <= last,
            or_(ended.is_(None), (ended >= first) & (ended >= day)),
        )
        .distinct()
    )


def parties_of(products: Subquery, offerings: Rows) -> Rows:
    """Whose these products (column product_id) are, as far as they are of the offerings. Column: party_id."""
    return (
        select(Product.party_id)
        .join(products, products.c.product_id == Product.id)
        .where(Product.party_id.is_not(None), Product.offering_id.in_(offerings))
        .distinct()
    )


def parties_done(session: Session, offerings: Rows, first: date, last: date) -> Rows:
    """Who has had some of the offerings and has none any more, since a day of the span. Columns: party_id, ended."""
    day, ended = _day(session, Product.start_date), _last_day(session)
    return (
        select(Product.party_id, func.max(ended).label("ended"))
        .where(
            Product.party_id.is_not(None),
            Product.offering_id.in_(offerings),
            Product.status.not_in(NEVER_SOLD),
            day.is_not(None),
        )
        .group_by(Product.party_id)
        .having(func.bool_and(ended.is_not(None)) & func.max(ended).between(first, last))
    )


def suspended_days(session: Session, products: Subquery) -> Rows:
    """The days on which these products (column product_id) did not work, from `first` to `last` (None: still).

    The day on which one works again is served. Columns: product_id, first, last.
    """
    return select(
        Suspension.product_id,
        _day(session, Suspension.began_at).label("first"),
        (_day(session, Suspension.ended_at) - 1).label("last"),
    ).join(products, products.c.product_id == Suspension.product_id)


def deposits_agreed(products: Subquery) -> Rows:
    """Deposits that were agreed when these products (column product_id) were ordered. Columns: product_id, deposit."""
    bought = (ProductOrderItem.product_id == products.c.product_id) & ProductOrderItem.kind.in_(MAKING - {"planChange"})
    made = or_(bought, ProductOrderItem.successor_id == products.c.product_id)
    return (
        select(products.c.product_id, func.max(ProductOrderItem.deposit).label("deposit"))
        .join(ProductOrderItem, made)
        .where(ProductOrderItem.deposit > 0)
        .group_by(products.c.product_id)
    )


def plan_changes(products: Subquery) -> Rows:
    """Which of these products (column product_id) ended because another plan took their place.

    Columns: product_id, successor_id.
    """
    return (
        select(products.c.product_id, ProductOrderItem.successor_id)
        .join(ProductOrderItem, ProductOrderItem.product_id == products.c.product_id)
        .join(Product, Product.id == ProductOrderItem.successor_id)
        .where(Product.status.not_in(NEVER_SOLD), Product.start_date.is_not(None))
        .distinct()
    )


def _day(session: Session, moment: Any) -> Any:
    return cast(func.timezone(clock_of(session).zone.key, moment), Date)


def _last_day(session: Session) -> Any:
    """The last day of use; of a product that never was in use, the day before it began."""
    unused = Product.termination_date <= Product.start_date
    return case((unused, _day(session, Product.start_date) - 1), else_=_day(session, Product.termination_date))
