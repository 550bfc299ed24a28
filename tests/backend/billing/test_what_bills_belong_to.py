"""A bill has an account and a line a bill: the database sees to it, for all rows of a statement at once."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from bills import bill_party
from customers import Customer
from sqlalchemy import Executable, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.account.models import BillingAccount
from backend.billing import queries
from backend.billing.models import AppliedCustomerBillingRate, CustomerBill
from backend.billing.service import runs
from backend.kernel.period import month_of

pytestmark = pytest.mark.slow

LINE, BILL = AppliedCustomerBillingRate, CustomerBill
OCTOBER = month_of(date(2026, 10, 1))


@pytest.fixture
def bill(session: Session, customer: Callable[..., Customer]) -> CustomerBill:
    found = bill_party(session, customer(joined=date(2026, 10, 1)).party_id, OCTOBER)
    assert found is not None
    return found


def again(row: CustomerBill | AppliedCustomerBillingRate, **values: object) -> dict[str, object]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns} | {"id": uuid4()} | values


def refused(session: Session, change: Executable) -> bool:
    """Whether it breaks what one row says of another (SQLSTATE 23503)."""
    try:
        with session.begin_nested():
            session.execute(change)
    except IntegrityError as error:
        return getattr(error.orig, "sqlstate", "") == "23503"
    return False


def test_a_line_of_no_bill_is_refused_with_all_that_came_with_it(session: Session, bill: CustomerBill) -> None:
    line = queries.lines(session, [bill.id])[0]
    good, bad = again(line, position=90), again(line, bill_id=uuid4())
    assert refused(session, insert(LINE).values([good, bad]))
    assert not refused(session, insert(LINE).values([good]))


def test_a_bill_of_no_account_is_refused(session: Session, bill: CustomerBill) -> None:
    values = again(bill, bill_no=None, state="new", billing_account_id=uuid4())
    assert refused(session, insert(BILL).values(values))


def test_a_line_stays_on_its_bill_and_a_bill_with_its_account(session: Session, bill: CustomerBill) -> None:
    assert refused(session, update(LINE).where(LINE.bill_id == bill.id).values(bill_id=uuid4()))
    assert refused(session, update(BILL).where(BILL.id == bill.id).values(billing_account_id=uuid4()))


def test_an_account_with_a_bill_cannot_be_deleted(session: Session, bill: CustomerBill) -> None:
    assert refused(session, delete(BillingAccount).where(BillingAccount.id == bill.billing_account_id))


def test_the_lines_of_a_draft_go_with_it(session: Session, customer: Callable[..., Customer]) -> None:
    customer(joined=date(2026, 10, 1))
    run = runs.start_run(session, OCTOBER.end, by="tests", manual=True)
    assert run is not None
    while runs.work(session, run.id):
        pass
    runs.move_on(session, run.id)
    drafts = session.scalars(select(BILL.id).where(BILL.run_id == run.id)).all()
    assert queries.lines(session, drafts)
    runs.cancel_run(session, run.id)
    assert not queries.lines(session, drafts)
