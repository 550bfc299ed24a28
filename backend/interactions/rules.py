"""States of an interaction (TMF683)."""

from enum import StrEnum


class InteractionStatus(StrEnum):
    """How far a contact has come."""

    OPEN = "open"
    IN_PROGRESS = "inProgress"
    COMPLETED = "completed"


class Direction(StrEnum):
    """Who began the contact."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
