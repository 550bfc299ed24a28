"""Every SELECT of tickets."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from backend.infra.scope import within
from backend.kernel.scope import Scope
from backend.tickets.errors import TicketNotFound
from backend.tickets.models import TicketNote, TroubleTicket


def visible(scope: Scope, *, ticket_no: str | None = None, status: str | None = None) -> Select[TroubleTicket]:
    """The tickets in scope, narrowed by number or status."""
    statement = select(TroubleTicket)
    statement = statement.where(within(TroubleTicket.party_id, scope))
    if ticket_no is not None:
        statement = statement.where(TroubleTicket.ticket_no == ticket_no.upper())
    return statement if status is None else statement.where(TroubleTicket.status == status)


def ticket(session: Session, ticket_id: UUID, scope: Scope, *, lock: bool = False) -> TroubleTicket:
    """One ticket that the scope may see. Raises TicketNotFound."""
    statement = visible(scope).where(TroubleTicket.id == ticket_id)
    found = session.scalars(statement.with_for_update() if lock else statement).one_or_none()
    if found is None:
        raise TicketNotFound
    return found


def notes(session: Session, ticket_ids: Sequence[UUID]) -> Sequence[TicketNote]:
    """The notes of these tickets, oldest first."""
    return session.scalars(
        select(TicketNote).where(TicketNote.ticket_id.in_(ticket_ids)).order_by(TicketNote.created_at)
    ).all()
