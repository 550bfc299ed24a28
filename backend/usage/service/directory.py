"""What usage costs: known to a domain above this one."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra.tmf630 import Document


class RatedDirectory(Protocol):
    """Who rates usage."""

    def rated(self, session: Session, usage_ids: Sequence[UUID]) -> dict[UUID, list[Document]]:
        """The ratedProductUsage of each usage that has been rated: what stands now, without what was reversed."""
