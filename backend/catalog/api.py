"""Routes of the catalogue (TMF620), which anyone may read; of loading it, and of who may buy what."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse

from backend.access.guard import needs
from backend.access.permissions import Permission
from backend.access.rules import Caller
from backend.catalog import documents, queries, resources, service
from backend.catalog.errors import CatalogFileEmpty, CatalogFileRefused, CatalogFileTooLarge
from backend.catalog.models import CatalogLoad
from backend.catalog.rules import Buyer, CustomerType, OfferingKind
from backend.catalog.schemas import CatalogLoadOut, EligibleOfferingOut, NamesOut
from backend.catalog.service import publishing
from backend.catalog.source import LARGEST
from backend.infra.database import SessionDep, clock_of
from backend.infra.json_answer import etag_of, json_answer, matches
from backend.infra.problems import language_of, problem
from backend.infra.tmf630 import PagingDep, page_answer, page_of
from backend.infra.tmf630.routes import resource_router

AREA = "Catalogue"
reading, writing = needs(Permission.CATALOG_READ), needs(Permission.CATALOG_WRITE)
Admin = Annotated[Caller, Depends(writing)]
Seller = Annotated[Caller, Depends(needs(Permission.APPLICATION_READ))]
FileName = Annotated[str, Query(alias="fileName", min_length=1, max_length=200, pattern=r"^[^\x00-\x1f/\\]+$")]
UPLOAD = {"requestBody": {"required": True, "content": {"text/plain": {"schema": {"type": "string"}}}}}


def in_force(session: SessionDep) -> None:
    """Before the catalogue is looked at: what is sold today is what it shows."""
    publishing.put_in_force(session)


router = APIRouter()
catalog = APIRouter(dependencies=[Depends(in_force)])
for _resource, _writing in resources.WRITINGS:
    catalog.include_router(resource_router(_resource, _writing, read=reading, write=writing, area=AREA))
for _resource, _writing in resources.JOBS:
    catalog.include_router(resource_router(_resource, _writing, read=writing, write=writing, area=AREA))


async def uploaded(request: Request) -> bytes:
    """The body, as it was sent. Raises CatalogFileTooLarge before it is read whole, and CatalogFileEmpty."""
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > LARGEST:
            raise CatalogFileTooLarge(limit="1 MB")
    if not content.strip():
        raise CatalogFileEmpty
    return bytes(content)


def wanted_buyer(
    customer_type: Annotated[CustomerType, Query(alias="customerType")] = CustomerType.INDIVIDUAL,
    credit_class: Annotated[str | None, Query(alias="creditClass", pattern="^[A-D]$")] = None,
    place: Annotated[str | None, Query(max_length=200)] = None,
    line_kind: Annotated[OfferingKind | None, Query(alias="lineKind")] = None,
) -> Buyer:
    """Who wants to buy; what is left out is not known and refuses nothing."""
    return Buyer(customer_type, credit_class, place, line_kind)


@router.post("/catalog/v1/load", tags=[AREA], status_code=201, response_model=CatalogLoadOut, openapi_extra=UPLOAD)
def load_catalog(
    *,
    request: Request,
    session: SessionDep,
    caller: Admin,
    content: Annotated[bytes, Depends(uploaded)],
    file_name: FileName = "upload.yml",
) -> Response:
    """Make the catalogue what the file (YAML, 1 MB at most) says. A file with mistakes changes nothing."""
    done = service.load_file(session, file_name, content, by=caller.username or caller.key)
    if done.mistakes:
        return problem(CatalogFileRefused(load=done.id, mistakes=done.mistakes), language_of(request))
    body = CatalogLoadOut.of(done)
    return JSONResponse(jsonable_encoder(body, by_alias=True), status_code=201, headers={"Location": body.href})


@router.get("/catalog/v1/load", tags=[AREA], response_model=list[CatalogLoadOut])
def list_loads(session: SessionDep, _: Admin, paging: PagingDep) -> Response:
    """Every file that was handed in, the latest first, with its mistakes when it was refused."""
    sortable = {"loadedAt": CatalogLoad.loaded_at, "outcome": CatalogLoad.outcome}
    rows, total = page_of(session, queries.loads(), paging, sortable)
    return page_answer([CatalogLoadOut.of(row) for row in rows], total, paging)


@router.get("/catalog/v1/load/{load_id}", tags=[AREA])
def read_load(load_id: int, session: SessionDep, _: Admin) -> CatalogLoadOut:
    """One of them."""
    return CatalogLoadOut.of(queries.load(session, load_id))


@router.get("/catalog/v1/names", tags=[AREA], response_model=NamesOut)
def list_names(
    session: SessionDep, _: Annotated[Caller, Depends(reading)], if_none_match: Annotated[str | None, Header()] = None
) -> Response:
    """What offerings, sold or retired, and covered areas are called, in every spelling: the assistant's vocabulary."""
    body = NamesOut.of(service.known(session), service.areas(session)).model_dump(by_alias=True)
    etag = etag_of(body)
    if if_none_match is not None and matches(if_none_match, etag):
        return Response(status_code=304, headers={"ETag": etag})
    return json_answer(body, headers={"ETag": etag})


@router.get("/catalog/v1/eligibleOffering", tags=[AREA])
def list_eligible(
    request: Request, session: SessionDep, _: Seller, buyer: Annotated[Buyer, Depends(wanted_buyer)]
) -> list[EligibleOfferingOut]:
    """Everything that is sold today, and for each whether this buyer may have it, or why not."""
    language, today = language_of(request), clock_of(session).today()
    return [
        EligibleOfferingOut.of(
            one, reasons, [documents.discount_body(d, language) for d in one.discounts_on(today)], language
        )
        for one, reasons in service.verdicts(session, buyer)
    ]


router.include_router(catalog)
