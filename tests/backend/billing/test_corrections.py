"""Adjustments, credit notes, bills in between and last bills: each counts once, and the books agree."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from desk import Desk, settings
from fastapi.testclient import TestClient
from hypothesis import HealthCheck
from hypothesis import settings as given_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from backend.access.rules import Role
from backend.account import service as account
from backend.account.errors import CycleNotOffered
from backend.account.models import BillingAccount
from backend.account.rules import Cycle
from backend.billing import queries, service
from backend.billing.errors import AlreadyDecided, CreditTooHigh, NothingToBill, SecondPersonNeeded
from backend.billing.models import CustomerBill
from backend.billing.service import corrections
from backend.kernel.money import Money
from backend.ledger import service as ledger
from backend.ordering.models import ProductOrder, ProductOrderItem

SEPTEMBER = date(2026, 9, 1)
Headers = dict[str, str]


@pytest.fixture
def desk(session: Session) -> Desk:
    """An account with one fee of 100.00 since September."""
    made = Desk(session)
    made.sell("100", SEPTEMBER)
    return made


def billed(desk: Desk, closing: date = date(2026, 9, 30)) -> CustomerBill:
    bill = desk.close(closing)
    assert bill is not None
    return bill


def test_an_adjustment_stands_on_the_next_bill_once(session: Session, desk: Desk) -> None:
    corrections.adjust(
        session, desk.account_id, kind="goodwill", amount=Decimal(-23), taxed=True, reason="waited long", by="a"
    )
    first, second = billed(desk), billed(desk, date(2026, 10, 31))
    assert [(line.tax_excluded, line.tax) for line in desk.lines(first, "adjustment")] == [(-20, -3)]
    assert desk.lines(second, "adjustment") == []
    assert (first.tax_included, second.tax_included) == (92, 115)
    assert service.verify(session) == []


def test_much_goodwill_needs_a_second_person(session: Session, desk: Desk) -> None:
    row = corrections.adjust(
        session, desk.account_id, kind="goodwill", amount=Decimal("-50.01"), taxed=True, reason="waited", by="a"
    )
    assert row.state == "pending"
    assert desk.lines(billed(desk), "adjustment") == []
    with pytest.raises(SecondPersonNeeded):
        corrections.decide_adjustment(session, row.id, approve=True, by="a")
    corrections.decide_adjustment(session, row.id, approve=True, by="b")
    with pytest.raises(AlreadyDecided):
        corrections.decide_adjustment(session, row.id, approve=True, by="c")
    after = billed(desk, date(2026, 10, 31))
    assert [line.tax_included for line in desk.lines(after, "adjustment")] == [Decimal("-50.01")]


def test_a_credit_note_never_takes_more_than_is_left_of_a_line(session: Session, desk: Desk) -> None:
    bill = billed(desk)
    (line,) = desk.lines(bill)
    first = corrections.credit_lines(session, bill.id, {line.id: Decimal("33.33")}, reason="wrong", by="a")
    assert (first.note_no, first.tax_excluded, first.tax) == ("CN-2026-000001", Decimal("28.98"), Decimal("4.35"))
    with pytest.raises(CreditTooHigh):
        corrections.credit_lines(session, bill.id, {line.id: Decimal("81.68")}, reason="wrong", by="a")
    rest = corrections.credit_lines(session, bill.id, {}, reason="all of it", by="a")
    assert (rest.state, rest.tax_included, rest.note_no) == ("pending", Decimal("81.67"), None)
    corrections.decide_note(session, rest.id, approve=True, by="b")
    assert (first.tax_excluded + rest.tax_excluded, first.tax + rest.tax) == (100, 15)
    assert (rest.note_no, bill.remaining_amount, bill.state) == ("CN-2026-000002", 0, "settled")
    assert service.verify(session) == []


def test_a_credit_note_on_a_paid_bill_becomes_credit(session: Session, desk: Desk) -> None:
    bill = billed(desk)
    service.apply_payment(session, bill_id=bill.id, amount=Money(Decimal(115), "SAR"), source_id="p")
    (line,) = desk.lines(bill)
    corrections.credit_lines(session, bill.id, {line.id: Decimal(46)}, reason="wrong", by="a")
    after = billed(desk, date(2026, 10, 31))
    assert (after.tax_included, after.remaining_amount, after.state) == (115, 69, "partiallyPaid")
    assert service.verify(session) == []


def test_a_bill_in_between_leaves_its_days_out_of_the_next(desk: Desk) -> None:
    interim = desk.now(date(2026, 9, 11))
    assert (interim.category, interim.period_end) == ("interim", date(2026, 9, 10))
    with pytest.raises(NothingToBill):
        desk.now(date(2026, 9, 11))
    rest = billed(desk)
    assert [line.tax_excluded for bill in (interim, rest) for line in desk.lines(bill)] == [
        Decimal("33.33"),
        Decimal("66.67"),
    ]


def test_a_last_bill_returns_the_deposit_and_asks_the_exit_fee(session: Session) -> None:
    desk = Desk(session)
    fibre = desk.sell("180", SEPTEMBER, offering="fibre-100")
    order = ProductOrder(order_no="ORD-T", language="ar", order_date=fibre.start_date, party_id=desk.party_id)
    session.add(order)
    session.flush()
    session.add(
        ProductOrderItem(
            order_id=order.id, position=1, item_id="1", kind="line", product_id=fibre.id, deposit=Decimal(300)
        )
    )
    first = billed(desk)
    assert [line.tax_included for line in desk.lines(first, "deposit")] == [300]
    service.apply_payment(session, bill_id=first.id, amount=Money(first.tax_included, "SAR"), source_id="p")
    desk.end(fibre, date(2026, 10, 10))
    desk.today(date(2026, 10, 12))
    assert service.departed(session) == [(desk.party_id, date(2026, 10, 10))]

    last = service.bill_last(session, desk.party_id, date(2026, 10, 10))

    assert last is not None
    assert [(line.charge, line.tax_excluded) for line in desk.lines(last)] == [
        ("rental", Decimal("58.06")),
        ("exitFee", Decimal(550)),
        ("depositReturn", Decimal(-300)),
    ]
    assert (last.category, service.departed(session)) == ("last", [])
    assert service.verify(session) == []


def test_a_bill_below_nothing_gives_its_money_to_the_account(session: Session, desk: Desk) -> None:
    row = corrections.adjust(
        session, desk.account_id, kind="correction", amount=Decimal(-200), taxed=True, reason="double", by="a"
    )
    corrections.decide_adjustment(session, row.id, approve=True, by="b")
    bill = billed(desk)
    assert (bill.tax_included, bill.remaining_amount, bill.state) == (-85, 0, "settled")
    assert session.get_one(BillingAccount, desk.account_id).credit_amount == 85
    assert service.verify(session) == []


def test_an_agreed_minimum_is_topped_up(session: Session, desk: Desk) -> None:
    account.commit_to(session, desk.account_id, Decimal(250))
    assert [(line.charge, line.tax_excluded) for line in desk.lines(billed(desk))] == [
        ("rental", 100),
        ("commitment", 150),
    ]


def test_suspended_days_are_free_where_the_operator_says_so(session: Session, desk: Desk) -> None:
    settings(session, suspended_days="free")
    desk.today(date(2026, 9, 5))
    product = desk.sell("300", SEPTEMBER)
    desk.suspend(product, date(2026, 9, 11), date(2026, 9, 20))
    fees = [line.tax_excluded for line in desk.lines(billed(desk), "rental") if line.product_id == product.id]
    assert fees == [Decimal(200)]


def test_a_price_with_tax_is_the_price_that_is_paid(session: Session) -> None:
    desk = Desk(session)
    desk.sell("9.99", SEPTEMBER, gross=True)
    (line,) = desk.lines(billed(desk))
    assert (line.tax_excluded, line.tax, line.tax_included) == (Decimal("8.69"), Decimal("1.30"), Decimal("9.99"))


def test_a_person_may_choose_half_months_but_no_day(session: Session, desk: Desk) -> None:
    desk.today(date(2026, 9, 3))
    with pytest.raises(CycleNotOffered):
        account.choose_cycle(session, desk.account_id, Cycle.parse("monthly-15"))
    account.choose_cycle(session, desk.account_id, Cycle.parse("halfMonthly"))
    billed(desk)
    first, second = (billed(desk, closing) for closing in (date(2026, 10, 15), date(2026, 10, 31)))
    assert [line.tax_excluded for bill in (first, second) for line in desk.lines(bill)] == [
        Decimal("48.39"),
        Decimal("51.61"),
    ]
    assert (first.bill_date, first.due_date) == (date(2026, 10, 16), date(2026, 10, 26))


def test_ageing_tells_what_is_overdue(session: Session, desk: Desk) -> None:
    billed(desk)
    billed(desk, date(2026, 10, 31))
    desk.today(date(2026, 11, 22))
    (row,) = ledger.ageing(session, queries.owed_and_due(), date(2026, 11, 22))
    assert (row.days_1_to_30, row.days_31_to_60, row.balance) == (115, 115, 230)


def test_staff_enter_each_adjustment_once(
    api: TestClient, session: Session, desk: Desk, staff: Callable[..., Headers]
) -> None:
    body = {
        "billingAccount": {"id": str(desk.account_id)},
        "kind": "goodwill",
        "amount": {"unit": "SAR", "value": "-20.00"},
        "reason": "waited long",
    }
    headers = staff(Role.BILLING) | {"Idempotency-Key": "one-of-these"}
    first, again = (api.post("/billing/v1/adjustment", json=body, headers=headers) for _ in range(2))
    assert (first.status_code, again.json()) == (201, first.json())
    assert [line.tax_included for line in desk.lines(billed(desk), "adjustment")] == [-20]
    assert service.verify(session) == []


class Books(RuleBasedStateMachine):
    """Bills, payments, credit notes and adjustments in any order: the books always agree."""

    desk: Desk

    def __init__(self) -> None:
        super().__init__()
        self.bills: list[CustomerBill] = []
        self.closing = date(2026, 8, 31)
        self.number = 0

    @rule()
    def bill(self) -> None:
        self.closing = Cycle().holding(self.closing + timedelta(days=1)).end
        made = self.desk.close(self.closing)
        assert made is not None
        self.bills.append(made)

    @rule(part=st.integers(1, 100))
    def pay(self, part: int) -> None:
        owing = [bill for bill in self.bills if bill.remaining_amount > 0]
        if owing:
            amount = max(owing[0].remaining_amount * part // 100, Decimal("0.01"))
            self.number += 1
            service.apply_payment(
                self.desk.session, bill_id=owing[0].id, amount=Money(amount, "SAR"), source_id=str(self.number)
            )

    @rule(cents=st.integers(1, 5000))
    def credit(self, cents: int) -> None:
        for bill in self.bills[-1:]:
            (line,) = self.desk.lines(bill, "rental")
            try:
                corrections.credit_lines(
                    self.desk.session, bill.id, {line.id: Decimal(cents) / 100}, reason="x" * 3, by="a"
                )
            except CreditTooHigh:
                return

    @rule(cents=st.integers(-5000, 5000).filter(bool))
    def adjust(self, cents: int) -> None:
        corrections.adjust(
            self.desk.session, self.desk.account_id, kind="correction", amount=Decimal(cents) / 100, taxed=True,
            reason="xyz", by="a",
        )  # fmt: skip

    @invariant()
    def the_books_agree(self) -> None:
        assert service.verify(self.desk.session) == []
        balance = ledger.receivable(self.desk.session, self.desk.account_id)
        credit = self.desk.session.get_one(BillingAccount, self.desk.account_id).credit_amount
        assert balance == sum(bill.remaining_amount for bill in self.bills) - credit


@pytest.mark.slow
def test_whatever_happens_the_books_agree(session: Session) -> None:
    class Run(Books):
        def __init__(self) -> None:
            self.savepoint = session.begin_nested()
            self.offset = session.info["clock"].offset
            self.desk = Desk(session)
            self.desk.sell("100", SEPTEMBER)
            super().__init__()

        def teardown(self) -> None:
            self.savepoint.rollback()
            session.expire_all()
            session.info["clock"].offset = self.offset

    run_state_machine_as_test(
        Run,
        settings=given_settings(
            max_examples=8, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
