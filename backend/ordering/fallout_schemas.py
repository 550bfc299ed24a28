"""JSON of the fallout queue, our own."""

from datetime import datetime
from uuid import UUID

from backend.infra.tmf630 import Resource
from backend.ordering.service import Fallout


class FalloutRef(Resource):
    """The order that is stuck."""

    id: UUID
    href: str
    order_no: str


class FalloutOut(Resource):
    """A stuck task. `undoing` tells that it is a step back that does not work."""

    id: UUID
    product_order: FalloutRef
    order_item_id: str
    step: str
    undoing: bool
    error: str | None
    attempts: int
    since: datetime | None

    @classmethod
    def of(cls, entry: Fallout) -> "FalloutOut":
        """The entry as JSON."""
        href = f"/tmf-api/productOrderingManagement/v4/productOrder/{entry.order_id}"
        return cls(
            id=entry.id,
            product_order=FalloutRef(id=entry.order_id, href=href, order_no=entry.order_no),
            order_item_id=entry.item_id,
            step=entry.step,
            undoing=entry.undoing,
            error=entry.error,
            attempts=entry.attempts,
            since=entry.since,
        )
