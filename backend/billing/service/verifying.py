"""Proves that the books are right: entries, bills, credit, numbers, lines and usage all say the same."""

from dataclasses import dataclass

from sqlalchemy import BigInteger, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from backend.account import service as account
from backend.billing.models import AppliedCustomerBillingRate, CreditNote, CustomerBill
from backend.billing.run.drafting import HALF_A_BILLIONTH
from backend.infra.database import Rows
from backend.ledger import service as ledger
from backend.rating import service as rating

AT_MOST = 100  # of each kind; one is enough to know that something is wrong


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong: which check found it, and what it is."""

    check: str
    what: str


def verify(session: Session) -> list[Finding]:
    """Everything that is wrong; nothing when the books are right."""
    checks = {
        "entry": ledger.unbalanced(),
        "bill": _bills(),
        "credit": _credits(),
        "lines": _lines(),
        "number": _numbers(CustomerBill.bill_no),
        "credit note number": _numbers(CreditNote.note_no),
        "usage": _usage(),
    }
    return [
        Finding(check, ", ".join(f"{name} {value}" for name, value in row._mapping.items()))  # noqa: SLF001 - its name
        for check, statement in checks.items()
        for row in session.execute(statement.limit(AT_MOST))
    ]


def _bills() -> Rows:
    """What is left on a bill is what the ledger says; nothing is owed on a draft."""
    owed = ledger.owed_by_bill().subquery()
    bill, said = CustomerBill, func.coalesce(owed.c.amount, 0)
    number = func.coalesce(bill.bill_no, "draft").label("bill")
    return (
        select(number, said.label("ledger"), bill.remaining_amount.label("remaining"))
        .outerjoin(owed, owed.c.bill_id == bill.id)
        .where(said != bill.remaining_amount)
    )


def _credits() -> Rows:
    """What the ledger owes an account beside its bills is the account's credit."""
    theirs, kept = ledger.unallocated().subquery(), account.credit_kept().subquery()
    said, has = func.coalesce(theirs.c.amount, 0), func.coalesce(kept.c.credit_amount, 0)
    both = func.coalesce(theirs.c.billing_account_id, kept.c.account_id)
    joined = theirs.join(kept, kept.c.account_id == theirs.c.billing_account_id, isouter=True, full=True)
    return (
        select(both.label("account"), (-said).label("ledger"), has.label("credit"))
        .select_from(joined)
        .where(-said != has)
    )


def _lines() -> Rows:
    """A bill is the sum of its lines."""
    bill, line = CustomerBill, AppliedCustomerBillingRate
    total = func.coalesce(func.sum(line.tax_included), 0)
    return (
        select(bill.id.label("bill"), bill.tax_included.label("total"), total.label("lines"))
        .outerjoin(line, line.bill_id == bill.id)
        .group_by(bill.id)
        .having(
            (total != bill.tax_included)
            | (func.coalesce(func.sum(line.tax), 0) != bill.tax)
            | (bill.tax_excluded + bill.tax != bill.tax_included)
        )
    )


def _numbers(number: InstrumentedAttribute[str | None]) -> Rows:
    """Numbers of a kind and year go from 1 to their count."""
    kind = func.regexp_replace(number, r"-\d+$", "")
    highest = func.max(cast(func.regexp_replace(number, r"^.*-", ""), BigInteger))
    return (
        select(kind.label("numbers"), highest.label("last"), func.count().label("count"))
        .where(number.is_not(None))
        .group_by(kind)
        .having(highest != func.count())
    )


def _usage() -> Rows:
    """Usage on a bill is on one that is there, and comes to what its usage lines say, rounded line by line."""
    used = rating.billed().subquery()
    summed = func.sum(used.c.amount).label("amount"), func.count().label("records")
    exact = select(used.c.bill_id, *summed).group_by(used.c.bill_id).subquery()
    line = AppliedCustomerBillingRate
    printed = (
        select(line.bill_id, func.sum(line.tax_excluded).label("amount"), func.count().label("lines"))
        .where(line.charge.in_(("usage", "lateUsage")))
        .group_by(line.bill_id)
        .subquery()
    )
    allowed = 0.005 * func.coalesce(printed.c.lines, 0) + HALF_A_BILLIONTH * exact.c.records
    apart = func.abs(exact.c.amount - func.coalesce(printed.c.amount, 0)) > allowed
    return (
        select(exact.c.bill_id.label("bill"), exact.c.amount.label("usage"), printed.c.amount.label("lines"))
        .outerjoin(printed, printed.c.bill_id == exact.c.bill_id)
        .where(apart | printed.c.bill_id.is_(None))
    )
