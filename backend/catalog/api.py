"""Routes of the catalogue (TMF620); anyone may look."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy import Select

from backend.access.guard import Visitor
from backend.catalog import queries, service
from backend.catalog.errors import OfferingNotFound
from backend.catalog.models import ProductOffering
from backend.catalog.rules import CustomerType, LifecycleStatus, OfferingKind
from backend.catalog.schemas import BASE, ProductOfferingOut
from backend.infra.database import SessionDep
from backend.infra.problems import language_of
from backend.infra.tmf630 import PagingDep, page_answer, page_of

router = APIRouter(prefix=BASE, tags=["Product catalogue (TMF620)"])
SORTABLE = {"id": ProductOffering.id, "name": ProductOffering.name_en, "kind": ProductOffering.kind}
Name = Annotated[str | None, Query(max_length=200, description="What a customer calls it, in either language")]


def asked(
    lifecycle_status: Annotated[LifecycleStatus | None, Query(alias="lifecycleStatus")] = None,
    kind: OfferingKind | None = None,
    customer_type: Annotated[CustomerType | None, Query(alias="customerType")] = None,
) -> Select[ProductOffering]:
    """The offerings with the asked attributes."""
    return queries.offerings(lifecycle_status=lifecycle_status, kind=kind, customer_type=customer_type)


@router.get("/productOffering", response_model=list[ProductOfferingOut])
def list_offerings(
    *,
    request: Request,
    session: SessionDep,
    _: Visitor,
    paging: PagingDep,
    wanted: Annotated[Select[ProductOffering], Depends(asked)],
    match: Name = None,
) -> Response:
    """The offerings with those attributes, or with `match` those that the text names best."""
    language = language_of(request)
    if match is not None:
        found = service.match(session, match)
        return page_answer([ProductOfferingOut.of(o, language) for o in found], len(found), paging)
    rows, total = page_of(session, wanted, paging, SORTABLE)
    return page_answer([ProductOfferingOut.of(service.offering_of(r), language) for r in rows], total, paging)


@router.get("/productOffering/{offering_id}")
def read_offering(offering_id: str, request: Request, session: SessionDep, _: Visitor) -> ProductOfferingOut:
    """One offering."""
    row = queries.offering(session, offering_id)
    if row is None:
        raise OfferingNotFound
    return ProductOfferingOut.of(service.offering_of(row), language_of(request))
