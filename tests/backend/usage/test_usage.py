"""Usage is collected from the network once, however often it is read."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from customers import Customer
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from backend.kernel.clock import Clock
from backend.provisioning import service as provisioning
from backend.usage import service
from backend.usage.models import Usage


@pytest.fixture
def line(customer: Callable[..., Customer]) -> Customer:
    """A line active since the first of October."""
    return customer(joined=date(2026, 10, 1))


@pytest.fixture
def october(clock: Clock) -> tuple[datetime, datetime]:
    """October as the operator counts it."""
    return datetime(2026, 10, 1, tzinfo=clock.zone), datetime(2026, 11, 1, tzinfo=clock.zone)


def collected(session: Session, line: Customer, span: tuple[datetime, datetime]) -> int:
    return service.collect(session, product_id=line.product_id, number=line.number, since=span[0], until=span[1])


def kept_of(session: Session, line: Customer) -> list[Usage]:
    own = select(Usage).where(Usage.product_id == line.product_id)
    return list(session.scalars(own.order_by(Usage.started_at, Usage.record_id)))


def test_everything_the_network_has_is_taken_in(
    session: Session, line: Customer, october: tuple[datetime, datetime]
) -> None:
    reported = provisioning.network_usage(session, line.number, *october)
    assert collected(session, line, october) == len(reported) > 0
    kept = kept_of(session, line)
    assert [(r.record_id, r.started_at, r.quantity) for r in kept] == [
        (r.record_id, r.start, r.quantity) for r in sorted(reported, key=lambda r: (r.start, r.record_id))
    ]


def test_a_record_counts_once_however_often_it_is_collected(
    session: Session, line: Customer, october: tuple[datetime, datetime]
) -> None:
    since, until = october
    first = collected(session, line, (since, until - timedelta(days=10)))
    rest = collected(session, line, october)
    assert collected(session, line, october) == 0
    total = session.scalar(select(func.count()).where(Usage.product_id == line.product_id))
    assert first + rest == total


def test_a_span_ends_before_its_last_moment(
    session: Session, line: Customer, october: tuple[datetime, datetime]
) -> None:
    collected(session, line, october)
    first, second = (one.started_at for one in kept_of(session, line)[:2])
    session.execute(delete(Usage).where(Usage.product_id == line.product_id))
    assert collected(session, line, (october[0], first)) == 0
    assert collected(session, line, (october[0], second)) == 1


def test_a_line_that_nobody_carries_has_no_usage(
    session: Session, line: Customer, october: tuple[datetime, datetime]
) -> None:
    since, until = october
    assert collected(session, line, (since - timedelta(days=60), since)) == 0
    assert until
