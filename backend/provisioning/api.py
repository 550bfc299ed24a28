"""Routes of provisioning (TMF638), read-only: services are changed by orders."""

from uuid import UUID

from fastapi import APIRouter, Response

from backend.access.guard import Verified
from backend.infra.database import SessionDep
from backend.infra.tmf630 import PagingDep, page_answer, page_of
from backend.provisioning import queries
from backend.provisioning.models import Service
from backend.provisioning.schemas import BASE, ServiceOut

router = APIRouter(prefix=BASE, tags=["Service inventory (TMF638)"])
SORTABLE = {"startDate": Service.start_date, "state": Service.state, "id": Service.id}


@router.get("/service", response_model=list[ServiceOut])
def list_services(session: SessionDep, caller: Verified, paging: PagingDep) -> Response:
    """The services that the caller may see."""
    rows, total = page_of(session, queries.visible(caller.scope), paging, SORTABLE)
    return page_answer([ServiceOut.of(row) for row in rows], total, paging)


@router.get("/service/{service_id}")
def read_service(service_id: UUID, session: SessionDep, caller: Verified) -> ServiceOut:
    """One service."""
    return ServiceOut.of(queries.service(session, service_id, caller.scope))
