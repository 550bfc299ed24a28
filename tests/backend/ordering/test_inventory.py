"""Who has what, and when."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from customers import spans_sold
from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.catalog import service as catalog
from backend.catalog.rules import OfferingKind
from backend.kernel.clock import Clock
from backend.kernel.period import Period, month_of
from backend.ordering import service
from backend.ordering.errors import ProductNotFound
from backend.ordering.models import Product
from backend.ordering.rules import ProductStatus
from tests.backend.ordering.conftest import approved, converse


def active(shop: Session, n: int = 1, offering: str = "mofawtar-100") -> service.ProductView:
    """An active product of the n-th invented person."""
    caller = converse(shop)
    order = service.place_order(shop, caller, approved(shop, caller, n, offering))
    service.fulfil_order(shop, order.id)
    return service.product(shop, order.product_ids[0])


def test_a_product_begins_on_the_operators_date(shop: Session, clock: Clock) -> None:
    clock.offset = timedelta(hours=13)

    product = active(shop)

    assert (product.start, product.end) == (date(2026, 11, 25), None)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (date(2026, 11, 1), date(2026, 11, 30), True),
        (date(2026, 11, 24), date(2026, 11, 24), True),
        (date(2026, 11, 1), date(2026, 11, 23), False),
        (date(2026, 12, 10), date(2026, 12, 31), True),
        (date(2026, 12, 11), date(2026, 12, 31), False),
    ],
)
def test_billing_finds_what_was_in_use_on_some_day(
    shop: Session, clock: Clock, first: date, last: date, *, found: bool
) -> None:
    product = active(shop)
    row = shop.get_one(Product, product.id)
    row.status = ProductStatus.TERMINATED
    row.termination_date = clock.now() + timedelta(days=16)
    shop.flush()

    sold = spans_sold(shop, product.party_id, Period(first, last))

    assert [offering for offering, _, _ in sold] == ([product.offering_id] if found else [])


def test_only_postpaid_is_billed(shop: Session) -> None:
    postpaid, prepaid = active(shop, 1), active(shop, 2, "yalla-30")
    november = month_of(date(2026, 11, 24))

    offerings = catalog.offerings_of_kinds([OfferingKind.MOBILE_POSTPAID])
    served = shop.scalars(service.parties_served(shop, offerings, november.start, november.end)).all()
    assert list(served) == [postpaid.party_id]
    assert prepaid.party_id not in served
    assert spans_sold(shop, postpaid.party_id, november) == [("mofawtar-100", date(2026, 11, 24), None)]


def test_a_number_that_is_nobodys_belongs_to_no_line(shop: Session, visitor: Caller) -> None:
    assert visitor.party_id is None
    assert service.find_line(shop, "+966599999999") is None


def test_a_terminated_line_is_nobodys(shop: Session) -> None:
    product = active(shop)
    shop.get_one(Product, product.id).status = ProductStatus.TERMINATED
    shop.flush()

    assert service.find_line(shop, product.number) is None


def test_an_unknown_product_is_not_there(shop: Session) -> None:
    with pytest.raises(ProductNotFound):
        service.product(shop, UUID(int=1))
