"""An offering with money for calls and prices that depend on use: written in a file, ordered, used, rated, billed."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from bills import bill_party
from by_hand import cost
from customers import Customer
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from backend.billing import queries as bills
from backend.billing import service as billing
from backend.catalog import service as catalog
from backend.catalog import source
from backend.catalog.rules import allowance_text
from backend.catalog.service.offerings import areas_of
from backend.infra.operator import load_operator
from backend.kernel.clock import Clock
from backend.kernel.period import Period, month_of
from backend.ordering.models import Product
from backend.rating import service
from backend.rating.engine import NANO
from backend.rating.models import RatedUsage, Tally
from backend.usage.models import Collection, Usage
from backend.usage.rules import UsageKind, whole_units

SOLD = """
  - id: talk-60
    name: {ar: كلام ٦٠, en: Talk 60}
    description: {ar: باقة للمكالمات., en: A plan for those who call.}
    kind: mobilePostpaid
    price: {amount: "60.00", period: 1 month, taxIncluded: false}
    allowances:
      - {usage: voice, money: "10.00"}
      - {usage: voice, money: "20.00", zone: international}
    outOfBundle:
      - {usage: voice, tiers: [{upTo: 600, price: "0.50", unitSize: 60}, {price: "0.20", unitSize: 60}]}
      - usage: message
        byVolume: true
        tiers: [{upTo: 10, price: "0.25", unitSize: 1}, {price: "0.10", unitSize: 1}]
      - {usage: data, tiers: [{price: "5.00", unitSize: 1024}]}
"""
FIRST = datetime(2026, 10, 5, 9, tzinfo=UTC)
HOME, EGYPT = "+966551234567", "+201001234567"
OCTOBER = month_of(date(2026, 10, 1))


def written(folder: Path, sold: str = SOLD) -> Path:
    """The demonstration catalogue with one offering more."""
    path = folder / "catalog.yml"
    path.write_text(source.DEMONSTRATION.read_text(encoding="utf-8") + sold, encoding="utf-8")
    return path


@pytest.fixture
def line(session: Session, clock: Clock, customer: Callable[..., Customer], tmp_path: Path) -> Customer:
    """A line of that offering since the first of October, of which the network has nothing to tell."""
    catalog.load(session, written(tmp_path))
    found = customer(offering="talk-60", joined=date(2026, 10, 1))
    session.execute(insert(Collection), [{"product_id": found.product_id, "until": clock.now()}])
    return found


def use(session: Session, line: Customer, day: int, kind: UsageKind, quantity: int, *, to: str = HOME) -> None:
    moment = FIRST + timedelta(days=day)
    session.add(
        Usage(
            record_id=uuid4().hex, product_id=line.product_id, kind=kind, started_at=moment, quantity=Decimal(quantity),
            units=whole_units(kind, Decimal(quantity)), destination=to, collected_at=moment,
        )
    )  # fmt: skip
    session.flush()


def used_in_october(session: Session, line: Customer, clock: Clock, *, daily: bool) -> None:
    """60 minutes at home, 5 to Egypt, 15 messages, 1,500 MB; rated every day, or in one go."""
    calls = [(1, 8 * 60), (2, 12 * 60), (3, 40 * 60)]
    for day, seconds in calls:
        use(session, line, day, UsageKind.VOICE, seconds)
        use(session, line, day, UsageKind.MESSAGE, 1)
        if daily:
            service.rate_pending(session, until=clock.now())
    for _ in range(12):
        use(session, line, 4, UsageKind.MESSAGE, 1)
    use(session, line, 5, UsageKind.DATA, 1500)
    use(session, line, 6, UsageKind.VOICE, 300, to=EGYPT)
    assert service.rate_pending(session, until=clock.now()).unrated == 0


@pytest.mark.parametrize("daily", [False, True])
def test_it_is_billed_as_the_catalogue_says(session: Session, clock: Clock, line: Customer, *, daily: bool) -> None:
    used_in_october(session, line, clock, daily=daily)
    bill = bill_party(session, line.party_id, OCTOBER)
    assert bill is not None
    found = {line.rate_class or line.charge: line.tax_excluded for line in bills.lines(session, [bill.id])}
    assert found["rental"] == Decimal("60.00")
    assert found["voice.national"] == Decimal("5.00")  # 10 at 0.50 and 50 at 0.20 are 15.00, of which 10.00 are held
    assert found["message.national"] == Decimal("1.50")  # the tier of 15 prices all of them
    assert found["data.national"] == Decimal("10.00")  # two packages begun
    assert sum(found.values()) == Decimal("76.50")  # and Egypt is within its 20.00
    abroad = select(Tally.used).where(Tally.scope == f"money:{line.product_id}:voice:international")
    assert session.scalars(abroad).one() > 0
    assert billing.verify(session) == []


def test_rating_again_comes_to_the_same(session: Session, clock: Clock, line: Customer) -> None:
    used_in_october(session, line, clock, daily=True)
    total = select(func.sum(RatedUsage.amount)).where(RatedUsage.product_id == line.product_id)
    before = session.scalar(total)
    service.rate_again(session, days=Period(date(2026, 10, 1), date(2026, 10, 31)))
    assert session.scalar(total) == before == Decimal("16.5")


def test_the_next_month_holds_its_own_money_and_counts_anew(session: Session, clock: Clock, line: Customer) -> None:
    for day in (1, 33):
        use(session, line, day, UsageKind.VOICE, 3600)
    service.rate_pending(session, until=clock.now())
    rows = session.scalars(select(RatedUsage.amount).where(RatedUsage.product_id == line.product_id)).all()
    assert list(rows) == [Decimal(5), Decimal(5)]


def test_the_demonstration_sells_minutes_in_tiers(
    session: Session, clock: Clock, customer: Callable[..., Customer]
) -> None:
    someone = customer(offering="hikaya-50", joined=date(2026, 10, 1))
    session.execute(insert(Collection), [{"product_id": someone.product_id, "until": clock.now()}])
    for day, minutes in ((1, 60), (2, 90)):
        use(session, someone, day, UsageKind.VOICE, minutes * 60)
        service.rate_pending(session, until=clock.now())
    bill = bill_party(session, someone.party_id, OCTOBER)
    assert bill is not None
    found = {line.rate_class or line.charge: line.tax_excluded for line in bills.lines(session, [bill.id])}
    assert found == {"rental": Decimal("50.00"), "voice.national": Decimal("37.50")}  # 100 at 0.30, 50 at 0.15


def test_the_demonstration_sells_companies_calls_abroad_for_money(
    session: Session, clock: Clock, customer: Callable[..., Customer]
) -> None:
    someone = customer(offering="mofawtar-100", joined=date(2026, 10, 1))
    session.execute(insert(Collection), [{"product_id": someone.product_id, "until": clock.now()}])
    session.execute(update(Product).where(Product.id == someone.product_id).values(offering_id="business-world"))
    for day in (1, 2, 3):
        use(session, someone, day, UsageKind.VOICE, 60 * 60, to=EGYPT)
    service.rate_pending(session, until=clock.now())
    costs, scope = select(RatedUsage.amount).where(RatedUsage.product_id == someone.product_id), "money:%:international"
    held = session.scalars(select(Tally.used).where(Tally.scope.like(scope))).one()
    assert 0 < held <= 100 * NANO
    assert sum(session.scalars(costs), Decimal(0)) == max(3 * hour(session, someone) - 100, Decimal(0))


def hour(session: Session, someone: Customer) -> Decimal:
    """What an hour to Egypt costs without money held."""
    told = service.unit_price(session, product_id=someone.product_id, kind="voice", destination=EGYPT, at=FIRST)
    return cost(3600, told)


def test_customers_are_told_of_the_money(session: Session, line: Customer) -> None:
    assert line.product_id
    held = catalog.offering(session, "talk-60").allowances
    assert [allowance_text(one).en for one in held] == [
        "SAR 10.00 of calls",
        "SAR 20.00 of international calls",
    ]
    assert "10.00" in allowance_text(held[0]).ar


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('money: "10.00"}', 'money: "10.00", amount: 5}', "either amount or money"),
        ('money: "10.00"}', 'money: "-1"}', "money"),
        ('money: "20.00", zone', "amount: 20, zone", "an allowance of them is money"),
        ("upTo: 10,", "", "each of the tiers ends"),
        ("usage: message\n", 'usage: message\n        monthlyCap: "9.00"\n', "byVolume gives back"),
        ("kind: mobilePostpaid", "kind: mobilePrepaid", "pay after use"),
        ('{price: "5.00", unitSize: 1024}', "", "say either price with its unitSize, or tiers"),
    ],
)
def test_what_does_not_fit_is_told(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    content = written(tmp_path, SOLD.replace(right, wrong)).read_bytes()
    mistakes = source.read("catalog.yml", content, "SAR", areas_of(load_operator())).mistakes
    assert mistakes
    assert all(told in one for one in mistakes)
