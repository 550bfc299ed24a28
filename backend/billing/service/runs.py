"""Bill runs: one bill for an account and cycle, however often a run is started, stopped or repeated."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.account import service as account
from backend.account.service import AccountView
from backend.billing import queries, rules
from backend.billing.errors import NoPostpaidAccount, PeriodNotOver
from backend.billing.events import BillIssued
from backend.billing.models import AppliedCustomerBillingRate, CustomerBill
from backend.billing.rules import BillState, Line, PricedLine, RateType
from backend.billing.service.bills import spend_credit
from backend.billing.service.charges import charges
from backend.infra.database import clock_of
from backend.infra.events import publish
from backend.infra.numbers import next_number
from backend.infra.operator import operator_of
from backend.kernel.money import Money
from backend.kernel.period import Period, month_of, months_between
from backend.kernel.text import Bilingual
from backend.ledger import service as ledger
from backend.ledger.rules import LedgerAccount, Posting
from backend.ordering import service as ordering
from backend.party import service as party

REVENUE = {
    RateType.RECURRING: LedgerAccount.REVENUE_RECURRING,
    RateType.USAGE: LedgerAccount.REVENUE_USAGE,
    RateType.ONE_TIME: LedgerAccount.DEPOSIT,
}


def past_cycles(session: Session) -> list[Period]:
    """Every month that is over, from the first in which anything was in use; oldest first."""
    first, today = ordering.first_day(session), clock_of(session).today()
    return [month for month in months_between(first, today) if month.end < today] if first else []


def parties_to_bill(session: Session, cycle: Period) -> Sequence[UUID]:
    """Whoever pays for a billed service in the cycle and has no bill for it yet."""
    payers = {account.payer_of(session, party_id) for party_id in ordering.billable_parties(session, cycle)}
    open_ones = [payer for payer in payers if not queries.is_billed(session, payer.id, cycle.start)]
    return [payer.party_id for payer in sorted(open_ones, key=lambda payer: payer.account_no)]


def bill_party(session: Session, party_id: UUID, cycle: Period) -> CustomerBill | None:
    """Make, post and send the party's bill of the cycle; None when it is made already or nothing is to bill.

    It holds the charges of all whose accounts roll up to the party's; a party that somebody else pays for has none.
    The account is locked; the unique key of account and cycle is the last guard. Raises PeriodNotOver.
    """
    if clock_of(session).today() <= cycle.end:
        raise PeriodNotOver
    account.open_account(session, party_id)
    payer = account.account_of(session, party_id, lock=True)
    if payer is None or payer.rolls_up_to or queries.is_billed(session, payer.id, cycle.start):
        return None
    lines = [rules.priced(line) for line in _charges_paid_by(session, payer, cycle)]
    if not lines:
        return None
    bill = _kept(session, payer, cycle, lines)
    _post(session, bill, lines)
    spend_credit(session, bill)
    publish(session, BillIssued(bill.id, bill.bill_no, party_id))
    return bill


def upcoming(session: Session, party_id: UUID) -> tuple[Period, Money]:
    """The running cycle and what it has come to so far, tax included. Raises NoPostpaidAccount."""
    today = clock_of(session).today()
    cycle = month_of(today)
    until_now = Period(cycle.start, today)
    lines = [rules.priced(line) for line in charges(session, party_id, cycle) if line.period.overlap(until_now)]
    if not lines:
        raise NoPostpaidAccount
    return cycle, rules.total([line.tax_included for line in lines], operator_of(session).currency)


def _charges_paid_by(session: Session, payer: AccountView, cycle: Period) -> list[Line]:
    """The payer's own charges, then those of each branch under its name."""
    lines = charges(session, payer.party_id, cycle)
    branches = [one for one in account.parties_paid_by(session, payer.id) if one != payer.party_id]
    for branch, (_, name) in party.named(session, branches).items():
        lines += [_of_branch(line, name) for line in charges(session, branch, cycle)]
    return lines


def _of_branch(line: Line, branch: str) -> Line:
    return replace(line, name=Bilingual(ar=f"{branch}: {line.name.ar}", en=f"{branch}: {line.name.en}"))


def _kept(session: Session, payer: AccountView, cycle: Period, lines: Sequence[PricedLine]) -> CustomerBill:
    unit = operator_of(session).currency
    issued = rules.issue_date(cycle)
    net, tax = (rules.total(part, unit).value for part in ([p.tax_excluded for p in lines], [p.tax for p in lines]))
    bill = CustomerBill(
        bill_no=next_number(session, "INV", year=issued.year),
        billing_account_id=payer.id,
        party_id=payer.party_id,
        period_start=cycle.start,
        period_end=cycle.end,
        bill_date=issued,
        due_date=rules.due_date(issued, operator_of(session).billing.due_day),
        unit=unit,
        tax_excluded=net,
        tax=tax,
        tax_included=net + tax,
        remaining_amount=net + tax,
        state=BillState.SETTLED if net + tax == 0 else BillState.SENT,
        created_at=clock_of(session).now(),
    )
    session.add(bill)
    session.flush()
    session.add_all(_rate(bill, position, line) for position, line in enumerate(lines, start=1))
    session.flush()
    return bill


def _rate(bill: CustomerBill, position: int, priced: PricedLine) -> AppliedCustomerBillingRate:
    line = priced.line
    return AppliedCustomerBillingRate(
        bill_id=bill.id,
        position=position,
        type=line.type,
        name_ar=line.name.ar,
        name_en=line.name.en,
        product_id=line.product_id,
        period_start=line.period.start,
        period_end=line.period.end,
        quantity=line.quantity,
        quantity_unit=line.unit,
        tax_percent=line.tax_percent,
        tax_excluded=priced.tax_excluded.value,
        tax=priced.tax.value,
        tax_included=priced.tax_included.value,
    )


def _post(session: Session, bill: CustomerBill, lines: Sequence[PricedLine]) -> None:
    earned: dict[LedgerAccount, Decimal] = {}
    for priced in lines:
        book = REVENUE[priced.line.type]
        earned[book] = earned.get(book, Decimal(0)) - priced.tax_excluded.value
    postings = [
        Posting(LedgerAccount.RECEIVABLE, bill.tax_included, bill.billing_account_id, bill.id),
        Posting(LedgerAccount.TAX, -bill.tax),
        *(Posting(book, amount) for book, amount in earned.items()),
    ]
    ledger.post(session, source="bill", source_id=bill.bill_no, entry_date=bill.bill_date, postings=postings)
