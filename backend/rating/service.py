"""Use cases of rating: price a product's usage by its offering's tariff, and hand what it came to over to bills."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from sqlalchemy import Subquery, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.infra.database import Rows, clock_of
from backend.infra.operator import operator_of
from backend.kernel.period import month_of
from backend.ordering import service as ordering
from backend.rating import models, rules
from backend.rating.rules import RatedUsage
from backend.rating.tariffs import tariff_of
from backend.usage import service as usage
from backend.usage.rules import UsageKind, UsageRecord

NAMES = {
    "voice": ("المكالمات المحلية", "National calls", "minute", 60),
    "message": ("الرسائل النصية", "Messages", "message", 1),
    "data": ("بيانات الإنترنت", "Data", "megabyte", 1),
}
CLASSES = [
    {"key": key, "name_ar": ar, "name_en": en, "quantity_unit": unit, "quantity_size": size}
    for key, (ar, en, unit, size) in NAMES.items()
]


@dataclass(frozen=True, slots=True)
class _Line:
    product_id: UUID
    offering_id: str
    number: str
    started: date
    ended: date | None


def rate_usage(session: Session, *, offering_id: str, records: Iterable[UsageRecord]) -> list[RatedUsage]:
    """What the records of one period come to by the offering's prices and allowances."""
    return rules.rate(records, tariff_of(session, offering_id))


def rate_pending(session: Session, *, until: datetime, product_ids: Sequence[UUID] | None = None) -> int:
    """Collect and rate what was used before then; how many rows came."""
    session.execute(insert(models.RateClass).on_conflict_do_nothing(), CLASSES)
    zone = operator_of(session).zone_info
    last = until.astimezone(zone).date()
    first = month_of(last - timedelta(days=70)).start
    rows = session.execute(ordering.lines_in_use(session, first, last, product_ids)).all()
    return sum(_rate_line(session, _Line(*row), first, until) for row in rows)


def unbilled() -> Rows:
    """What no bill has taken yet: every column of the table."""
    return select(*models.RatedUsage.__table__.columns).where(models.RatedUsage.bill_id.is_(None))


def billed() -> Rows:
    """What stands on bills. Columns: bill_id, product_id, amount."""
    row = models.RatedUsage
    return select(row.id, row.bill_id, row.product_id, row.amount).where(row.bill_id.is_not(None))


def mark_billed(session: Session, assignments: Subquery) -> int:
    """Let bills take rows (columns id, bill_id; None gives them back); how many that were."""
    row = models.RatedUsage
    done = session.execute(
        update(row)
        .where(row.id == assignments.c.id)
        .values(bill_id=assignments.c.bill_id)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def rate_classes(session: Session) -> Sequence[models.RateClass]:
    """How bills name groups of usage."""
    return session.scalars(select(models.RateClass).order_by(models.RateClass.key)).all()


def _rate_line(session: Session, line: _Line, first: date, until: datetime) -> int:
    zone = operator_of(session).zone_info
    since = datetime.combine(max(first, line.started), time(), tzinfo=zone)
    over = until if line.ended is None else datetime.combine(line.ended + timedelta(days=1), time(), tzinfo=zone)
    over = min(over, until, clock_of(session).now())
    if over <= since:
        return 0
    usage.collect(session, product_id=line.product_id, number=line.number, since=since, until=over)
    records = usage.records_of(session, line.product_id, since, over)
    known = dict(
        session.execute(
            select(models.RatedUsage.started_at, func.count())
            .where(models.RatedUsage.product_id == line.product_id)
            .group_by(models.RatedUsage.started_at)
        ).all()
    )
    count = 0
    for _, month in groupby(records, lambda one: one.started_at.astimezone(zone).replace(day=1).date()):
        before: dict[UsageKind, rules.RatedUsage] = {}
        so_far: list[UsageRecord] = []
        for record in month:
            so_far.append(record)
            if known.get(record.started_at):
                continue
            after = {one.kind: one for one in rate_usage(session, offering_id=line.offering_id, records=so_far)}
            before = {one.kind: one for one in rate_usage(session, offering_id=line.offering_id, records=so_far[:-1])}
            count += _keep(session, line, record, before.get(record.kind), after[record.kind])
    session.flush()
    return count


def _keep(session: Session, line: _Line, record: UsageRecord, before: RatedUsage | None, after: RatedUsage) -> int:
    was = before or RatedUsage(record.kind, Decimal(0), Decimal(0), Decimal(0))
    used, beyond = after.used - was.used, after.beyond - was.beyond
    row = models.RatedUsage(
        product_id=line.product_id, kind=record.kind, rate_class=record.kind.value, started_at=record.started_at,
        local_date=record.started_at.astimezone(operator_of(session).zone_info).date(), quantity=used,
        included_quantity=used - beyond, amount=after.amount - was.amount, unit=operator_of(session).currency,
        rated_at=clock_of(session).now(),
    )  # fmt: skip
    session.add(row)
    return 1
