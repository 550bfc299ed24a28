"""Money on a bill: payments, credits, and the part that is in dispute."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.account import service as account
from backend.billing import queries, rules
from backend.billing.events import BillSettled
from backend.billing.models import CustomerBill
from backend.billing.rules import BillState
from backend.infra.database import clock_of
from backend.infra.events import publish
from backend.kernel.money import Money
from backend.kernel.scope import Scope
from backend.kernel.text import Bilingual
from backend.ledger import service as ledger
from backend.ledger.rules import LedgerAccount, Posting


@dataclass(frozen=True, slots=True)
class BillFacts:
    """What other domains may know of a bill."""

    id: UUID
    bill_no: str
    party_id: UUID
    bill_date: date
    total: Money
    remaining: Money
    disputed: Money


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What other domains may know of a bill line."""

    id: UUID
    name: Bilingual
    amount: Money


def bill_facts(session: Session, bill_id: UUID, scope: Scope, *, lock: bool = False) -> BillFacts:
    """The bill, if the scope may see it; `lock` keeps other changes of it out. Raises BillNotFound."""
    bill = queries.bill(session, bill_id, scope, lock=lock)
    total, left, disputed = (
        Money(amount, bill.unit) for amount in (bill.tax_included, bill.remaining_amount, bill.disputed_amount)
    )
    return BillFacts(bill.id, bill.bill_no or "", bill.party_id, bill.bill_date, total, left, disputed)


def line_facts(session: Session, bill_id: UUID, scope: Scope) -> list[LineFacts]:
    """The lines of a bill that the scope may see, with tax. Raises BillNotFound."""
    bill = queries.bill(session, bill_id, scope)
    return [
        LineFacts(line.id, Bilingual(ar=line.name_ar, en=line.name_en), Money(line.tax_included, bill.unit))
        for line in queries.lines(session, [bill.id])
    ]


def apply_payment(session: Session, *, bill_id: UUID, amount: Money, source_id: str) -> CustomerBill:
    """Reduce what is owed on a bill; the last cent settles it. `source_id` makes the payment count once."""
    bill = queries.bill(session, bill_id, None, lock=True)
    legs = [Posting(LedgerAccount.CASH, amount.value)]
    _post(session, bill, amount, source="payment", source_id=source_id, against=legs)
    return _reduced(session, bill, amount)


def credit_bill(session: Session, *, bill_id: UUID, amount: Money, source_id: str) -> CustomerBill:
    """Take money off a bill, for instance for a dispute that was right. `source_id` makes it count once.

    What the bill no longer owes becomes the account's credit, for the bills to come.
    """
    bill = queries.bill(session, bill_id, None, lock=True)
    owed = Money(bill.remaining_amount, bill.unit)
    here = min(amount, owed, key=lambda money: money.value)
    account.add_credit(session, bill.billing_account_id, (amount - here).value)
    tax = rules.tax_within(amount, tax=bill.tax, total=bill.tax_included)
    legs = [Posting(LedgerAccount.ADJUSTMENT, (amount - tax).value), Posting(LedgerAccount.TAX, tax.value)]
    _post(session, bill, amount, source="credit", source_id=source_id, against=legs)
    return _reduced(session, bill, here) if here.value > 0 else bill


def remaining_by_account(session: Session) -> dict[UUID, Decimal]:
    """What is left to pay on all bills of each account, less its credit: what the ledger must say too."""
    remaining, credit = queries.remaining_on_bills(session), account.credits_by_account(session)
    return {key: amount - credit.get(key, Decimal(0)) for key, amount in remaining.items()}


def hold_disputed(session: Session, *, bill_id: UUID, amount: Money) -> None:
    """Keep a part of a bill out of collection while it is disputed."""
    queries.bill(session, bill_id, None, lock=True).disputed_amount += amount.value


def release_disputed(session: Session, *, bill_id: UUID, amount: Money) -> None:
    """The dispute over a part of a bill is over."""
    bill = queries.bill(session, bill_id, None, lock=True)
    bill.disputed_amount = max(bill.disputed_amount - amount.value, Decimal(0))


def _reduced(session: Session, bill: CustomerBill, amount: Money) -> CustomerBill:
    left, state = rules.pay(Money(bill.remaining_amount, bill.unit), amount)
    bill.remaining_amount, bill.state = left.value, state
    if state is BillState.SETTLED:
        publish(session, BillSettled(bill.id, bill.billing_account_id))
    session.flush()
    return bill


def _post(
    session: Session, bill: CustomerBill, amount: Money, *, source: str, source_id: str, against: list[Posting]
) -> None:
    here = min(amount.value, bill.remaining_amount)
    owed = Posting(LedgerAccount.RECEIVABLE, -here, bill.billing_account_id, bill.id)
    rest = Posting(LedgerAccount.RECEIVABLE, here - amount.value, bill.billing_account_id)
    today = clock_of(session).today()
    ledger.post(session, source=source, source_id=source_id, entry_date=today, postings=[*against, owed, rest])
