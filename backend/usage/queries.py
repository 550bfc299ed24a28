"""Every SELECT of usage."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.usage.models import Usage


def newest_start(session: Session, product_id: UUID) -> datetime | None:
    """When the newest record of the product started."""
    return session.scalar(select(func.max(Usage.started_at)).where(Usage.product_id == product_id))


def between(session: Session, product_id: UUID, since: datetime, until: datetime) -> Sequence[Usage]:
    """The product's records of a span, oldest first; `until` is excluded."""
    return session.scalars(
        select(Usage)
        .where(Usage.product_id == product_id, Usage.started_at >= since, Usage.started_at < until)
        .order_by(Usage.started_at, Usage.record_id)
    ).all()
