"""Bills of a company: one for each branch, or all of them on the parent's, line by line under the branch's name."""

from collections.abc import Callable
from datetime import date

from bills import bill_party
from books import books_agree
from customers import Customer
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.account import service as account
from backend.billing import queries as bills
from backend.billing.models import CustomerBill
from backend.billing.run import planning
from backend.kernel.period import month_of

OCTOBER = month_of(date(2026, 10, 1))


def test_the_parent_pays_for_what_rolls_up_and_the_ledger_agrees(
    session: Session, customer: Callable[..., Customer]
) -> None:
    parent, branch = (customer(joined=date(2026, 10, 1)) for _ in range(2))
    account.roll_up(session, branch.party_id, parent.party_id)

    to_bill = session.scalars(planning.due(session, OCTOBER.end)).all()
    bill = bill_party(session, parent.party_id, OCTOBER)

    assert to_bill == [account.open_account(session, parent.party_id).id]
    assert bill is not None
    assert session.scalars(select(CustomerBill)).all() == [bill]
    lines = bills.lines(session, [bill.id])
    products = {line.product_id for line in lines}
    assert products == {parent.product_id, branch.product_id}
    assert sum(line.tax_included for line in lines) == bill.tax_included
    assert books_agree(session)


def test_each_branch_gets_its_own_bill_without_a_roll_up(session: Session, customer: Callable[..., Customer]) -> None:
    first, second = (customer(joined=date(2026, 10, 1)) for _ in range(2))
    bill_party(session, first.party_id, OCTOBER)
    made = session.scalars(select(CustomerBill)).all()
    assert {bill.party_id for bill in made} == {first.party_id, second.party_id}
    assert len({bill.billing_account_id for bill in made}) == 2
