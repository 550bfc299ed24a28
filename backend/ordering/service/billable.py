"""What a bill is made of: the postpaid products of a party in a period, as billing sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.catalog.rules import OfferingKind
from backend.kernel.period import Period
from backend.kernel.text import Bilingual
from backend.ordering.service.inventory import ProductView, deposit_of, products_active_in


@dataclass(frozen=True, slots=True)
class BillableProduct:
    """A postpaid product: price a month before tax, operator's dates of first and last day, E.164 number."""

    product_id: UUID
    offering_id: str
    name: Bilingual
    price: Decimal
    start: date
    end: date | None
    number: str
    deposit: Decimal | None


def billable_products(session: Session, party_id: UUID, period: Period) -> list[BillableProduct]:
    """The party's postpaid products that were in use on some day of the period, oldest first."""
    found = products_active_in(session, period, party_id=party_id)
    return [_billable(session, product, product.start) for product in found if product.start and _is_postpaid(product)]


def billable_parties(session: Session, period: Period) -> Sequence[UUID]:
    """Everyone who had a postpaid product in use on some day of the period."""
    found = products_active_in(session, period)
    return list(dict.fromkeys(product.party_id for product in found if _is_postpaid(product)))


def _is_postpaid(product: ProductView) -> bool:
    """Lines that are paid after use, and bundles, which bear the price of what is in them."""
    kind = OfferingKind(product.kind)
    return kind.is_postpaid or kind is OfferingKind.BUNDLE


def _billable(session: Session, product: ProductView, start: date) -> BillableProduct:
    deposit = deposit_of(session, product.id)
    return BillableProduct(
        product_id=product.id,
        offering_id=product.offering_id,
        name=product.name,
        price=product.price.value,
        start=start,
        end=product.end,
        number=product.number,
        deposit=deposit.value if deposit else None,
    )
