"""Every SELECT of rating."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Select, String, Table, Uuid, cast, func, literal, select
from sqlalchemy.orm import Session, aliased

from backend.rating.models import RateBookVersion, RateClass, RatedUsage, Tally

RATED: Table = RatedUsage.__table__  # type: ignore[assignment]


def books(session: Session) -> Sequence[RateBookVersion]:
    """Every rate version, oldest first."""
    return session.scalars(select(RateBookVersion).order_by(RateBookVersion.valid_from)).all()


def book_from(session: Session, day: date) -> RateBookVersion | None:
    """The version that holds from that day on, locked."""
    return session.scalar(select(RateBookVersion).where(RateBookVersion.valid_from == day).with_for_update())


def unbilled() -> Select[*tuple[Any, ...]]:
    """All columns of what has been rated and stands on no bill."""
    return select(RATED).where(RATED.c.bill_id.is_(None))


def rate_classes(session: Session) -> dict[str, RateClass]:
    """The classes of usage by their key."""
    return {row.key: row for row in session.scalars(select(RateClass))}


def tallies(session: Session, scopes: Collection[str]) -> dict[tuple[str, datetime], int]:
    """What the scopes have used, by scope and beginning of the period; locked."""
    statement = select(Tally).where(Tally.scope.in_(scopes)).order_by(Tally.scope, Tally.since).with_for_update()
    return {(row.scope, row.since): row.used for row in session.scalars(statement)}


def valid_rows(usage_ids: Collection[str]) -> Select[*tuple[Any, ...]]:
    """What of the records is rated and has not been reversed."""
    reversal = aliased(RatedUsage)
    reversed_ = select(reversal.id).where(reversal.reverses_id == RatedUsage.id).exists()
    named = cast(literal(f"{{{','.join(usage_ids)}}}", String), ARRAY(Uuid))
    return select(
        RatedUsage.id,
        RatedUsage.usage_id,
        RatedUsage.rate_class,
        RatedUsage.quantity,
        RatedUsage.included_quantity,
        RatedUsage.amount,
    ).where(RatedUsage.usage_id.in_(select(func.unnest(named))), RatedUsage.reverses_id.is_(None), ~reversed_)


def standing(session: Session, usage_ids: Collection[UUID]) -> Sequence[RatedUsage]:
    """The rows of these records that neither reverse anything nor have been reversed."""
    reversal = aliased(RatedUsage)
    reversed_ = select(reversal.id).where(reversal.reverses_id == RatedUsage.id).exists()
    return session.scalars(
        select(RatedUsage)
        .where(RatedUsage.usage_id.in_(usage_ids), RatedUsage.reverses_id.is_(None), ~reversed_)
        .order_by(RatedUsage.id)
    ).all()
