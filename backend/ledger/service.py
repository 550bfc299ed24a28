"""Use cases of the ledger: post an entry once, read balances, prove that everything balances."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import FromClause, func, insert, literal, select
from sqlalchemy.orm import Session

from backend.infra.database import Rows, clock_of
from backend.infra.ordered_ids import counted_id
from backend.ledger import queries
from backend.ledger.errors import EntryUnbalanced
from backend.ledger.models import Entry, EntryPosting
from backend.ledger.queries import owed_by_bill, unallocated, unbalanced
from backend.ledger.rules import Ageing, LedgerAccount, Posting, balanced

__all__ = [
    "ageing",
    "owed_by_bill",
    "post",
    "post_set",
    "receivable",
    "receivables",
    "unallocated",
    "unbalanced",
]


def post(session: Session, *, source: str, source_id: str, entry_date: date, postings: Sequence[Posting]) -> None:
    """Write one entry. Raises EntryUnbalanced; the same source twice breaks its unique key."""
    legs = balanced(postings)
    entry = Entry(source=source, source_id=source_id, entry_date=entry_date, created_at=clock_of(session).now())
    session.add(entry)
    session.flush()
    session.add_all(
        EntryPosting(
            entry_id=entry.id,
            account=leg.account,
            billing_account_id=leg.billing_account_id,
            bill_id=leg.bill_id,
            amount=leg.amount,
        )
        for leg in legs
    )
    session.flush()


def post_set(session: Session, *, source: str, entries: FromClause, legs: FromClause) -> None:
    """Write many entries at once. Raises EntryUnbalanced when one of them does not balance; nothing is kept then.

    Columns of `entries`: id, source_id, entry_date; of `legs`: entry_id, account, billing_account_id, bill_id, amount.
    """
    now = clock_of(session).now()
    chosen = select(entries.c.id, literal(source), entries.c.source_id, entries.c.entry_date, literal(now))
    session.execute(insert(Entry).from_select(["id", "source", "source_id", "entry_date", "created_at"], chosen))
    columns = ("entry_id", "account", "billing_account_id", "bill_id", "amount")
    moving = select(counted_id(), *(legs.c[name] for name in columns)).where(legs.c.amount != 0)
    written = insert(EntryPosting).from_select(["id", *columns], moving)
    amounts = written.returning(EntryPosting.entry_id, EntryPosting.amount).cte("written")
    wrong = select(amounts.c.entry_id).group_by(amounts.c.entry_id).having(func.sum(amounts.c.amount) != 0)
    found = session.scalars(wrong.limit(1)).one_or_none()
    if found is not None:
        raise EntryUnbalanced(f"entry {found}")


def receivable(session: Session, billing_account_id: UUID) -> Decimal:
    """What the billing account owes, by the ledger."""
    return queries.balance(session, LedgerAccount.RECEIVABLE, billing_account_id)


def receivables(session: Session, accounts: Collection[UUID] | None = None) -> dict[UUID, Decimal]:
    """What every billing account, or each of these, owes, by the ledger."""
    return queries.receivables(session, accounts)


def balances(session: Session, account: LedgerAccount) -> dict[UUID, Decimal]:
    """What an account of the books holds for each billing account."""
    return queries.balances(session, account)


def ageing(session: Session, due: Rows, today: date) -> list[Ageing]:
    """What accounts owe by how long it is overdue. `due`: columns bill_id, due_date."""
    return [Ageing(*row) for row in session.execute(queries.ageing(due.subquery(), today))]
