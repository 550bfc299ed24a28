"""Whose records a caller may see: a set of parties, or everyone's. Access decides it, every query keeps it."""

from uuid import UUID

Scope = frozenset[UUID] | None


def only(party_id: UUID) -> Scope:
    """The records of one party."""
    return frozenset({party_id})
