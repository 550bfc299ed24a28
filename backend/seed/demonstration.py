"""Fills an empty database with the demonstration operator: catalogue, numbers, staff, and customers with a past."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import track
from sqlalchemy.orm import Session

from backend.access import service as access
from backend.access.rules import Caller, Role
from backend.account import service as account
from backend.acquisition.sandbox import documented_companies, documented_people
from backend.billing import service as billing
from backend.catalog import service as catalog
from backend.infra.database import Database, clock_of
from backend.infra.health import seeding
from backend.infra.operator import operator_of
from backend.kernel.clock import Clock
from backend.kernel.money import Money
from backend.kernel.period import Period, month_of, months_between
from backend.kernel.text import Bilingual
from backend.ordering import service as ordering
from backend.prepaid import service as prepaid
from backend.prepaid.rules import grouped
from backend.provisioning import service as provisioning
from backend.sandbox import service as sandbox
from backend.seed import people
from backend.seed.company import CONTACT, NAME, NAME_IN_ENGLISH, CompanyLife
from backend.seed.history import Life
from backend.seed.people import GOOD_FOR, SeededCustomer, Story

COMPANY_GOOD_FOR = Bilingual(
    ar="شركة بثلاثة فروع؛ هذا رقم جهة اتصال فرع الرياض",
    en="a company with three branches; the number is the Riyadh branch's authorised contact",
)
LONGEST_PREPAID_PERIOD = timedelta(days=30)
VOUCHER_AMOUNT, VOUCHERS = Decimal(50), 10
Step = tuple[datetime, Callable[[Session], object]]
SEED = "seed"
JOINED, BILLED, FOUND, PAID, DISPUTED, REPORTED = time(10), time(2), time(8), time(13), time(16), time(19)


def seeded(database: Database, console: Console) -> dict[str, list[dict[str, Any]]]:
    """The demonstration people; the database is filled first when it has none. Nothing is done twice."""
    with seeding(database):
        return _seeded(database, console)


def _seeded(database: Database, console: Console) -> dict[str, list[dict[str, Any]]]:
    with database.transaction() as session:
        known = sandbox.people(session)
        if known["staff"]:
            catalog.load_shipped(session)
            return known
        catalog.load_shipped(session)
        provisioning.load_numbers(session)
        seller = _staff(session)
        today = clock_of(session).today()
        zone = operator_of(session).zone_info
    lives = [Life(place, customer, seller) for place, customer in enumerate(people.customers())]
    company = CompanyLife(seller)
    steps = [step for life in lives for step in _steps(life, today)] + _company_steps(company, today)
    bill_runs = _bill_runs(steps, today)
    steps.sort(key=lambda step: step[0])
    for moment, step in track(steps, description="a past for the demonstration customers", console=console):
        past = replace(database, clock=_stopped_clock(moment, zone))
        if bill_runs and bill_runs[0] <= moment:
            _run_bills(replace(database, clock=_stopped_clock(bill_runs.pop(0), zone)))
        with past.transaction() as session:
            step(session)
    with database.transaction() as session:
        _list_people(session, lives)
        _list_company(session, company)
        _vouchers(session)
        return sandbox.people(session)


def _bill_runs(steps: list[Step], today: date) -> list[datetime]:
    """The night after each month that is over: everybody's bills are made at once."""
    first = min(moment for moment, _ in steps).date()
    ends = [month.end for month in months_between(first, today) if month.end < today]
    return [datetime.combine(end + timedelta(days=1), BILLED) for end in ends]


def _run_bills(database: Database) -> None:
    with database.transaction() as session:
        closing = clock_of(session).today() - timedelta(days=1)
        run = billing.start_run(session, closing, by=SEED, manual=False)
    if run is None:
        return
    billing.work_through(database, run.id)
    with database.transaction() as session:
        for number in range(1, run.chunks + 1):
            billing.tell_chunk(session, run.id, number)


def _stopped_clock(moment: datetime, zone: ZoneInfo) -> Clock:
    return Clock(zone=zone, source=lambda: moment.replace(tzinfo=zone))


def _staff(session: Session) -> Caller:
    admin = None
    for member in people.staff():
        added = access.add_staff(
            session, username=member.username, password=member.password, role=member.role, name=member.name
        )
        admin = added if member.role is Role.ADMIN else admin
        shown = {"username": member.username, "password": member.password, "role": member.role.value}
        sandbox.show_person(session, "staff", shown)
    if admin is None:
        raise LookupError("staff.yml names no admin")
    return Caller(staff_id=admin.id, username=admin.username, role=Role.ADMIN)


def _steps(life: Life, today: date) -> list[Step]:
    """Everything that has happened to a customer, in order of time."""
    joined = _months_back(today, life.customer.joined, life.customer.day)
    cycles = [month for month in months_between(joined, today) if month.end < today]
    steps: list[Step] = [(datetime.combine(joined, JOINED), life.join)]
    for index, cycle in enumerate(cycles):
        left = len(cycles) - index
        first = cycle.end + timedelta(days=1)
        steps.append((datetime.combine(first, FOUND), life.find_bill))
        if left > _open_bills(life.customer.story):
            steps.append((datetime.combine(min(first + timedelta(days=9), today), PAID), life.pay))
    steps += list(_story_steps(life, cycles, today))
    return steps + list(_top_ups(life, joined, today))


def _top_ups(life: Life, joined: date, today: date) -> Iterator[Step]:
    """A prepaid customer tops up whenever the plan's period is over."""
    day = joined + LONGEST_PREPAID_PERIOD
    while day < today:
        yield datetime.combine(day, PAID), life.top_up
        day += LONGEST_PREPAID_PERIOD


def _vouchers(session: Session) -> None:
    """Some vouchers to try; only a demonstration lists codes."""
    batch = prepaid.new_batch(session, amount=VOUCHER_AMOUNT, count=VOUCHERS, days=365, made_by="demonstration")
    amount = str(Money(VOUCHER_AMOUNT, batch.unit))
    for some in prepaid.print_vouchers(session, batch):
        for one in some:
            sandbox.show_person(session, "vouchers", {"code": grouped(one.code), "amount": amount})


def _story_steps(life: Life, cycles: list[Period], today: date) -> list[Step]:
    yesterday = today - timedelta(days=1)
    last_bill = cycles[-1].end + timedelta(days=2) if cycles else today
    evening, ported = datetime.combine(yesterday, REPORTED), datetime.combine(today - timedelta(days=4), REPORTED)
    steps: dict[Story, list[Step]] = {
        "disputed": [(datetime.combine(yesterday, DISPUTED), life.dispute)],
        "dispute_accepted": [(datetime.combine(min(last_bill, yesterday), DISPUTED), life.dispute_and_win)],
        "ticket": [(evening, life.report_problem)],
        "ticket_solved": [(evening, life.have_problem_solved)],
        "paused": [(evening, life.pause)],
        "ported": [(ported, life.port_in), (ported + timedelta(days=2), life.cut_over)],
    }
    return steps.get(life.customer.story, [])


def _company_steps(company: CompanyLife, today: date) -> list[Step]:
    day = _months_back(today, 2, 5)
    joined = datetime.combine(day, JOINED)
    bills = [
        (datetime.combine(month.end + timedelta(days=1), PAID), company.pay)
        for month in months_between(day, today)
        if month.end < today
    ]
    return [(joined, company.join), (joined + timedelta(days=3), company.grow), *bills]


def _list_company(session: Session, company: CompanyLife) -> None:
    first, *_ = (ordering.product(session, product_id) for product_id in company.product_ids)
    good_for = COMPANY_GOOD_FOR
    shown = {
        "name": {"ar": NAME, "en": NAME_IN_ENGLISH},
        "msisdn": CONTACT.contact_number,
        "plan": {"ar": first.name.ar, "en": first.name.en},
        "kind": first.kind,
        "story": "company",
        "accountNumber": account.open_account(session, company.known()).account_no,
        "goodFor": {"ar": good_for.ar, "en": good_for.en},
    }
    sandbox.show_person(session, "customers", shown)


def _open_bills(story: Story) -> int:
    return {"unpaid": 1, "overdue": 2, "disputed": 1, "dispute_accepted": 1}.get(story, 0)


def _months_back(today: date, months: int, day: int) -> date:
    month = month_of(today)
    for _ in range(months):
        month = month_of(month.start - timedelta(days=1))
    return min(month.start.replace(day=day), today - timedelta(days=1)) if months == 0 else month.start.replace(day=day)


def _list_people(session: Session, lives: list[Life]) -> None:
    for life in lives:
        for product in (ordering.product(session, product_id) for product_id in life.product_ids):
            account_no = account.open_account(session, product.party_id).account_no
            sandbox.show_person(session, "customers", _shown(life.customer, product) | {"accountNumber": account_no})
    for person in (*documented_people(), *documented_companies()):
        sandbox.show_person(session, "signUp", person)


def _shown(customer: SeededCustomer, product: ordering.ProductView) -> dict[str, Any]:
    good_for = GOOD_FOR[customer.story]
    return {
        "name": {"ar": customer.name.ar, "en": customer.name.en},
        "msisdn": product.number,
        "plan": {"ar": product.name.ar, "en": product.name.en},
        "kind": product.kind,
        "story": customer.story,
        "goodFor": {"ar": good_for.ar, "en": good_for.en},
    }
