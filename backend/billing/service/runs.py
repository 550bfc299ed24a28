"""Bill runs: one bill for an account and cycle, however often a run is started, stopped or repeated."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.billing import queries, rules
from backend.billing.errors import NoPostpaidAccount, PeriodNotOver
from backend.billing.events import BillIssued
from backend.billing.models import AppliedCustomerBillingRate, BillingAccount, CustomerBill
from backend.billing.rules import BillState, PricedLine, RateType
from backend.billing.service.bills import spend_credit
from backend.billing.service.charges import charges
from backend.infra.database import clock_of
from backend.infra.events import publish
from backend.infra.numbers import next_number
from backend.infra.operator import operator_of
from backend.kernel.money import Money
from backend.kernel.period import Period, month_of, months_between
from backend.ledger import service as ledger
from backend.ledger.rules import LedgerAccount, Posting
from backend.ordering import service as ordering

REVENUE = {
    RateType.RECURRING: LedgerAccount.REVENUE_RECURRING,
    RateType.USAGE: LedgerAccount.REVENUE_USAGE,
    RateType.ONE_TIME: LedgerAccount.DEPOSIT,
}


def open_account(session: Session, party_id: UUID) -> BillingAccount:
    """The party's billing account, opened if it has none."""
    known = queries.account_of(session, party_id)
    if known is None:
        queries.wait_for_party(session, party_id)
        known = queries.account_of(session, party_id)
    if known is not None:
        return known
    account = BillingAccount(
        account_no=next_number(session, "ACC"), party_id=party_id, created_at=clock_of(session).now()
    )
    session.add(account)
    session.flush()
    return account


def past_cycles(session: Session) -> list[Period]:
    """Every month that is over, from the first in which anything was in use; oldest first."""
    first, today = ordering.first_day(session), clock_of(session).today()
    return [month for month in months_between(first, today) if month.end < today] if first else []


def parties_to_bill(session: Session, cycle: Period) -> Sequence[UUID]:
    """Whoever had a billed service in the cycle and has no bill for it yet."""
    return [
        party_id
        for party_id in ordering.billable_parties(session, cycle)
        if not queries.is_billed(session, open_account(session, party_id).id, cycle.start)
    ]


def bill_party(session: Session, party_id: UUID, cycle: Period) -> CustomerBill | None:
    """Make, post and send the party's bill of the cycle; None when it is made already or nothing is to bill.

    The account is locked; the unique key of account and cycle is the last guard. Raises PeriodNotOver.
    """
    if clock_of(session).today() <= cycle.end:
        raise PeriodNotOver
    open_account(session, party_id)
    account = queries.account_of(session, party_id, lock=True)
    if account is None or queries.is_billed(session, account.id, cycle.start):
        return None
    lines = [rules.priced(line) for line in charges(session, party_id, cycle)]
    if not lines:
        return None
    bill = _kept(session, account, cycle, lines)
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


def _kept(session: Session, account: BillingAccount, cycle: Period, lines: Sequence[PricedLine]) -> CustomerBill:
    unit = operator_of(session).currency
    issued = rules.issue_date(cycle)
    net, tax = (rules.total(part, unit).value for part in ([p.tax_excluded for p in lines], [p.tax for p in lines]))
    bill = CustomerBill(
        bill_no=next_number(session, "INV", year=issued.year),
        billing_account_id=account.id,
        party_id=account.party_id,
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
        account = REVENUE[priced.line.type]
        earned[account] = earned.get(account, Decimal(0)) - priced.tax_excluded.value
    postings = [
        Posting(LedgerAccount.RECEIVABLE, bill.tax_included, bill.billing_account_id),
        Posting(LedgerAccount.TAX, -bill.tax),
        *(Posting(account, amount) for account, amount in earned.items()),
    ]
    ledger.post(session, source="bill", source_id=bill.bill_no, entry_date=bill.bill_date, postings=postings)
