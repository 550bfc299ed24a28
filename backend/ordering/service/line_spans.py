"""Lines and what was added to them as sets of rows, for those who work on many at once."""

from typing import Any

from sqlalchemy import Select, select

from backend.ordering.models import Product


def line_spans() -> Select[*tuple[Any, ...]]:
    """Every product with a number: whose, as what it was sold, and from when until when it was in use."""
    return select(
        Product.id.label("product_id"),
        Product.party_id,
        Product.offering_id,
        Product.offering_version,
        Product.msisdn,
        Product.start_date.label("since"),
        Product.termination_date.label("until"),
    ).where(
        Product.msisdn.is_not(None),
        Product.party_id.is_not(None),
        Product.offering_id.is_not(None),
        Product.start_date.is_not(None),
    )


def add_on_spans() -> Select[*tuple[Any, ...]]:
    """What was added to lines: to which, as what it was sold, and from when until when it holds."""
    return select(
        Product.id.label("product_id"),
        Product.line_id,
        Product.offering_id,
        Product.offering_version,
        Product.start_date.label("since"),
        Product.termination_date.label("until"),
    ).where(Product.line_id.is_not(None), Product.offering_id.is_not(None), Product.start_date.is_not(None))
