"""Use cases of tickets: open one, add to it, move it on."""

from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.events import publish
from backend.infra.numbers import next_number
from backend.infra.outside import outside
from backend.kernel.masking import masked_text
from backend.kernel.scope import Scope
from backend.tickets import queries, rules
from backend.tickets.errors import DescriptionMissing, LineNotFound, TicketMoveForbidden
from backend.tickets.events import TroubleTicketOpened, TroubleTicketStatusChanged
from backend.tickets.models import TicketNote, TroubleTicket
from backend.tickets.rules import Problem, TicketStatus


class LineDirectory(Protocol):
    """Whose line a product is, and how it is doing in the network; kept by a domain above this one."""

    def number_of(self, session: Session, *, product_id: UUID, party_id: UUID) -> str | None:
        """The line's number, or None when the product is not that party's."""

    def tested(self, session: Session, number: str) -> str:
        """What a test of the line says: ok, fault or suspended."""


def open_ticket(
    session: Session,
    *,
    party_id: UUID,
    problem: Problem,
    description: str,
    place: str | None = None,
    product_id: UUID | None = None,
) -> TroubleTicket:
    """Acknowledge a problem; where it is about a line, the line is tested at once.

    Raises LineNotFound when the line is not the party's, DescriptionMissing when nothing is said.
    """
    if not description.strip():
        raise DescriptionMissing
    now = clock_of(session).now()
    ticket = TroubleTicket(
        ticket_no=next_number(session, "TT"),
        party_id=party_id,
        product_id=product_id,
        ticket_type=problem,
        description=masked_text(description.strip()),
        place=place,
        line_test=_line_test(session, party_id, product_id),
        created_at=now,
        updated_at=now,
        expected_resolution_at=rules.expected_resolution(problem, now),
    )
    session.add(ticket)
    session.flush()
    publish(session, TroubleTicketOpened(ticket.id, ticket.ticket_no, party_id))
    return ticket


def add_note(session: Session, *, ticket_id: UUID, scope: Scope, author: str, text: str) -> TroubleTicket:
    """Add what the customer or a colleague has to say."""
    ticket = queries.ticket(session, ticket_id, scope, lock=True)
    if not text.strip():
        raise DescriptionMissing
    now = clock_of(session).now()
    session.add(TicketNote(ticket_id=ticket.id, author=author, text=masked_text(text.strip()), created_at=now))
    ticket.updated_at = now
    session.flush()
    return ticket


def move_ticket(session: Session, *, ticket_id: UUID, scope: Scope, status: TicketStatus) -> TroubleTicket:
    """Bring a ticket into another state; the same state again changes nothing. Raises TicketMoveForbidden."""
    ticket = queries.ticket(session, ticket_id, scope, lock=True)
    if ticket.status == status:
        return ticket
    if not rules.may_move(TicketStatus(ticket.status), status, customer=scope is not None):
        raise TicketMoveForbidden(ticketStatus=ticket.status)
    now = clock_of(session).now()
    ticket.status, ticket.updated_at = status, now
    ticket.resolved_at = now if status in (TicketStatus.RESOLVED, TicketStatus.CLOSED) else None
    session.flush()
    publish(session, TroubleTicketStatusChanged(ticket.id, ticket.ticket_no, ticket.party_id, status))
    return ticket


def _line_test(session: Session, party_id: UUID, product_id: UUID | None) -> str | None:
    if product_id is None:
        return None
    directory = outside(session, LineDirectory)
    number = directory.number_of(session, product_id=product_id, party_id=party_id)
    if number is None:
        raise LineNotFound
    return directory.tested(session, number)
