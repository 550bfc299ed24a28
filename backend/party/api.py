"""Routes of party (TMF632)."""

from uuid import UUID

from fastapi import APIRouter, Response

from backend.access.guard import Verified
from backend.infra.database import SessionDep
from backend.infra.tmf630 import PagingDep, page_answer, page_of
from backend.party import queries
from backend.party.models import Individual
from backend.party.schemas import BASE, IndividualOut

router = APIRouter(prefix=BASE, tags=["Party (TMF632)"])
SORTABLE = {
    "givenName": Individual.given_name,
    "familyName": Individual.family_name,
    "status": Individual.status,
    "id": Individual.id,
}


@router.get("/individual", response_model=list[IndividualOut])
def list_individuals(session: SessionDep, caller: Verified, paging: PagingDep) -> Response:
    """Everyone for staff; a verified customer finds only themselves."""
    rows, total = page_of(session, queries.visible(caller.scope), paging, SORTABLE)
    return page_answer([IndividualOut.of(row) for row in rows], total, paging)


@router.get("/individual/{individual_id}")
def read_individual(individual_id: UUID, session: SessionDep, caller: Verified) -> IndividualOut:
    """One person."""
    return IndividualOut.of(queries.individual(session, individual_id, caller.scope))
