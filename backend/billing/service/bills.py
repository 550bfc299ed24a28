"""Money on a bill: payments and what becomes of them, credits, reversals, and the part that is in dispute.

A receivable posting that names a bill is about that bill; one that names none is the customer's unallocated money,
which is always what the account has as credit. Whoever moves money locks the billing account first, then its bills,
oldest first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.account import service as account
from backend.billing import queries, settling
from backend.billing.errors import AmountNotPositive, BillNotFound
from backend.billing.events import BillSettled
from backend.billing.models import CustomerBill
from backend.billing.rules import BillState
from backend.billing.settling import NOTHING, OpenBill, Share
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
    billing_account_id: UUID
    bill_date: date
    due_date: date
    total: Money
    remaining: Money
    disputed: Money

    @property
    def collectible(self) -> Money:
        """What may be collected now: what is left to pay less what is in dispute."""
        return Money(max(self.remaining.value - self.disputed.value, NOTHING), self.remaining.unit)


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What other domains may know of a bill line: what it charges, and what credit notes have left of that."""

    id: UUID
    name: Bilingual
    amount: Money
    left: Money


def bill_facts(session: Session, bill_id: UUID, scope: Scope, *, lock: bool = False) -> BillFacts:
    """The bill, if the scope may see it; `lock` keeps other changes of its account out. Raises BillNotFound."""
    bill = queries.bill(session, bill_id, scope)
    return _facts(locked_bill(session, bill.id) if lock else bill)


def bill_facts_by_no(session: Session, bill_no: str, scope: Scope = None) -> BillFacts:
    """The bill of that number, if the scope may see it. Raises BillNotFound."""
    return bill_facts(session, queries.bill_by_no(session, bill_no).id, scope)


def open_bills(session: Session, billing_account_id: UUID) -> list[BillFacts]:
    """The account's bills on which something is left to pay, oldest first."""
    return [_facts(bill) for bill in queries.open_bills(session, billing_account_id)]


def bills_due(session: Session, accounts: Sequence[UUID], day: date) -> list[BillFacts]:
    """Bills of these accounts that are due by the day and have something left to collect, oldest first."""
    due = [_facts(bill) for one in accounts for bill in queries.open_bills(session, one) if bill.due_date <= day]
    return [bill for bill in due if bill.collectible.value > 0]


def line_facts(session: Session, bill_id: UUID, scope: Scope) -> list[LineFacts]:
    """The lines of a bill that the scope may see, with tax. Raises BillNotFound."""
    bill = queries.bill(session, bill_id, scope)
    credited = queries.credited(session, bill.id)
    return [
        LineFacts(
            line.id,
            Bilingual(ar=line.name_ar, en=line.name_en),
            Money(line.tax_included, bill.unit),
            Money(line.tax_included - sum(credited.get(line.id, ()), NOTHING), bill.unit),
        )
        for line in queries.lines(session, [bill.id])
    ]


def receive(
    session: Session,
    *,
    billing_account_id: UUID,
    amount: Money,
    into: LedgerAccount,
    source_id: str,
    bill_id: UUID | None = None,
) -> list[Share]:
    """Take a customer's money in and spread it: the named bill first, then the oldest; the rest becomes credit.

    `into` is the account of ours that holds the money now; `source_id` makes it count once. Raises AmountNotPositive,
    BillNotFound.
    """
    if amount.value <= 0:
        raise AmountNotPositive
    account.lock_account(session, billing_account_id)
    bills = {bill.id: bill for bill in queries.open_bills(session, billing_account_id, lock=True)}
    if bill_id is not None and queries.bill(session, bill_id, None).billing_account_id != billing_account_id:
        raise BillNotFound
    shares = settling.spread(amount.value, [_open(bill) for bill in bills.values()], first=bill_id)
    legs = [Posting(into, amount.value), *_receivables(billing_account_id, shares, sign=-1)]
    _post(session, "payment", source_id, legs)
    for share in shares:
        if share.bill_id is None:
            account.add_credit(session, billing_account_id, share.amount)
        else:
            _reduce(session, bills[share.bill_id], share.amount)
    return shares


def apply_payment(session: Session, *, bill_id: UUID, amount: Money, source_id: str) -> CustomerBill:
    """Cash for a bill, as `receive` takes it."""
    bill = queries.bill(session, bill_id, None)
    receive(
        session,
        billing_account_id=bill.billing_account_id,
        amount=amount,
        into=LedgerAccount.CASH,
        source_id=source_id,
        bill_id=bill_id,
    )
    return bill


def give_back(
    session: Session,
    *,
    billing_account_id: UUID,
    amount: Money,
    out_of: LedgerAccount,
    source: str,
    source_id: str,
    bill_ids: Sequence[UUID],
) -> list[Share]:
    """Undo a receipt, or a part of one: a refund, or a charge-back. What it had paid is owed again.

    `bill_ids` are the bills that the money had paid, `out_of` the account of ours that it leaves. Raises
    AmountNotPositive.
    """
    if amount.value <= 0:
        raise AmountNotPositive
    credit = account.lock_account(session, billing_account_id)
    bills = {bill.id: bill for bill in queries.reduced_bills(session, billing_account_id)}
    shares = settling.take_back(amount.value, credit, [_open(bill) for bill in bills.values()], of=bill_ids)
    legs = [Posting(out_of, -amount.value), *_receivables(billing_account_id, shares, sign=1)]
    _post(session, source, source_id, legs)
    for share in shares:
        if share.bill_id is None:
            account.add_credit(session, billing_account_id, -share.amount)
        else:
            _reduce(session, bills[share.bill_id], -share.amount)
    return shares


def spend_credit(session: Session, bill: CustomerBill) -> None:
    """Let the account's credit pay what it can of the collectible part of a bill."""
    spent = account.take_credit(session, bill.billing_account_id, _open(bill).collectible)
    if spent > 0:
        shares = [Share(bill.id, -spent), Share(None, spent)]
        legs = _receivables(bill.billing_account_id, shares, sign=1)
        _post(session, "creditSpent", f"{bill.bill_no}:{uuid4().hex[:12]}", legs)
        _reduce(session, bill, spent)


def hold_disputed(session: Session, *, bill_id: UUID, amount: Money) -> None:
    """Keep a part of a bill out of collection while it is disputed."""
    locked_bill(session, bill_id).disputed_amount += amount.value


def release_disputed(session: Session, *, bill_id: UUID, amount: Money) -> None:
    """The dispute over a part of a bill is over; credit that had to pass the part by may pay it now."""
    bill = locked_bill(session, bill_id)
    bill.disputed_amount = max(bill.disputed_amount - amount.value, NOTHING)
    spend_credit(session, bill)


def locked_bill(session: Session, bill_id: UUID) -> CustomerBill:
    """The bill, with its account locked before it, as everyone does who moves money. Raises BillNotFound."""
    bill = queries.bill(session, bill_id, None)
    account.lock_account(session, bill.billing_account_id)
    return queries.bill(session, bill_id, None, lock=True)


def _reduce(session: Session, bill: CustomerBill, amount: Decimal) -> None:
    bill.remaining_amount -= amount
    bill.state = settling.state_of(bill.remaining_amount, bill.tax_included)
    session.flush()
    if bill.state == BillState.SETTLED:
        publish(session, BillSettled(bill.id, bill.billing_account_id))


def _facts(bill: CustomerBill) -> BillFacts:
    total, left, disputed = (
        Money(amount, bill.unit) for amount in (bill.tax_included, bill.remaining_amount, bill.disputed_amount)
    )
    return BillFacts(
        id=bill.id,
        bill_no=bill.bill_no or "",
        party_id=bill.party_id,
        billing_account_id=bill.billing_account_id,
        bill_date=bill.bill_date,
        due_date=bill.due_date,
        total=total,
        remaining=left,
        disputed=disputed,
    )


def _open(bill: CustomerBill) -> OpenBill:
    return OpenBill(bill.id, bill.tax_included, bill.remaining_amount, bill.disputed_amount)


def _receivables(account_id: UUID, shares: Iterable[Share], *, sign: int) -> list[Posting]:
    return [Posting(LedgerAccount.RECEIVABLE, sign * share.amount, account_id, share.bill_id) for share in shares]


def _post(session: Session, source: str, source_id: str, postings: list[Posting]) -> None:
    today = clock_of(session).today()
    ledger.post(session, source=source, source_id=source_id, entry_date=today, postings=postings)
