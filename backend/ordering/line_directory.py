"""Tells tickets whose line a product is, and how that line is doing (`tickets.service.LineDirectory`)."""

from uuid import UUID

from sqlalchemy.orm import Session

from backend.kernel.scope import only
from backend.ordering import queries
from backend.ordering.models import Product
from backend.provisioning import service as provisioning


class OrderedLines:
    """The lines that were ordered from us."""

    def number_of(self, session: Session, *, product_id: UUID, party_id: UUID) -> str | None:
        """The line's number, or None when the product is not that party's."""
        found = session.scalars(queries.products(only(party_id)).where(Product.id == product_id)).one_or_none()
        return found.msisdn if found else None

    def tested(self, session: Session, number: str) -> str:
        """What the network's test of the line says: ok, fault or suspended."""
        return provisioning.line_test(session, number).value
