"""JSON of tickets (TMF621)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from backend.infra.tmf630 import Resource
from backend.kernel.text import Bilingual, Language
from backend.tickets.models import TicketNote, TroubleTicket
from backend.tickets.rules import Problem, TicketStatus

BASE = "/tmf-api/troubleTicket/v4"
LINE_TESTS = {
    "ok": Bilingual(
        ar="فحصنا الخط عن بُعد ولم يظهر فيه عطل.", en="We tested the line remotely and found no fault on it."
    ),
    "fault": Bilingual(ar="فحصنا الخط عن بُعد وظهر فيه عطل.", en="We tested the line remotely and found a fault on it."),
    "suspended": Bilingual(
        ar="الخط موقوف حاليًا، وهذا قد يكون السبب.", en="The line is suspended, which may be the reason."
    ),
}


class RelatedEntity(Resource):
    """What the ticket is about: one of the customer's products."""

    id: UUID
    referred_type: str = Field(default="Product", alias="@referredType", pattern="^Product$")


class NoteIn(Resource):
    """A note to add."""

    text: str = Field(min_length=1, max_length=2000)


class TroubleTicketCreate(Resource):
    """A problem as reported."""

    description: str = Field(max_length=2000)
    ticket_type: Problem
    place: str | None = Field(default=None, max_length=200)
    related_entity: list[RelatedEntity] = Field(default_factory=list, max_length=1)


class TroubleTicketUpdate(Resource):
    """Notes to add, or the state to go to."""

    note: list[NoteIn] = Field(default_factory=list, max_length=10)
    status: TicketStatus | None = None


class NoteOut(Resource):
    """A note as kept."""

    author: str
    date: datetime
    text: str


class TroubleTicketOut(Resource):
    """A ticket."""

    id: str
    href: str
    type: str = Field(default="TroubleTicket", alias="@type")
    ticket_no: str
    ticket_type: str
    severity: str
    description: str
    place: str | None
    status: str
    creation_date: datetime
    last_update: datetime
    expected_resolution_date: datetime
    resolution_date: datetime | None
    related_party: list[dict[str, Any]]
    related_entity: list[dict[str, Any]]
    note: list[NoteOut]
    line_test: dict[str, str] | None

    @classmethod
    def of(cls, ticket: TroubleTicket, notes: Sequence[TicketNote], language: Language) -> "TroubleTicketOut":
        """The ticket with those of the notes that are its own."""
        product = [{"id": str(ticket.product_id), "@referredType": "Product"}] if ticket.product_id else []
        test = ticket.line_test and {"result": ticket.line_test, "text": LINE_TESTS[ticket.line_test][language]}
        return cls(
            id=str(ticket.id),
            href=f"{BASE}/troubleTicket/{ticket.id}",
            ticket_no=ticket.ticket_no,
            ticket_type=ticket.ticket_type,
            severity="major" if ticket.ticket_type in (Problem.NO_SERVICE, Problem.NO_INTERNET) else "minor",
            description=ticket.description,
            place=ticket.place,
            status=ticket.status,
            creation_date=ticket.created_at,
            last_update=ticket.updated_at,
            expected_resolution_date=ticket.expected_resolution_at,
            resolution_date=ticket.resolved_at,
            related_party=[{"id": str(ticket.party_id), "role": "customer", "@referredType": "Individual"}],
            related_entity=product,
            note=[NoteOut(author=n.author, date=n.created_at, text=n.text) for n in notes if n.ticket_id == ticket.id],
            line_test=test or None,
        )
