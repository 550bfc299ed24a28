"""Routes of orders (TMF622), products (TMF637), and of what did not work."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from backend.access.guard import needs
from backend.access.permissions import Permission
from backend.access.rules import Caller
from backend.infra.database import SessionDep
from backend.infra.tmf630 import PagingDep, Writing, page_answer, page_of
from backend.infra.tmf630.routes import resource_router
from backend.ordering import queries, service
from backend.ordering.fallout_schemas import FalloutOut
from backend.ordering.models import OrderTask
from backend.ordering.resources import CANCEL_PRODUCT_ORDER, PRODUCT, PRODUCT_ORDER

AREA = "Orders and fulfilment"
FALLOUT = "/ordering/v1/fallout"
READ, ORDER = needs(Permission.ORDER_READ), needs(Permission.ORDER_WRITE)
Watcher = Annotated[Caller, Depends(needs(Permission.FALLOUT_READ))]
Settler = Annotated[Caller, Depends(needs(Permission.FALLOUT_WRITE))]
SORTABLE = {"since": OrderTask.stuck_at, "attempts": OrderTask.attempts, "step": OrderTask.step}

orders, products = APIRouter(), APIRouter()
orders.include_router(
    resource_router(
        PRODUCT_ORDER,
        Writing(service.create_order, service.change_order, service.remove_order),
        read=READ,
        write=ORDER,
        remove=needs(Permission.ORDER_REMOVE),
        area=AREA,
    )
)
orders.include_router(
    resource_router(
        CANCEL_PRODUCT_ORDER, Writing(create=service.create_cancellation), read=READ, write=ORDER, area=AREA
    )
)
products.include_router(
    resource_router(
        PRODUCT,
        Writing(service.keep_record, service.change_record, service.remove_record),
        read=needs(Permission.PRODUCT_READ),
        write=needs(Permission.PRODUCT_WRITE),
        area=AREA,
    )
)


@orders.get(FALLOUT, response_model=list[FalloutOut], tags=[AREA])
def list_fallout(session: SessionDep, _: Watcher, paging: PagingDep) -> Response:
    """What is stuck and waits for staff, the oldest first unless sorted otherwise."""
    rows, total = page_of(session, queries.stuck_tasks().order_by(OrderTask.stuck_at), paging, SORTABLE)
    return page_answer([FalloutOut.of(entry) for entry in service.fallout(session, rows)], total, paging)


@orders.post(FALLOUT + "/{task_id}/retry", status_code=202, tags=[AREA])
def retry_fallout(task_id: UUID, session: SessionDep, caller: Settler) -> FalloutOut:
    """Let the worker try the task again."""
    return FalloutOut.of(service.fallout(session, [service.retry_fallout(session, caller, task_id)])[0])


@orders.post(FALLOUT + "/{task_id}/cancel", status_code=202, tags=[AREA])
def cancel_fallout(task_id: UUID, session: SessionDep, caller: Settler) -> FalloutOut:
    """Give the task up: its item fails, and what was done for it is taken back."""
    return FalloutOut.of(service.fallout(session, [service.cancel_fallout(session, caller, task_id)])[0])
