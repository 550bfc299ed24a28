"""A bill run makes each bill once, with every line accounted for in the ledger."""

import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from bills import bill_party
from books import books_agree
from customers import Customer, become_customer
from sqlalchemy import func, make_url, select, text
from sqlalchemy.orm import Session

from backend.billing import queries, service
from backend.billing.errors import NoPostpaidAccount, PeriodNotOver
from backend.billing.models import CustomerBill
from backend.billing.rules import BillState, RateType
from backend.billing.run import planning
from backend.catalog import service as catalog
from backend.infra.database import Database, engine_for
from backend.kernel.clock import Clock
from backend.kernel.period import Period, month_of
from backend.ledger import service as ledger
from backend.main import assembled_database
from backend.migrations import upgrade
from backend.provisioning import service as provisioning
from backend.usage.models import Usage

pytestmark = pytest.mark.slow

OCTOBER, NOVEMBER = month_of(date(2026, 10, 1)), month_of(date(2026, 11, 1))
MakeCustomer = Callable[..., Customer]
Lines = list[tuple[str, str, Decimal, Decimal]]


def lines_of(session: Session, bill: CustomerBill) -> Lines:
    return [(line.type, line.name_en, line.tax_excluded, line.tax) for line in queries.lines(session, [bill.id])]


def billed(session: Session, customer: Customer, cycle: Period = OCTOBER) -> CustomerBill:
    bill = bill_party(session, customer.party_id, cycle)
    assert bill is not None
    return bill


def test_the_first_bill_of_a_line_begun_inside_the_month_holds_the_days_served(
    session: Session, customer: MakeCustomer
) -> None:
    bill = billed(session, customer(joined=date(2026, 10, 11)))
    fee = queries.lines(session, [bill.id])[0]
    assert (fee.type, fee.name_en, fee.tax_excluded, fee.tax) == (
        RateType.RECURRING,
        "Monthly fee: Mofawtar 100",
        Decimal("67.74"),
        Decimal("10.16"),
    )
    assert (fee.period_start, fee.period_end, fee.quantity) == (date(2026, 10, 11), date(2026, 10, 31), 21)
    assert (bill.period_start, bill.bill_date, bill.due_date) == (OCTOBER.start, NOVEMBER.start, date(2026, 11, 21))


def test_usage_beyond_the_bundle_is_billed_by_kind_with_tax(session: Session, customer: MakeCustomer) -> None:
    bill = billed(session, customer(joined=date(2026, 9, 1)))
    kinds = {name.split(":")[0] for kind, name, _, _ in lines_of(session, bill) if kind == RateType.USAGE}
    assert kinds == {"National calls", "Messages", "Data"}
    messages = next(line for line in queries.lines(session, [bill.id]) if line.name_en.startswith("Messages"))
    assert messages.quantity is not None
    assert messages.tax_excluded == messages.quantity * Decimal("0.25")


def test_a_bill_is_the_sum_of_its_lines_and_the_ledger_holds_every_one(
    session: Session, customer: MakeCustomer
) -> None:
    bill = billed(session, customer(joined=date(2026, 9, 1)))
    lines = queries.lines(session, [bill.id])
    assert bill.tax_excluded == sum(line.tax_excluded for line in lines)
    assert bill.tax_included == bill.remaining_amount == sum(line.tax_included for line in lines)
    assert ledger.receivable(session, bill.billing_account_id) == bill.tax_included
    assert books_agree(session)


def test_a_bill_is_made_once_however_often_the_run_is_repeated(session: Session, customer: MakeCustomer) -> None:
    someone = customer(joined=date(2026, 10, 1))
    billed(session, someone)
    assert bill_party(session, someone.party_id, OCTOBER) is None
    assert session.scalars(planning.due(session, OCTOBER.end)).all() == []
    assert len(session.scalars(select(CustomerBill)).all()) == 1


def test_a_month_that_is_not_over_is_not_billed(session: Session, customer: MakeCustomer) -> None:
    with pytest.raises(PeriodNotOver):
        bill_party(session, customer(joined=date(2026, 10, 1)).party_id, NOVEMBER)


def test_the_month_is_over_when_its_last_day_is_in_riyadh(
    session: Session, customer: MakeCustomer, clock: Clock
) -> None:
    someone = customer(joined=date(2026, 10, 1))
    clock.offset = timedelta(days=6, hours=12, minutes=1)  # 00:01 on 1 December in Riyadh, still November in UTC
    assert billed(session, someone, NOVEMBER).bill_date == date(2026, 12, 1)


def test_prepaid_customers_get_no_bill(session: Session, customer: MakeCustomer) -> None:
    prepaid = customer(offering="yalla-30", joined=date(2026, 10, 1))
    assert bill_party(session, prepaid.party_id, OCTOBER) is None
    with pytest.raises(NoPostpaidAccount):
        service.upcoming(session, prepaid.party_id)


def test_a_line_begun_after_the_cycle_is_not_on_its_bill(session: Session, customer: MakeCustomer) -> None:
    assert bill_party(session, customer(joined=date(2026, 11, 2)).party_id, OCTOBER) is None


def test_two_lines_of_one_person_come_on_one_bill(session: Session, customer: MakeCustomer) -> None:
    mobile = customer(joined=date(2026, 10, 1), national_id="1012345003")
    home = customer(joined=date(2026, 10, 16), national_id="1012345003", offering="fibre-100")
    assert mobile.party_id == home.party_id
    fees = [line for line in lines_of(session, billed(session, mobile)) if line[0] == RateType.RECURRING]
    assert fees == [
        ("recurringCharge", "Monthly fee: Mofawtar 100", Decimal("100.00"), Decimal("15.00")),
        ("recurringCharge", "Monthly fee: Fibre 100", Decimal("92.90"), Decimal("13.94")),
    ]


def test_three_months_of_one_customer_make_three_bills_line_by_line(
    session: Session, customer: MakeCustomer, clock: Clock
) -> None:
    home = customer(offering="fibre-100", joined=date(2026, 9, 21))
    clock.offset = timedelta(days=20)
    bills = [billed(session, home, month_of(date(2026, month, 1))) for month in (9, 10, 11)]
    fees = [lines_of(session, bill)[0][2:] for bill in bills]
    assert fees == [(Decimal("60.00"), Decimal("9.00")), *[(Decimal("180.00"), Decimal("27.00"))] * 2]
    assert [bill.bill_date for bill in bills] == [date(2026, month, 1) for month in (10, 11, 12)]
    numbers = [int(bill.bill_no.rsplit("-", 1)[1]) for bill in bills]
    assert numbers == list(range(numbers[0], numbers[0] + 3))


def test_usage_of_the_last_evening_of_a_month_is_on_its_bill_and_not_on_the_next(
    session: Session, customer: MakeCustomer, clock: Clock
) -> None:
    someone = customer(joined=date(2026, 9, 1))
    clock.offset = timedelta(days=20)
    quantities = []
    for cycle in (OCTOBER, NOVEMBER):
        bill = billed(session, someone, cycle)
        quantities.append(next(x.quantity for x in queries.lines(session, [bill.id]) if x.name_en.startswith("Data")))
    zone = clock.zone
    records = provisioning.network_usage(
        session,
        someone.number,
        clock.now().astimezone(zone).replace(month=10, day=1, hour=0, minute=0),
        clock.now().astimezone(zone).replace(month=12, day=1, hour=0, minute=0),
    )
    assert sum(r.quantity for r in records if r.kind == "data") == sum(q for q in quantities if q is not None)


def test_the_running_month_is_told_without_keeping_anything(session: Session, customer: MakeCustomer) -> None:
    cycle, amount = service.upcoming(session, customer(joined=date(2026, 10, 1)).party_id)
    assert cycle == NOVEMBER
    assert amount.value >= Decimal("115.00")
    assert session.scalars(select(CustomerBill)).all() == []


def test_usage_that_has_not_happened_yet_is_in_no_amount(
    session: Session, customer: MakeCustomer, clock: Clock
) -> None:
    someone = customer(joined=date(2026, 10, 1))
    service.upcoming(session, someone.party_id)
    newest = session.scalar(select(func.max(Usage.started_at)))
    assert newest is not None
    assert newest < clock.now()


def test_a_run_is_for_whoever_has_no_bill_yet_and_waits_for_workers(session: Session, customer: MakeCustomer) -> None:
    done = customer(joined=date(2026, 10, 1))
    billed(session, done)
    waiting = customer(joined=date(2026, 10, 1))
    run = service.start_run(session, OCTOBER.end, by="test")
    assert run is not None
    assert (run.accounts, waiting.party_id != done.party_id) == (1, True)
    jobs = text("SELECT task_name FROM procrastinate_jobs WHERE args ->> 'run_id' = :run")
    assert session.scalars(jobs, {"run": str(run.id)}).all() == ["billing:work_run"]


@pytest.fixture
def committed(database: Database) -> Iterator[Database]:
    """A database of this test's own, where a customer of October is committed."""
    name = f"bills_{uuid4().hex[:8]}"
    with engine_for(
        database.engine.url.render_as_string(hide_password=False), isolation_level="AUTOCOMMIT"
    ).connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = make_url(database.engine.url).set(database=name).render_as_string(hide_password=False)
    upgrade(url)
    own = assembled_database(url)
    yield own
    own.engine.dispose()


def test_runs_that_race_make_one_bill(committed: Database) -> None:
    own = committed
    clock = Clock()
    with own.transaction() as session:
        session.info["clock"] = clock
        catalog.load(session)
        provisioning.load_numbers(session)
        last = month_of(month_of(clock.today()).start - timedelta(days=1))
        someone = become_customer(session, clock, joined=last.start)
    made: list[object] = []

    def run() -> None:
        with own.transaction() as session:
            bill = bill_party(session, someone.party_id, last)
            made.append(bill and bill.bill_no)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(str(bill) for bill in made)[1:] == ["None"] * 3
    with own.transaction() as session:
        bills = session.scalars(select(CustomerBill)).all()
        assert [bill.state for bill in bills] == [BillState.SENT]
        assert books_agree(session)
        assert service.verify(session) == []
