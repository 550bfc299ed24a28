"""Routes of orders (TMF622) and products (TMF637)."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy.orm import Session

from backend.access.guard import Verified, needs
from backend.access.rules import SERVING_ROLES, Caller
from backend.catalog import service as catalog
from backend.infra.database import SessionDep
from backend.infra.idempotency import IdempotencyKey, once
from backend.infra.problems import language_of
from backend.infra.tmf630 import PagingDep, page_answer, page_of
from backend.kernel.text import Language
from backend.ordering import queries, service
from backend.ordering.models import Product, ProductOrder
from backend.ordering.rules import OrderState, ProductStatus
from backend.ordering.schemas import ORDERS, PRODUCTS, ProductOrderCreate, ProductOrderOut, ProductOut

orders = APIRouter(prefix=ORDERS, tags=["Product ordering (TMF622)"])
products = APIRouter(prefix=PRODUCTS, tags=["Product inventory (TMF637)"])
Buyer = Annotated[Caller, Depends(needs(staff=SERVING_ROLES))]
ORDERS_SORTABLE = {
    "orderDate": ProductOrder.order_date,
    "completionDate": ProductOrder.completion_date,
    "orderNo": ProductOrder.order_no,
    "state": ProductOrder.state,
}
PRODUCTS_SORTABLE = {"startDate": Product.start_date, "orderDate": Product.order_date, "status": Product.status}


@orders.post("/productOrder", response_model=ProductOrderOut, status_code=201)
def place_order(
    *, body: ProductOrderCreate, request: Request, session: SessionDep, caller: Buyer, key: IdempotencyKey = None
) -> Response:
    """Order what an application was approved for; the same application again is the same order."""
    language = language_of(request)

    def placed() -> ProductOrderOut:
        order = service.place_order(session, caller, body.application.id, language)
        return shown(session, [queries.order(session, order.id, None)], language)[0]

    return once(session, caller=caller.key, key=key, request=body.model_dump(mode="json"), answer=placed)


@orders.get("/productOrder", response_model=list[ProductOrderOut])
def list_orders(
    *,
    request: Request,
    session: SessionDep,
    caller: Verified,
    paging: PagingDep,
    order_no: Annotated[str | None, Query(alias="orderNo", max_length=30)] = None,
    state: OrderState | None = None,
) -> Response:
    """The orders that the caller may see."""
    rows, total = page_of(
        session, queries.orders(caller.scope, order_no=order_no, state=state), paging, ORDERS_SORTABLE
    )
    return page_answer(shown(session, rows, language_of(request)), total, paging)


@orders.get("/productOrder/{order_id}")
def read_order(order_id: UUID, request: Request, session: SessionDep, caller: Verified) -> ProductOrderOut:
    """One order."""
    return shown(session, [queries.order(session, order_id, caller.scope)], language_of(request))[0]


@products.get("/product", response_model=list[ProductOut])
def list_products(
    *,
    request: Request,
    session: SessionDep,
    caller: Verified,
    paging: PagingDep,
    status: ProductStatus | None = None,
) -> Response:
    """The products that the caller may see."""
    rows, total = page_of(session, queries.products(caller.scope, status=status), paging, PRODUCTS_SORTABLE)
    offerings = catalog.offerings_by_id(session, [row.offering_id for row in rows])
    language = language_of(request)
    return page_answer([ProductOut.of(row, offerings[row.offering_id], language) for row in rows], total, paging)


@products.get("/product/{product_id}")
def read_product(product_id: UUID, request: Request, session: SessionDep, caller: Verified) -> ProductOut:
    """One product."""
    row = queries.product(session, product_id, caller.scope)
    return ProductOut.of(row, catalog.offering(session, row.offering_id), language_of(request))


def shown(session: Session, rows: Sequence[ProductOrder], language: Language) -> list[ProductOrderOut]:
    """Orders as JSON, with the products and offerings of their items."""
    items = [item for row in rows for item in row.items]
    offerings = dict(catalog.offerings_by_id(session, [item.offering_id for item in items]))
    found = queries.products_by_id(session, [item.product_id for item in items])
    return [ProductOrderOut.of(row, products=found, offerings=offerings, language=language) for row in rows]
