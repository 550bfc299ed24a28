"""Use cases of ordering, and its front door: place orders, fulfil them, know who has what."""

from backend.ordering.service.billable import BillableProduct, billable_parties, billable_products
from backend.ordering.service.fulfilment import activate_lines, fail, fulfil_order, reserve_lines
from backend.ordering.service.inventory import (
    Line,
    ProductView,
    deposit_of,
    find_line,
    first_day,
    product,
    products_active_in,
    products_of,
)
from backend.ordering.service.placing import OrderView, order, place_order

__all__ = [
    "BillableProduct",
    "Line",
    "OrderView",
    "ProductView",
    "activate_lines",
    "billable_parties",
    "billable_products",
    "deposit_of",
    "fail",
    "find_line",
    "first_day",
    "fulfil_order",
    "order",
    "place_order",
    "product",
    "products_active_in",
    "products_of",
    "reserve_lines",
]
