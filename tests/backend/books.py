"""Whether the books agree, worked out apart from `ledger verify`: entries, bills and credits say the same."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.account.models import BillingAccount
from backend.billing.models import CustomerBill
from backend.ledger import service as ledger
from backend.ledger.models import EntryPosting


def unbalanced(session: Session) -> list[UUID]:
    """Entries whose legs do not add up to nothing."""
    legs = select(EntryPosting.entry_id).group_by(EntryPosting.entry_id).having(func.sum(EntryPosting.amount) != 0)
    return list(session.scalars(legs))


def books_agree(session: Session) -> bool:
    """Whether each account owes by the ledger what is left on its bills less its credit, and every entry balances."""
    bill, owed = CustomerBill, {}
    left = select(bill.billing_account_id, func.sum(bill.remaining_amount)).group_by(bill.billing_account_id)
    credit = select(BillingAccount.id, -BillingAccount.credit_amount)
    for statement in (left, credit):
        for account_id, amount in session.execute(statement):
            owed[account_id] = owed.get(account_id, Decimal(0)) + amount
    said = {key: value for key, value in ledger.receivables(session).items() if value}
    return said == {key: value for key, value in owed.items() if value} and not unbalanced(session)
