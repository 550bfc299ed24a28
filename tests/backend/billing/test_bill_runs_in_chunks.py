"""A run makes the drafts of a day chunk by chunk, lets a person look, and posts what is approved, once."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from bills import bill_party
from customers import Customer
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.billing import service
from backend.billing.errors import PeriodNotOver, RunNotReady
from backend.billing.models import BillRunChunk, CustomerBill
from backend.billing.rules import RunState
from backend.billing.run import queries
from backend.billing.service import runs
from backend.infra.operator import operator_of
from backend.kernel.period import month_of
from backend.ledger import service as ledger
from backend.rating import service as rating
from backend.rating.models import RatedUsage

pytestmark = pytest.mark.slow

OCTOBER = month_of(date(2026, 10, 1))


@pytest.fixture
def two(customer: Callable[..., Customer], session: Session) -> list[Customer]:
    """Two customers since October; a run takes them in two chunks."""
    operator = operator_of(session)
    session.info["operator"] = operator.model_copy(update={"billing": operator.billing.model_copy(update={"chunk": 1})})
    return [customer(joined=date(2026, 10, 1)) for _ in range(2)]


def through(session: Session, run_id: object) -> RunState:
    while runs.work(session, run_id):  # type: ignore[arg-type]
        pass
    return runs.move_on(session, run_id)  # type: ignore[arg-type]


def bills(session: Session) -> list[CustomerBill]:
    return list(session.scalars(select(CustomerBill).order_by(CustomerBill.bill_no)).all())


def test_an_automatic_run_issues_every_bill_and_tells_of_each_once(session: Session, two: list[Customer]) -> None:
    run = service.start_run(session, OCTOBER.end, by="test")
    assert run is not None
    assert (run.chunks, run.accounts, run.state) == (2, 2, RunState.RUNNING)

    assert through(session, run.id) is RunState.POSTED

    made = bills(session)
    assert [bill.state for bill in made] == ["sent", "sent"]
    assert {bill.party_id for bill in made} == {one.party_id for one in two}
    chunks = session.scalars(select(BillRunChunk.number).where(BillRunChunk.run_id == run.id)).all()
    for number in [*chunks, *chunks]:
        service.tell_chunk(session, run.id, number)
    assert service.verify(session) == []
    assert service.start_run(session, OCTOBER.end, by="test") is None


def test_drafts_wait_for_approval_and_owe_nothing(session: Session, two: list[Customer]) -> None:
    run = service.start_run(session, OCTOBER.end, by="test", manual=True)
    assert run is not None
    assert through(session, run.id) is RunState.CHECKED
    drafts = bills(session)
    assert [(bill.bill_no, bill.remaining_amount) for bill in drafts] == [(None, 0)] * len(two)
    assert ledger.receivables(session) == {}

    service.hold_bill(session, drafts[0].id)
    service.approve_run(session, run.id, by="boss")
    assert through(session, run.id) is RunState.POSTED
    session.expire_all()
    assert sorted(bill.state for bill in bills(session)) == ["onHold", "sent"]

    late = service.approve_bill(session, drafts[0].id)
    assert (late.state, late.remaining_amount) == ("sent", late.tax_included)
    numbers = sorted(int((bill.bill_no or "").rsplit("-", 1)[1]) for bill in bills(session))
    assert numbers == [1, 2]
    assert service.verify(session) == []


def test_a_cancelled_run_gives_everything_back_and_is_made_anew(session: Session, two: list[Customer]) -> None:
    first = service.start_run(session, OCTOBER.end, by="test", manual=True)
    assert first is not None
    through(session, first.id)
    before = sorted(bill.tax_included for bill in bills(session))

    service.cancel_run(session, first.id)

    session.expire_all()
    assert bills(session) == []
    assert session.execute(rating.billed()).all() == []
    with pytest.raises(RunNotReady):
        service.approve_run(session, first.id, by="boss")
    again = service.start_run(session, OCTOBER.end, by="test")
    assert again is not None
    assert through(session, again.id) is RunState.POSTED
    session.expire_all()
    assert sorted(bill.tax_included for bill in bills(session)) == before
    assert len(before) == len(two)


def test_a_run_that_is_begun_again_is_the_same_run(session: Session, two: list[Customer]) -> None:
    first = service.start_run(session, OCTOBER.end, by="test")
    second = service.start_run(session, OCTOBER.end, by="other")
    assert first is not None
    assert second is not None
    assert (first.id, len(two)) == (second.id, 2)
    assert queries.open_runs(session) == [first.id]


def test_a_run_that_is_begun_answers_before_anything_is_rated(session: Session, two: list[Customer]) -> None:
    begun = service.begin_run(session, OCTOBER.end, by="test")
    unrated = select(func.count()).select_from(RatedUsage)
    assert (begun.state, begun.chunks, session.scalar(unrated)) == ("running", 0, 0)
    assert service.move_on(session, begun.id) == "running"
    through(session, begun.id)
    view = service.view(session, begun.id)
    assert (view.state, view.bills) == ("posted", len(two))
    assert session.scalar(unrated)


def test_a_begun_run_that_finds_nothing_to_bill_is_over(session: Session) -> None:
    begun = service.begin_run(session, OCTOBER.end, by="test", manual=True)
    through(session, begun.id)
    view = service.view(session, begun.id)
    assert (view.state, view.chunks, view.bills) == ("posted", 0, 0)


def test_a_day_that_is_not_over_is_not_billed(session: Session, two: list[Customer]) -> None:
    assert two
    with pytest.raises(PeriodNotOver):
        service.start_run(session, date(2026, 11, 30), by="test")


def test_a_bill_far_above_the_average_is_held(session: Session, two: list[Customer]) -> None:
    operator = operator_of(session)
    strict = operator.billing.check.model_copy(update={"factor": Decimal("1.5"), "at_least": Decimal(1), "bills": 1})
    billing = operator.billing.model_copy(update={"check": strict})
    session.info["operator"] = operator.model_copy(update={"billing": billing})
    someone = two[0]
    small = bill_party(session, someone.party_id, OCTOBER)
    assert small is not None
    session.info["clock"].offset += date(2026, 12, 2) - date(2026, 11, 24)
    service.corrections.adjust(
        session, small.billing_account_id, kind="charge", amount=Decimal(900), taxed=True, reason="a device", by="x"
    )
    run = service.start_run(session, date(2026, 11, 30), by="test")
    assert run is not None
    through(session, run.id)
    view = service.view(session, run.id)
    assert (view.bills, view.held) == (2, 1)
    held = session.scalars(select(CustomerBill).where(CustomerBill.state == "onHold")).one()
    assert held.party_id == someone.party_id
