"""Facts about tickets."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class TroubleTicketOpened:
    """A customer reported a problem."""

    ticket_id: UUID
    ticket_no: str
    party_id: UUID


@dataclass(frozen=True, slots=True)
class TroubleTicketStatusChanged:
    """A ticket moved on."""

    ticket_id: UUID
    ticket_no: str
    party_id: UUID
    status: str
