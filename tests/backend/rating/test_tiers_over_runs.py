"""What a period has counted of a tiered price holds over runs: in one go or day by day, the same is paid."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from customers import Customer
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from backend.kernel.clock import Clock
from backend.kernel.period import Period
from backend.rating import service
from backend.rating.models import RatedUsage, Tally
from backend.usage.models import Collection, Usage

FIRST = datetime(2026, 10, 30, 9, tzinfo=UTC)
MINUTES = (4, 9, 3, 8, 20)  # the last three in November
BOOK = """
validFrom: 2020-01-01
destinations: there.csv
zones: [{{id: far, name: {{ar: بعيد, en: far away}}}}]
prices:
  - usage: voice
    zones: [far]
    byVolume: {volume}
    tiers: {tiers}
"""
GRADUATED = "[{upTo: 10, price: 2, block: 60}, {upTo: 20, price: 1, block: 60}, {price: 0.5, block: 60}]"
PACKAGES = "[{upTo: 5, price: 0}, {price: 3, block: 600}]"


def seconds(tiers: str) -> str:
    """The tiers of minutes, in seconds."""
    return tiers.replace("upTo: 10", "upTo: 600").replace("upTo: 20", "upTo: 1200").replace("upTo: 5", "upTo: 300")


@pytest.fixture
def call(session: Session, clock: Clock, customer: Callable[..., Customer]) -> Callable[[int], Customer]:
    """Notes the call of a day, on a line of which the network has nothing to tell."""
    line = customer(joined=date(2026, 10, 1))
    session.execute(insert(Collection), [{"product_id": line.product_id, "until": clock.now()}])

    def called(day: int) -> Customer:
        session.add(
            Usage(
                record_id=uuid4().hex, product_id=line.product_id, kind="voice", started_at=FIRST + timedelta(days=day),
                quantity=MINUTES[day] * 60, units=MINUTES[day] * 60, destination="+99912345", collected_at=FIRST,
            )
        )  # fmt: skip
        session.flush()
        return line

    return called


@pytest.mark.parametrize(
    ("tiers", "volume", "october", "november"),
    [
        (GRADUATED, "false", "23", "35.5"),  # 10 at 2 and 3 at 1; then 10 at 2, 10 at 1, 11 at a half
        (GRADUATED, "true", "13", "15.5"),  # all 13 at 1; all 31 at a half
        (PACKAGES, "false", "3", "9"),  # 8 minutes are one package; 26 are three
    ],
)
@pytest.mark.parametrize("daily", [False, True])
def test_rating_day_by_day_costs_what_rating_in_one_go_costs(  # noqa: PLR0917
    session: Session,
    clock: Clock,
    tmp_path: Path,
    call: Callable[[int], Customer],
    daily: bool,
    tiers: str,
    volume: str,
    october: str,
    november: str,
) -> None:
    (tmp_path / "there.csv").write_text("prefix,zone,ar,en\n+999,far,هناك,there\n")
    (tmp_path / "rates.yml").write_text(BOOK.format(tiers=seconds(tiers), volume=volume))
    service.load_book(session, tmp_path / "rates.yml", by="test", replace=True)
    for day in range(len(MINUTES)):
        line = call(day)
        if daily or day == len(MINUTES) - 1:
            assert service.rate_pending(session, until=clock.now()).unrated == 0
    costs = select(
        func.sum(RatedUsage.amount).filter(RatedUsage.local_date < date(2026, 11, 1)),
        func.sum(RatedUsage.amount).filter(RatedUsage.local_date >= date(2026, 11, 1)),
    ).where(RatedUsage.product_id == line.product_id)
    assert session.execute(costs).one() == (Decimal(october), Decimal(november))
    counted = select(Tally.used).where(Tally.scope.like("tier:%")).order_by(Tally.since)
    assert session.scalars(counted).all() == [13 * 60, 31 * 60]

    whole = Period(date(2026, 10, 1), date(2026, 11, 30))
    service.rate_again(session, days=whole)
    assert session.execute(costs).one() == (Decimal(october), Decimal(november))
    assert session.scalars(counted).all() == [13 * 60, 31 * 60]
