"""What lines used is rated record by record: once, by what was sold to them, with what their company shares."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from by_hand import cost, month_by_hand
from customers import Customer
from sqlalchemy import insert, literal, select, update
from sqlalchemy.orm import Session

from backend.kernel.clock import Clock
from backend.kernel.period import Period
from backend.ordering.models import Product
from backend.rating import service
from backend.rating.models import RatedUsage, Tally
from backend.rating.rules import RatingReport
from backend.usage.models import Collection, Usage
from backend.usage.rules import UsageKind, UsageStatus, whole_units

OCTOBER = datetime(2026, 10, 15, 9, 0, tzinfo=UTC)
RIYADH_NUMBER, EGYPT = "+966551234567", "+201001234567"


@pytest.fixture
def line(customer: Callable[..., Customer]) -> Customer:
    """A line of Mofawtar 100 since the first of October."""
    return customer(joined=date(2026, 10, 1))


def used(
    session: Session,
    product_id: UUID,
    kind: UsageKind,
    quantity: int | str,
    *,
    at: datetime = OCTOBER,
    to: str = RIYADH_NUMBER,
    visited: str | None = None,
) -> UUID:
    """A record that was loaded."""
    row = Usage(
        record_id=uuid4().hex,
        product_id=product_id,
        kind=kind,
        started_at=at,
        quantity=Decimal(quantity),
        units=whole_units(kind, Decimal(quantity)),
        destination=to,
        visited=visited,
        collected_at=at,
    )
    session.add(row)
    session.flush()
    return row.id


def rated(session: Session, product_id: UUID) -> list[RatedUsage]:
    rows = select(RatedUsage).where(RatedUsage.product_id == product_id).order_by(RatedUsage.started_at, RatedUsage.id)
    return list(session.scalars(rows))


def rate(session: Session, clock: Clock, *products: UUID) -> RatingReport:
    return service.rate_pending(session, until=clock.now(), product_ids=products or None)


@pytest.fixture
def silent(session: Session, clock: Clock, line: Customer) -> Customer:
    """The line, of which the network has nothing more to tell."""
    session.execute(
        insert(Collection),
        [{"product_id": line.product_id, "until": clock.now()}],
    )
    return line


def test_all_that_a_line_used_costs_what_its_plan_says_for_the_month(
    session: Session, clock: Clock, line: Customer
) -> None:
    report = rate(session, clock, line.product_id)
    october = Period(date(2026, 10, 1), date(2026, 10, 31))
    known = month_by_hand(session, session.get_one(Product, line.product_id), october)
    rows = [row for row in rated(session, line.product_id) if row.local_date.month == 10]
    assert report.collected == report.rated > 0
    assert report.unrated == 0
    assert known.keys() == {row.kind for row in rows}
    for kind, (used, amount) in known.items():
        of_kind = [row for row in rows if row.kind == kind]
        assert sum(row.quantity for row in of_kind) == used
        assert sum(row.amount for row in of_kind) == amount


def test_nothing_is_rated_twice(session: Session, clock: Clock, line: Customer) -> None:
    rate(session, clock, line.product_id)
    before = len(rated(session, line.product_id))
    assert rate(session, clock, line.product_id) == RatingReport()
    assert len(rated(session, line.product_id)) == before


def test_the_minutes_of_the_plan_come_first_and_the_rest_is_paid(
    session: Session, clock: Clock, silent: Customer
) -> None:
    used(session, silent.product_id, UsageKind.VOICE, 499 * 60)
    used(session, silent.product_id, UsageKind.VOICE, 61, at=OCTOBER + timedelta(hours=1))
    rate(session, clock)
    first, second = rated(session, silent.product_id)
    assert (first.quantity, first.included_quantity, first.amount) == (29940, 29940, 0)
    assert (second.quantity, second.included_quantity, second.amount) == (120, 60, Decimal("0.35"))
    assert (second.rate_class, second.unit) == ("voice.national", "SAR")
    assert session.scalars(select(Tally.used).where(Tally.scope.like("plan:%:voice:%"))).all() == [30000]


def test_what_earlier_runs_took_of_an_allowance_is_gone(session: Session, clock: Clock, silent: Customer) -> None:
    used(session, silent.product_id, UsageKind.VOICE, 500 * 60)
    rate(session, clock)
    used(session, silent.product_id, UsageKind.VOICE, 60, at=OCTOBER - timedelta(days=1))
    rate(session, clock)
    assert [row.amount for row in rated(session, silent.product_id)] == [Decimal("0.35"), 0]


def test_the_cap_of_a_month_holds_over_several_runs(session: Session, clock: Clock, silent: Customer) -> None:
    for day, megabytes in enumerate((20480, 300, 150, 100), start=1):
        used(session, silent.product_id, UsageKind.DATA, megabytes, at=datetime(2026, 10, day, 12, tzinfo=UTC))
        rate(session, clock)
    used(session, silent.product_id, UsageKind.DATA, 20480 + 10, at=datetime(2026, 11, 2, tzinfo=UTC))
    rate(session, clock)
    amounts = [row.amount for row in rated(session, silent.product_id)]
    assert amounts == [0, 30, 15, 5, 1]


def test_what_a_month_left_over_is_used_first_in_the_next_where_the_operator_lets_it(
    session: Session, clock: Clock, silent: Customer
) -> None:
    operator = session.info["operator"]
    rolling = operator.rating.model_copy(update={"rollover": ("voice",)})
    session.info["operator"] = operator.model_copy(update={"rating": rolling})
    november = datetime(2026, 11, 3, 9, tzinfo=UTC)
    used(session, silent.product_id, UsageKind.VOICE, 400 * 60)
    rate(session, clock)
    used(session, silent.product_id, UsageKind.VOICE, 590 * 60, at=november)
    rate(session, clock)
    used(session, silent.product_id, UsageKind.VOICE, 11 * 60, at=november + timedelta(hours=11))
    rate(session, clock)
    assert [row.amount for row in rated(session, silent.product_id)] == [0, 0, Decimal("0.35")]


def test_calls_abroad_are_priced_by_prefix_and_time_and_not_covered_by_the_plan(
    session: Session, clock: Clock, silent: Customer
) -> None:
    used(session, silent.product_id, UsageKind.VOICE, 90, to=EGYPT)
    used(session, silent.product_id, UsageKind.VOICE, 90, to=EGYPT, at=datetime(2026, 10, 15, 16, 59, tzinfo=UTC))
    rate(session, clock)
    assert [(row.rate_class, row.amount) for row in rated(session, silent.product_id)] == [
        ("voice.arab", Decimal("2.70")),  # two minutes of the day
        ("voice.arab", Decimal("2.45")),  # the second minute begins at eight in the evening
    ]


def test_roaming_is_priced_by_the_network_that_was_visited(session: Session, clock: Clock, silent: Customer) -> None:
    used(session, silent.product_id, UsageKind.VOICE, 31, visited="42402")
    used(session, silent.product_id, UsageKind.DATA, 3, to="internet", visited="20801", at=OCTOBER + timedelta(hours=1))
    rate(session, clock)
    assert [(row.rate_class, row.quantity, row.amount) for row in rated(session, silent.product_id)] == [
        ("voice.roaming.gulf", 36, Decimal("1.20")),
        ("data.roaming.europe", 3, Decimal(3)),
    ]


def test_what_no_price_fits_waits_and_is_not_free(session: Session, clock: Clock, silent: Customer) -> None:
    known = used(session, silent.product_id, UsageKind.VOICE, 60, to="+9991234")
    report = rate(session, clock)
    assert (report.rated, report.unrated) == (0, 1)
    assert rated(session, silent.product_id) == []
    assert session.get_one(Usage, known).status == UsageStatus.GUIDED


def test_emergency_calls_cost_nothing_and_are_rated(session: Session, clock: Clock, silent: Customer) -> None:
    used(session, silent.product_id, UsageKind.VOICE, 600, to="997")
    rate(session, clock)
    assert [(row.rate_class, row.amount) for row in rated(session, silent.product_id)] == [("voice.free", 0)]


def test_a_bill_takes_rows_once(session: Session, clock: Clock, silent: Customer) -> None:
    used(session, silent.product_id, UsageKind.MESSAGE, 1)
    rate(session, clock)
    rows, bill = service.unbilled().subquery(), uuid4()
    pairs = select(rows.c.id, literal(bill)).where(rows.c.product_id == silent.product_id)
    assert service.mark_billed(session, pairs.subquery()) == 1
    assert service.mark_billed(session, pairs.subquery()) == 0
    session.expire_all()
    assert [row.bill_id for row in rated(session, silent.product_id)] == [bill]
    assert service.rate_classes(session)["message.national"].name.en == "Messages"


def test_rating_again_changes_nothing_when_nothing_has_changed(session: Session, clock: Clock, line: Customer) -> None:
    rate(session, clock, line.product_id)
    before = [(row.id, row.amount) for row in rated(session, line.product_id)]
    month = Period(date(2026, 10, 1), date(2026, 10, 31))
    report = service.rate_again(session, days=month, product_ids=[line.product_id])
    assert (report.reversed, report.rated) == (0, 0)
    assert [(row.id, row.amount) for row in rated(session, line.product_id)] == before


def test_rating_again_reverses_what_was_wrong_and_replaces_it_once(
    session: Session, clock: Clock, silent: Customer
) -> None:
    used(session, silent.product_id, UsageKind.VOICE, 500 * 60)
    rate(session, clock)
    used(session, silent.product_id, UsageKind.VOICE, 60, at=OCTOBER - timedelta(days=1))
    rate(session, clock)
    month = Period(date(2026, 10, 1), date(2026, 10, 31))
    first = service.rate_again(session, days=month)
    second = service.rate_again(session, days=month)
    rows = rated(session, silent.product_id)
    assert (first.reversed, first.rated, second.reversed) == (2, 2, 0)
    assert [row.amount for row in rows if row.local_date.day == 14] == [Decimal("0.35"), Decimal("-0.35"), 0]
    assert [row.amount for row in rows if row.local_date.day == 15] == [0, 0, Decimal("0.35")]
    assert sum(row.amount for row in rows) == Decimal("0.35")
    assert sum(row.quantity for row in rows) == 501 * 60
    assert session.scalars(select(Tally.used).where(Tally.scope.like("plan:%:voice:%"))).all() == [30000]


def test_the_price_before_a_call_is_what_the_call_then_costs(session: Session, clock: Clock, silent: Customer) -> None:
    for seconds, to, visited in ((1, EGYPT, None), (61, "+4915112345678", None), (37, RIYADH_NUMBER, "60201")):
        before = service.unit_price(
            session, product_id=silent.product_id, kind="voice", destination=to, at=OCTOBER, visited=visited or ""
        )
        used(session, silent.product_id, UsageKind.VOICE, seconds, to=to, visited=visited)
        rate(session, clock)
        [row] = [row for row in rated(session, silent.product_id) if row.rate_class == before.rate_class]
        assert row.amount == cost(seconds, before) > 0


def test_a_company_shares_what_its_lines_hold(
    session: Session, clock: Clock, customer: Callable[..., Customer]
) -> None:
    one, other = (customer(joined=date(2026, 10, 1), offering="mofawtar-100") for _ in range(2))
    assert one.product_id != other.product_id
    _make_business_lines(session, clock, one, other)
    used(session, one.product_id, UsageKind.DATA, 15 * 1024)
    used(session, other.product_id, UsageKind.DATA, 5 * 1024 + 10, at=OCTOBER + timedelta(hours=1))
    rate(session, clock)
    assert [row.amount for row in rated(session, one.product_id)] == [0]
    assert [row.amount for row in rated(session, other.product_id)] == [1]


def _make_business_lines(session: Session, clock: Clock, one: Customer, other: Customer) -> None:
    """Two lines of one party as Business Line."""
    lines = update(Product).where(Product.id.in_([one.product_id, other.product_id]))
    session.execute(lines.values(offering_id="business-line", offering_version="1.0", party_id=one.party_id))
    session.execute(
        insert(Collection),
        [{"product_id": made.product_id, "until": clock.now()} for made in (one, other)],
    )
