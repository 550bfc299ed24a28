"""Payments and credits move a bill, its account and the ledger together, once."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from bills import bill_party
from books import books_agree
from customers import Customer
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.account import service as account
from backend.account.models import BillingAccount
from backend.billing import service
from backend.billing.errors import BillNotFound
from backend.billing.events import BillSettled
from backend.billing.models import CustomerBill
from backend.billing.rules import BillState
from backend.billing.settling import Share
from backend.infra.events import EventBus
from backend.kernel.clock import Clock
from backend.kernel.money import Money
from backend.kernel.period import month_of
from backend.kernel.scope import only
from backend.ledger.models import EntryPosting
from backend.ledger.rules import LedgerAccount

OCTOBER, NOVEMBER = month_of(date(2026, 10, 1)), month_of(date(2026, 11, 1))


def sar(value: str | Decimal) -> Money:
    return Money(Decimal(value), "SAR")


@pytest.fixture
def home(customer: Callable[..., Customer]) -> Customer:
    """Somebody with fibre since the first of October: bills of 207.00."""
    return customer(offering="fibre-100", joined=date(2026, 10, 1))


@pytest.fixture
def bill(session: Session, home: Customer) -> CustomerBill:
    """The bill of October, 207.00."""
    made = bill_party(session, home.party_id, OCTOBER)
    assert made is not None
    return made


def credit(session: Session, bill: CustomerBill, amount: str) -> None:
    """Let a dispute of so much of the bill be right."""
    service.credit_dispute(session, bill_id=bill.id, line_id=None, amount=sar(amount), dispute_no="DSP", by="somebody")


def credit_of(session: Session, bill: CustomerBill) -> Decimal:
    return session.get_one(BillingAccount, bill.billing_account_id).credit_amount


def unallocated(session: Session, bill: CustomerBill) -> Decimal:
    """The ledger's receivable of the account that is about no bill."""
    total = session.scalar(
        select(func.sum(EntryPosting.amount)).where(
            EntryPosting.billing_account_id == bill.billing_account_id, EntryPosting.bill_id.is_(None)
        )
    )
    return total or Decimal(0)


def test_a_part_payment_leaves_the_rest_and_a_full_one_settles(session: Session, bill: CustomerBill) -> None:
    heard: list[object] = []
    session.info["bus"] = bus = EventBus()
    bus.subscribe(BillSettled, lambda _, event: heard.append(event))
    service.apply_payment(session, bill_id=bill.id, amount=sar("100.00"), source_id="one")
    assert (bill.remaining_amount, bill.state, heard) == (Decimal("107.00"), BillState.PARTIALLY_PAID, [])
    service.apply_payment(session, bill_id=bill.id, amount=sar("107.00"), source_id="two")
    assert (bill.remaining_amount, bill.state) == (0, BillState.SETTLED)
    assert heard == [BillSettled(bill.id, bill.billing_account_id)]
    assert books_agree(session)


def test_the_same_payment_again_changes_nothing(session: Session, bill: CustomerBill) -> None:
    service.apply_payment(session, bill_id=bill.id, amount=sar("50.00"), source_id="one")
    with pytest.raises(IntegrityError), session.begin_nested():
        service.apply_payment(session, bill_id=bill.id, amount=sar("50.00"), source_id="one")
    session.refresh(bill)
    assert bill.remaining_amount == Decimal("157.00")
    assert books_agree(session)


def test_more_than_is_owed_becomes_the_customers_credit(session: Session, bill: CustomerBill) -> None:
    service.apply_payment(session, bill_id=bill.id, amount=sar("227.00"), source_id="one")

    assert (bill.remaining_amount, bill.state) == (0, BillState.SETTLED)
    assert credit_of(session, bill) == Decimal("20.00")
    assert unallocated(session, bill) == Decimal("-20.00")
    assert books_agree(session)


def test_money_goes_to_the_oldest_bill_first_or_to_the_one_it_names(
    session: Session, home: Customer, bill: CustomerBill, clock: Clock
) -> None:
    clock.offset = timedelta(days=10)
    newer = bill_party(session, home.party_id, NOVEMBER)
    assert newer is not None
    pay = {"session": session, "billing_account_id": bill.billing_account_id, "into": LedgerAccount.BANK}

    service.receive(**pay, amount=sar("57.00"), source_id="oldest")
    service.receive(**pay, amount=sar("207.00"), source_id="named", bill_id=newer.id)
    assert (bill.remaining_amount, newer.remaining_amount) == (Decimal("150.00"), 0)

    shares = service.receive(**pay, amount=sar("200.00"), source_id="again", bill_id=newer.id)
    assert shares == [Share(bill.id, Decimal("150.00")), Share(None, Decimal("50.00"))]
    assert books_agree(session)


def test_the_disputed_part_is_not_collected_and_credit_pays_it_when_the_dispute_ends(
    session: Session, bill: CustomerBill
) -> None:
    service.hold_disputed(session, bill_id=bill.id, amount=sar("30.00"))
    service.apply_payment(session, bill_id=bill.id, amount=sar("207.00"), source_id="one")
    assert (bill.remaining_amount, credit_of(session, bill)) == (Decimal("30.00"), Decimal("30.00"))

    service.release_disputed(session, bill_id=bill.id, amount=sar("30.00"))
    assert (bill.remaining_amount, bill.state, credit_of(session, bill)) == (0, BillState.SETTLED, 0)
    assert books_agree(session)


def test_what_is_given_back_is_owed_again_on_the_bills_it_had_paid(
    session: Session, home: Customer, bill: CustomerBill, clock: Clock
) -> None:
    service.apply_payment(session, bill_id=bill.id, amount=sar("300.00"), source_id="one")
    clock.offset = timedelta(days=10)
    newer = bill_party(session, home.party_id, NOVEMBER)
    assert newer is not None
    assert newer.remaining_amount == Decimal("114.00")  # the credit of 93 has paid a part of it

    service.give_back(
        session,
        billing_account_id=bill.billing_account_id,
        amount=sar("300.00"),
        out_of=LedgerAccount.CASH,
        source="refund",
        source_id="one",
        bill_ids=[bill.id],
    )
    assert (bill.remaining_amount, bill.state) == (Decimal("207.00"), BillState.SENT)
    assert (newer.remaining_amount, newer.state) == (Decimal("207.00"), BillState.SENT)
    assert credit_of(session, bill) == 0
    assert books_agree(session)


def test_a_credit_beyond_what_is_owed_waits_on_the_account_and_pays_the_next_bill(
    session: Session, home: Customer, bill: CustomerBill, clock: Clock
) -> None:
    service.apply_payment(session, bill_id=bill.id, amount=sar("200.00"), source_id="one")
    credit(session, bill, "57.00")
    assert (bill.remaining_amount, bill.state) == (0, BillState.SETTLED)
    assert session.get_one(BillingAccount, bill.billing_account_id).credit_amount == Decimal("50.00")
    assert books_agree(session)

    clock.offset = timedelta(days=10)
    after = bill_party(session, home.party_id, NOVEMBER)
    assert after is not None
    assert (after.tax_included, after.remaining_amount, after.state) == (
        Decimal("207.00"),
        Decimal("157.00"),
        BillState.PARTIALLY_PAID,
    )
    assert session.get_one(BillingAccount, bill.billing_account_id).credit_amount == 0
    assert books_agree(session)


def test_a_credit_that_covers_the_whole_next_bill_settles_it_and_keeps_the_rest(
    session: Session, home: Customer, bill: CustomerBill, clock: Clock
) -> None:
    service.apply_payment(session, bill_id=bill.id, amount=sar("217.00"), source_id="one")
    credit(session, bill, "197.00")
    credit(session, bill, "10.00")
    clock.offset = timedelta(days=10)
    after = bill_party(session, home.party_id, NOVEMBER)
    assert after is not None
    assert (after.remaining_amount, after.state) == (0, BillState.SETTLED)
    assert session.get_one(BillingAccount, bill.billing_account_id).credit_amount == Decimal("10.00")
    assert books_agree(session)


def test_a_disputed_part_is_held_and_released_and_never_negative(session: Session, bill: CustomerBill) -> None:
    service.hold_disputed(session, bill_id=bill.id, amount=sar("30.00"))
    assert bill.disputed_amount == Decimal("30.00")
    service.release_disputed(session, bill_id=bill.id, amount=sar("30.00"))
    service.release_disputed(session, bill_id=bill.id, amount=sar("30.00"))
    assert bill.disputed_amount == 0


def test_another_customers_bill_is_as_unknown_as_none(
    session: Session, bill: CustomerBill, customer: Callable[..., Customer]
) -> None:
    stranger = customer().party_id
    with pytest.raises(BillNotFound):
        service.bill_facts(session, bill.id, only(stranger))
    with pytest.raises(BillNotFound):
        service.line_facts(session, bill.id, only(stranger))


def test_an_account_is_opened_once(session: Session, home: Customer) -> None:
    assert account.open_account(session, home.party_id).id == account.open_account(session, home.party_id).id
