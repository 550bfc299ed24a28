"""Routes of tickets (TMF621)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from backend.access.guard import needs
from backend.access.permissions import Permission
from backend.access.rules import Caller
from backend.infra.database import SessionDep
from backend.infra.idempotency import IdempotencyKey, once
from backend.infra.problems import language_of
from backend.infra.tmf630 import PagingDep, page_answer, page_of
from backend.kernel.errors import Forbidden
from backend.tickets import queries, service
from backend.tickets.models import TroubleTicket
from backend.tickets.schemas import BASE, TroubleTicketCreate, TroubleTicketOut, TroubleTicketUpdate

router = APIRouter(prefix=BASE, tags=["Care"])
Reader = Annotated[Caller, Depends(needs(Permission.TICKET_READ))]
Reporter = Annotated[Caller, Depends(needs(Permission.TICKET_WRITE))]
SORTABLE = {
    "creationDate": TroubleTicket.created_at,
    "lastUpdate": TroubleTicket.updated_at,
    "status": TroubleTicket.status,
}


class Filter:
    """The attributes that a list can be narrowed by."""

    def __init__(
        self,
        ticket_no: Annotated[str | None, Query(alias="ticketNo", max_length=20)] = None,
        status: Annotated[str | None, Query(max_length=20)] = None,
    ) -> None:
        self.ticket_no, self.status = ticket_no, status


@router.post("/troubleTicket", status_code=201, response_model=TroubleTicketOut)
def open_ticket(
    body: TroubleTicketCreate, request: Request, session: SessionDep, caller: Reporter, key: IdempotencyKey = None
) -> Response:
    """Report a problem of one's own; with an Idempotency-Key, once."""

    def answer() -> TroubleTicketOut:
        product_id = body.related_entity[0].id if body.related_entity else None
        ticket = service.open_ticket(
            session,
            party_id=_reporter(caller),
            problem=body.ticket_type,
            description=body.description,
            place=body.place,
            product_id=product_id,
        )
        return TroubleTicketOut.of(ticket, [], language_of(request))

    return once(session, caller=caller.key, key=key, request=body, answer=answer)


@router.get("/troubleTicket", response_model=list[TroubleTicketOut])
def list_tickets(
    request: Request, session: SessionDep, caller: Reader, paging: PagingDep, narrow: Annotated[Filter, Depends()]
) -> Response:
    """The tickets that the caller may see."""
    statement = queries.visible(caller.scope, ticket_no=narrow.ticket_no, status=narrow.status)
    rows, total = page_of(session, statement, paging, SORTABLE)
    notes = queries.notes(session, [row.id for row in rows])
    return page_answer([TroubleTicketOut.of(row, notes, language_of(request)) for row in rows], total, paging)


@router.get("/troubleTicket/{ticket_id}")
def read_ticket(ticket_id: UUID, request: Request, session: SessionDep, caller: Reader) -> TroubleTicketOut:
    """One ticket."""
    ticket = queries.ticket(session, ticket_id, caller.scope)
    return TroubleTicketOut.of(ticket, queries.notes(session, [ticket.id]), language_of(request))


@router.patch("/troubleTicket/{ticket_id}")
def change_ticket(
    ticket_id: UUID, body: TroubleTicketUpdate, request: Request, session: SessionDep, caller: Reporter
) -> TroubleTicketOut:
    """Add notes, or bring the ticket into another state."""
    ticket = queries.ticket(session, ticket_id, caller.scope, lock=True)
    author = caller.username or "customer"
    for note in body.note:
        service.add_note(session, ticket_id=ticket_id, scope=caller.scope, author=author, text=note.text)
    if body.status is not None:
        service.move_ticket(session, ticket_id=ticket_id, scope=caller.scope, status=body.status)
    return TroubleTicketOut.of(ticket, queries.notes(session, [ticket.id]), language_of(request))


def _reporter(caller: Caller) -> UUID:
    if caller.party_id is None:
        raise Forbidden("a ticket is opened for the customer of a conversation")
    return caller.party_id
