"""Use cases of rating: price a product's usage by its offering's tariff."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from backend.rating import rules
from backend.rating.rules import RatedUsage
from backend.rating.tariffs import tariff_of
from backend.usage.rules import UsageRecord


def rate_usage(session: Session, *, offering_id: str, records: Iterable[UsageRecord]) -> list[RatedUsage]:
    """What the records of one period come to by the offering's prices and allowances."""
    return rules.rate(records, tariff_of(session, offering_id))
