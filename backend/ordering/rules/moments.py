"""Moments as callers write them."""

from datetime import UTC, datetime
from typing import Any


def moment_of(said: Any) -> datetime | None:
    """The aware moment of an ISO text; without a zone it is UTC. None stays None."""
    if said is None or isinstance(said, datetime):
        return said
    moment = datetime.fromisoformat(said)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
