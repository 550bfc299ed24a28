"""What a use beyond the bundles costs on a prepaid line: the out-of-bundle prices of the offering that was sold."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.catalog import service as catalog
from backend.ordering import service as ordering
from backend.prepaid.rules import Price, UsageType


def price_of(
    session: Session, product_id: UUID, kind: UsageType, _destination: str | None, _at: datetime
) -> Price | None:
    """The price of a kind of use on the line, tax included; None when it cannot be used beyond its bundles."""
    offering = catalog.offering(session, ordering.product(session, product_id).offering_id)
    for beyond in offering.out_of_bundle:
        if beyond.usage == kind:
            return Price(beyond.price.value, Decimal(beyond.unit_size))
    return None
