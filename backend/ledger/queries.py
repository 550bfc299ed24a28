"""Every SELECT of the ledger."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Subquery, func, literal, select
from sqlalchemy.orm import Session

from backend.infra.database import Rows
from backend.ledger.models import EntryPosting
from backend.ledger.rules import LedgerAccount

EVER = 100_000  # days


def balance(session: Session, account: LedgerAccount, billing_account_id: UUID) -> Decimal:
    """The sum of all legs of that account for one billing account."""
    total = session.scalar(
        select(func.sum(EntryPosting.amount)).where(
            EntryPosting.billing_account_id == billing_account_id, EntryPosting.account == account
        )
    )
    return total or Decimal(0)


def receivables(session: Session, accounts: Collection[UUID] | None = None) -> dict[UUID, Decimal]:
    """What each billing account, or each of these, owes by its ledger."""
    statement = (
        select(EntryPosting.billing_account_id, func.sum(EntryPosting.amount))
        .where(EntryPosting.account == LedgerAccount.RECEIVABLE)
        .group_by(EntryPosting.billing_account_id)
    )
    if accounts is not None:
        statement = statement.where(EntryPosting.billing_account_id.in_(accounts))
    rows = session.execute(statement)
    return {account_id: total for account_id, total in rows if account_id is not None}


def balances(session: Session, account: LedgerAccount) -> dict[UUID, Decimal]:
    """The sum of all legs of that account, by billing account."""
    statement = (
        select(EntryPosting.billing_account_id, func.sum(EntryPosting.amount))
        .where(EntryPosting.account == account, EntryPosting.billing_account_id.is_not(None))
        .group_by(EntryPosting.billing_account_id)
    )
    return {account_id: total for account_id, total in session.execute(statement) if account_id is not None}


def unbalanced() -> Rows:
    """Entries whose legs do not add up to zero; there must be none. Columns: entry, off."""
    off = func.sum(EntryPosting.amount)
    return (
        select(EntryPosting.entry_id.label("entry"), off.label("off")).group_by(EntryPosting.entry_id).having(off != 0)
    )


def owed_by_bill() -> Rows:
    """What each bill owes. Columns: bill_id, amount."""
    return (
        select(EntryPosting.bill_id, func.sum(EntryPosting.amount).label("amount"))
        .where(EntryPosting.account == LedgerAccount.RECEIVABLE, EntryPosting.bill_id.is_not(None))
        .group_by(EntryPosting.bill_id)
    )


def ageing(due: Subquery, today: date) -> Rows:
    """What accounts owe by the days since it was due (columns bill_id, due_date). Columns: those of `Ageing`."""
    owed = (
        select(EntryPosting.billing_account_id, EntryPosting.bill_id, func.sum(EntryPosting.amount).label("amount"))
        .where(EntryPosting.account == LedgerAccount.RECEIVABLE)
        .group_by(EntryPosting.billing_account_id, EntryPosting.bill_id)
        .having(func.sum(EntryPosting.amount) != 0)
        .subquery()
    )
    overdue = literal(today, Date) - due.c.due_date

    def between(first: int, last: int) -> ColumnElement[Decimal]:
        return func.coalesce(func.sum(owed.c.amount).filter(overdue.between(first, last)), 0)

    own = func.coalesce(-func.sum(owed.c.amount).filter(owed.c.bill_id.is_(None)), 0)
    spans = ((-EVER, 0), (1, 30), (31, 60), (61, 90), (91, EVER))
    return (
        select(owed.c.billing_account_id, *(between(*span) for span in spans), own, func.sum(owed.c.amount))
        .outerjoin(due, due.c.bill_id == owed.c.bill_id)
        .group_by(owed.c.billing_account_id)
        .order_by(func.sum(owed.c.amount).desc(), owed.c.billing_account_id)
    )


def unallocated() -> Rows:
    """What stands on accounts and on no bill: below zero it is the customer's. Columns: billing_account_id, amount."""
    return (
        select(EntryPosting.billing_account_id, func.sum(EntryPosting.amount).label("amount"))
        .where(EntryPosting.account == LedgerAccount.RECEIVABLE, EntryPosting.bill_id.is_(None))
        .group_by(EntryPosting.billing_account_id)
    )
