"""Tells acquisition whose an order is (`acquisition.risk.service.OrderDirectory`)."""

from uuid import UUID

from sqlalchemy.orm import Session

from backend.ordering.models import ProductOrder


class PlacedOrders:
    """The orders placed with us."""

    def party_of(self, session: Session, order_id: UUID) -> UUID | None:
        """The party that ordered, or None for an order that is not ours."""
        found = session.get(ProductOrder, order_id)
        return found.party_id if found else None
