"""What a usage record is."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class UsageKind(StrEnum):
    """What was used, and in which unit its quantity counts."""

    VOICE = "voice"  # seconds
    MESSAGE = "message"  # messages
    DATA = "data"  # megabytes


@dataclass(frozen=True, slots=True)
class UsageRecord:
    """One record of the network. `record_id` is the network's own and the same however often it is read."""

    record_id: str
    kind: UsageKind
    started_at: datetime
    quantity: Decimal
    destination: str | None
