"""The ledger balances, takes each cause once, and cannot be rewritten."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.ledger import service
from backend.ledger.errors import EntryUnbalanced
from backend.ledger.models import Entry, EntryPosting
from backend.ledger.rules import LedgerAccount, Posting, balanced

DAY, ACCOUNT = date(2026, 11, 1), uuid4()
amounts = st.lists(st.decimals(min_value=-(10**6), max_value=10**6, places=2), max_size=8)


def legs(amount: str = "115.00") -> list[Posting]:
    owed = Decimal(amount)
    return [
        Posting(LedgerAccount.RECEIVABLE, owed, ACCOUNT),
        Posting(LedgerAccount.REVENUE_RECURRING, Decimal("15.00") - owed),
        Posting(LedgerAccount.TAX, Decimal("-15.00")),
    ]


def post(session: Session, source_id: str = "INV-1", amount: str = "115.00") -> None:
    service.post(session, source="bill", source_id=source_id, entry_date=DAY, postings=legs(amount))


@given(amounts)
def test_legs_balance_when_the_last_one_takes_the_rest(parts: list[Decimal]) -> None:
    postings = [Posting(LedgerAccount.CASH, part) for part in parts]
    kept = balanced([*postings, Posting(LedgerAccount.ADJUSTMENT, -sum(parts, Decimal(0)))])
    assert sum(leg.amount for leg in kept) == 0
    assert all(leg.amount != 0 for leg in kept)


@given(amounts.filter(lambda parts: sum(parts) != 0))
def test_anything_else_is_refused(parts: list[Decimal]) -> None:
    with pytest.raises(EntryUnbalanced):
        balanced([Posting(LedgerAccount.CASH, part) for part in parts])


def test_balances_are_the_sum_of_what_was_posted(session: Session) -> None:
    post(session)
    post(session, "INV-2", "23.00")
    assert service.receivable(session, ACCOUNT) == Decimal("138.00")
    assert service.receivables(session)[ACCOUNT] == Decimal("138.00")
    assert service.receivable(session, uuid4()) == 0
    assert session.execute(service.unbalanced()).all() == []


def test_the_same_cause_is_posted_once(session: Session) -> None:
    post(session)
    with pytest.raises(IntegrityError), session.begin_nested():
        post(session)
    assert session.scalar(select(func.count()).select_from(Entry).where(Entry.source_id == "INV-1")) == 1


def test_an_unbalanced_entry_leaves_nothing_behind(session: Session) -> None:
    with pytest.raises(EntryUnbalanced):
        service.post(session, source="bill", source_id="INV-9", entry_date=DAY, postings=legs()[:1])
    assert session.scalar(select(func.count()).select_from(Entry).where(Entry.source_id == "INV-9")) == 0


@pytest.mark.parametrize(
    "change",
    [
        update(EntryPosting).values(amount=1),
        delete(EntryPosting),
        update(Entry).values(source_id="other"),
        delete(Entry),
        text("TRUNCATE ledger_posting"),
        text("TRUNCATE ledger_entry CASCADE"),
    ],
    ids=["change a leg", "delete a leg", "change an entry", "delete an entry", "empty the legs", "empty all"],
)
def test_the_database_itself_refuses_to_rewrite_the_ledger(session: Session, change: object) -> None:
    post(session)
    with pytest.raises(IntegrityError, match="append-only"), session.begin_nested():
        session.execute(change)  # type: ignore[call-overload]
    assert service.receivable(session, ACCOUNT) == Decimal("115.00")


def test_an_entry_that_somebody_forced_in_unbalanced_is_found(session: Session) -> None:
    post(session)
    entry = session.scalars(select(Entry)).one()
    session.add(EntryPosting(entry_id=entry.id, account=LedgerAccount.CASH, amount=Decimal(1)))
    session.flush()
    assert session.scalars(service.unbalanced()).all() == [entry.id]


def test_a_leg_of_an_entry_that_is_not_there_is_refused_with_all_that_came_with_it(session: Session) -> None:
    post(session)
    entry = session.scalars(select(Entry)).one()
    legs_of = [
        {"id": uuid4(), "entry_id": entry_id, "account": LedgerAccount.CASH, "amount": amount}
        for entry_id, amount in ((entry.id, Decimal(1)), (uuid4(), Decimal(-1)))
    ]
    with pytest.raises(IntegrityError, match="which is not there"), session.begin_nested():
        session.execute(insert(EntryPosting).values(legs_of))
    assert session.scalar(select(func.count()).select_from(EntryPosting)) == len(legs())
