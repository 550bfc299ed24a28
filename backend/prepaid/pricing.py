"""What a use beyond the bundles costs on a prepaid line, by the same rates as everybody's; list prices include VAT."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.prepaid.rules import Price, UsageType
from backend.rating import service as rating
from backend.rating.errors import NothingRates
from backend.usage.rules import BYTES_A_MEGABYTE


def price_of(
    session: Session, product_id: UUID, kind: UsageType, destination: str | None, at: datetime
) -> Price | None:
    """The price of a kind of use on the line; None when it cannot be used beyond its bundles."""
    try:
        found = rating.unit_price(session, product_id=product_id, kind=kind.value, destination=destination, at=at)
    except NothingRates:
        return None
    unit = Decimal(BYTES_A_MEGABYTE if kind is UsageType.DATA else 1)
    return Price(
        found.price,
        found.unit_size / unit,
        found.connect_fee,
        first=found.first / unit,
        increment=found.increment / unit,
    )
