"""Every SELECT of the catalogue."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from backend.catalog.models import ProductOffering


def offerings(
    *, lifecycle_status: str | None = None, kind: str | None = None, customer_type: str | None = None
) -> Select[ProductOffering]:
    """The offerings with those attributes, in the operator's order."""
    wanted = {"lifecycle_status": lifecycle_status, "kind": kind, "customer_type": customer_type}
    asked = {name: value for name, value in wanted.items() if value is not None}
    return select(ProductOffering).filter_by(**asked).order_by(ProductOffering.position)


def offering(session: Session, offering_id: str) -> ProductOffering | None:
    """The offering of that id."""
    return session.get(ProductOffering, offering_id)


def all_offerings(session: Session) -> Sequence[ProductOffering]:
    """Every offering, retired ones too."""
    return session.scalars(offerings()).all()
