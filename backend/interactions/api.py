"""Routes of interactions (TMF683), read-only: turns are written by the channels themselves."""

from fastapi import APIRouter, Response

from backend.access.guard import Verified
from backend.infra.database import SessionDep
from backend.infra.tmf630 import PagingDep, page_answer, page_of
from backend.interactions import queries
from backend.interactions.models import PartyInteraction
from backend.interactions.schemas import BASE, PartyInteractionOut

router = APIRouter(prefix=BASE, tags=["Interactions (TMF683)"])
SORTABLE = {"creationDate": PartyInteraction.started_at, "status": PartyInteraction.status}


@router.get("/partyInteraction", response_model=list[PartyInteractionOut])
def list_interactions(session: SessionDep, caller: Verified, paging: PagingDep) -> Response:
    """The contacts that the caller may see, with their turns."""
    rows, total = page_of(session, queries.visible(caller.scope), paging, SORTABLE)
    items = queries.items(session, [row.id for row in rows])
    return page_answer([PartyInteractionOut.of(row, items) for row in rows], total, paging)
