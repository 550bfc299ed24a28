"""What a usage record is, which states it and its file have, and how quantities become whole units."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

BYTES_A_MEGABYTE = 1_048_576
NETWORK, API = "network", "api"  # sources of records beside those that files name


class UsageKind(StrEnum):
    """What was used, and in which unit its quantity counts."""

    VOICE = "voice"  # seconds
    MESSAGE = "message"  # messages
    DATA = "data"  # megabytes
    VALUE_ADDED = "valueAdded"  # events


class UsageStatus(StrEnum):
    """Where a record is on its way to the bill (TMF635)."""

    RECEIVED = "received"
    REJECTED = "rejected"
    RECYCLED = "recycled"
    GUIDED = "guided"
    RATED = "rated"
    RERATED = "rerated"
    BILLED = "billed"


OPEN = frozenset({UsageStatus.RECEIVED, UsageStatus.REJECTED, UsageStatus.RECYCLED, UsageStatus.GUIDED})


class FileState(StrEnum):
    """What became of a file: taken in, waiting for somebody to decide, or kept out."""

    RECEIVED = "received"
    HELD = "held"
    REFUSED = "refused"
    LOADED = "loaded"


class SuspenseState(StrEnum):
    """A suspended record waits; a recycled one became usage; a rejected one never will."""

    SUSPENDED = "suspended"
    RECYCLED = "recycled"
    REJECTED = "rejected"


UNIT_NAMES = {"voice": "second", "message": "message", "data": "byte", "valueAdded": "event"}
UNITS_OF = {UsageKind.DATA: BYTES_A_MEGABYTE}


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of each record of a file; the parts add up to `read`, or `adds_up` says no."""

    read: int = 0
    loaded: int = 0
    duplicate: int = 0
    rejected: int = 0
    suspended: int = 0
    merged: int = 0
    not_charged: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether every record is accounted for."""
        parts = (self.loaded, self.duplicate, self.rejected, self.suspended, self.merged, self.not_charged)
        return sum(parts) == self.read


def whole_units(kind: UsageKind, quantity: Decimal) -> int:
    """Seconds, messages, bytes or events, begun ones whole."""
    return int((quantity * UNITS_OF.get(kind, 1)).to_integral_value(rounding=ROUND_CEILING))
