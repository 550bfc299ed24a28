"""Records are removed over the API while they are being rated: each is either gone, or rated, never half of both."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from customers import become_customer
from sqlalchemy import func, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_into

from backend.infra.database import Database, clock_of
from backend.kernel.errors import DomainError
from backend.rating import service
from backend.rating.models import RatedUsage
from backend.usage import writing
from backend.usage.models import Collection, Usage
from backend.usage.rules import UsageStatus

pytestmark = pytest.mark.slow
RECORDS = 120


def filled(database: Database) -> list[UUID]:
    """A line with so many calls that wait to be rated, of which the network has nothing more to tell."""
    with database.transaction() as session:
        clock = clock_of(session)
        line = become_customer(session, clock, joined=clock.today() - timedelta(days=40))
        until = insert_into(Collection).values(product_id=line.product_id, until=clock.now())
        session.execute(until.on_conflict_do_nothing())
        rows = [
            {
                "id": uuid4(), "record_id": f"race-{number}", "product_id": line.product_id, "kind": "voice",
                "started_at": clock.now() - timedelta(days=20, minutes=number), "quantity": 60, "units": 60,
                "destination": "+966551234567", "collected_at": clock.now(),
            }
            for number in range(RECORDS)
        ]  # fmt: skip
        session.execute(insert(Usage), rows)
    return [UUID(str(row["id"])) for row in rows]


def test_a_record_is_gone_or_rated(own_database: Database) -> None:
    records, random = filled(own_database), Random(9)
    random.shuffle(records)

    def remove(record: UUID) -> str:
        try:
            with own_database.transaction() as session:
                row = session.get(Usage, record)
                assert row is not None
                writing.remove_usage(session, None, row)
        except DomainError as refusal:
            return type(refusal).__name__
        return "removed"

    def rate(_: int) -> None:
        try:
            with own_database.transaction() as session:
                service.rate_pending(session, until=clock_of(session).now())
        except DomainError:
            return

    with ThreadPoolExecutor(4) as pool:
        removing = pool.map(remove, records[: RECORDS // 2])
        rating = pool.map(rate, range(6))
        told = set(removing)
        list(rating)
    rate(0)
    assert told <= {"removed", "UsageSettled"}
    with own_database.transaction() as session:
        lost = select(func.count()).select_from(RatedUsage).where(RatedUsage.usage_id.not_in(select(Usage.id)))
        assert session.scalar(lost) == 0
        left = session.scalars(select(Usage.status).where(Usage.record_id.like("race-%"))).all()
        assert set(left) == {UsageStatus.RATED}
        assert len(left) >= RECORDS // 2
        named = select(func.count(func.distinct(RatedUsage.usage_id))).select_from(RatedUsage)
        assert session.scalar(named.where(RatedUsage.usage_id.in_(records))) == len(left)
