"""Every SELECT of usage."""

from collections.abc import Collection as Some
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Select, cast, func, select
from sqlalchemy.orm import Session

from backend.usage.models import Collection, Usage
from backend.usage.rules import UsageStatus


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


def collected_until(session: Session, product_ids: Some[UUID]) -> dict[UUID, datetime]:
    """Until when the lines' records have been collected."""
    rows = session.execute(select(Collection).where(Collection.product_id.in_(product_ids))).scalars()
    return {row.product_id: row.until for row in rows}


def to_rate() -> Select[Any]:
    """What rating reads of a record, in the order of use."""
    return select(
        Usage.id,
        Usage.product_id,
        Usage.kind,
        cast(func.floor(func.extract("epoch", Usage.started_at)), BigInteger).label("started"),
        Usage.units,
        Usage.calling,
        Usage.destination,
        Usage.visited,
    ).order_by(Usage.started_at, Usage.record_id)


def unrated(product_ids: Some[UUID], until: datetime) -> Select[Any]:
    """The lines' records that wait to be rated."""
    return to_rate().where(
        Usage.product_id.in_(product_ids), Usage.status == UsageStatus.GUIDED, Usage.started_at < until
    )
