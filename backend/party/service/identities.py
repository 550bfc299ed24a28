"""Identity numbers in clear, for the few who may see them; every look is in the audit log."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra import audit
from backend.party import queries
from backend.party.errors import IndividualNotFound


@dataclass(frozen=True, slots=True)
class Identity:
    """A document's type and number as they are."""

    identification_type: str | None
    identification_id: str | None


def read_identities(session: Session, party_id: UUID) -> list[Identity]:
    """The documents of a person or an organisation, in clear. Raises IndividualNotFound.

    The look itself is logged in this transaction: who, when, why (`X-Reason`).
    """
    if queries.kind_of(session, party_id) is None:
        raise IndividualNotFound
    found = [Identity(row.identification_type, row.number) for row in queries.identifications(session, party_id)]
    fields = [one.identification_type or "identification" for one in found]
    audit.note_read(session, entity="party_identification", entity_id=party_id, party_id=party_id, fields=fields)
    return found
