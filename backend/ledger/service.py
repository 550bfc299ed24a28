"""Use cases of the ledger: post an entry once, read balances, prove that everything balances."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.ledger import queries
from backend.ledger.models import Entry, EntryPosting
from backend.ledger.rules import LedgerAccount, Posting, balanced


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


def receivable(session: Session, billing_account_id: UUID) -> Decimal:
    """What the billing account owes, by the ledger."""
    return queries.balance(session, LedgerAccount.RECEIVABLE, billing_account_id)


def receivables(session: Session, accounts: Collection[UUID] | None = None) -> dict[UUID, Decimal]:
    """What every billing account, or each of these, owes, by the ledger."""
    return queries.receivables(session, accounts)


def balances(session: Session, account: LedgerAccount) -> dict[UUID, Decimal]:
    """What an account of the books holds for each billing account."""
    return queries.balances(session, account)


def unbalanced_entries(session: Session) -> Sequence[UUID]:
    """Entries that do not balance; there must be none."""
    return queries.unbalanced(session)
