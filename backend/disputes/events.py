"""Facts about disputes."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DisputeOpened:
    """A customer contests a charge."""

    dispute_id: UUID
    dispute_no: str
    party_id: UUID


@dataclass(frozen=True, slots=True)
class DisputeResolved:
    """A dispute was accepted or rejected."""

    dispute_id: UUID
    dispute_no: str
    party_id: UUID
    state: str
