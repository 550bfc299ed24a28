"""What rating takes from here, and what it says has become of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from backend.usage import queries
from backend.usage.models import Usage
from backend.usage.rules import UsageStatus


@dataclass(frozen=True, slots=True)
class UsageToRate:
    """A record as rating sees it: `started` is an epoch second, `units` are seconds, messages, bytes or events."""

    usage_id: UUID
    product_id: UUID
    kind: str
    started: int
    units: int
    calling: str | None
    destination: str | None
    visited: str | None


def to_rate(session: Session, product_ids: Collection[UUID], until: datetime) -> Sequence[UsageToRate]:
    """The lines' records that began before `until` and wait to be rated, in the order of use."""
    return [UsageToRate(*row) for row in session.execute(queries.unrated(product_ids, until))]


def used_between(
    session: Session, product_ids: Collection[UUID], since: datetime, until: datetime
) -> Sequence[UsageToRate]:
    """The lines' records of a span that have been rated, in the order of use."""
    done = (UsageStatus.RATED, UsageStatus.RERATED)
    statement = queries.to_rate().where(
        Usage.product_id.in_(product_ids),
        Usage.started_at >= since,
        Usage.started_at < until,
        Usage.status.in_(done),
    )
    return [UsageToRate(*row) for row in session.execute(statement)]


def mark_rated(session: Session, usage_ids: Collection[UUID], *, again: bool = False) -> None:
    """Note that the records are rated, or rated again."""
    status = UsageStatus.RERATED if again else UsageStatus.RATED
    if usage_ids:
        session.execute(
            update(Usage)
            .where(Usage.id.in_(usage_ids))
            .values(status=status)
            .execution_options(synchronize_session=False)
        )
