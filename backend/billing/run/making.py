"""One set of bills from beginning to end: for the accounts of a chunk, or for one account that asks."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from backend.account import service as account
from backend.account.rules import Cycles
from backend.account.service import AccountView
from backend.billing.run import charges, drafting, gathering, tables
from backend.billing.run.tables import ACCOUNT, PRINTED
from backend.infra.database import Rows, clock_of
from backend.infra.operator import operator_of
from backend.kernel.period import Period
from backend.rating import service as rating


@dataclass(frozen=True, slots=True)
class Made:
    """How many drafts there are now, how many of them are held, and what they come to with tax."""

    bills: int
    held: int
    amount: Decimal


def make_set(session: Session, accounts: Rows, closing: date, run_id: UUID | None) -> Made:
    """Drafts of those of the accounts that have a period which ends on the day. They are locked until the end."""
    account.lock_accounts(session, accounts)
    tables.begin(session)
    due = account.closing(session, closing).subquery()
    names = [column.name for column in due.c]
    session.execute(insert(ACCOUNT).from_select(names, select(*due.c).where(due.c.account_id.in_(accounts))))
    gathering.leave_out_billed_days(session)
    _charge(session)
    return _keep(session, closing + timedelta(days=1), run_id, "normal")


def make_one(session: Session, payer: AccountView, period: Period, *, category: str, issued: date) -> Made:
    """A draft for the account, which is locked, of the days of the period that no bill has covered."""
    _begin_one(session, payer, period)
    gathering.leave_out_billed_days(session)
    _charge(session, pending=True)
    return _keep(session, issued, None, category)


def preview(session: Session, payer: AccountView, period: Period) -> Decimal | None:
    """What the period comes to so far, with tax; None when nothing would be billed. Nothing is kept."""
    _begin_one(session, payer, period)
    _charge(session, pending=True)
    drafting.print_lines(session, drafting.digits_of(operator_of(session)))
    total: Decimal | None = session.scalar(select(func.sum(PRINTED.c.net + PRINTED.c.tax)))
    return total


def _begin_one(session: Session, payer: AccountView, period: Period) -> None:
    tables.begin(session)
    cycles = account.cycles(session, payer.id)
    base = cycles.at(period.end).month_around(period.end)
    session.execute(
        insert(ACCOUNT).values(
            account_id=payer.id,
            account_no=payer.account_no,
            party_id=payer.party_id,
            cycle=cycles.at(period.end).kind.value,
            period_start=period.start,
            period_end=period.end,
            base_start=base.start,
            base_end=base.end,
            **_next(cycles, period.end),
        )
    )


def _next(cycles: Cycles, last: date) -> dict[str, date]:
    day = last + timedelta(days=1)
    base = cycles.at(day).month_around(day)
    return {"next_end": cycles.holding(day).end, "next_base_start": base.start, "next_base_end": base.end}


def _charge(session: Session, *, pending: bool = False) -> None:
    operator = operator_of(session)
    gathering.gather(session, ahead=operator.billing.rentals == "advance")
    if pending:
        last = session.scalar(select(func.max(ACCOUNT.c.period_end)))
        products = gathering.products(session)
        if last is not None and products:
            rating.rate_pending(session, until=moment_after(session, last), product_ids=products)
    gathering.gather_usage(session)
    charges.add(session, operator.billing, operator.vat_percent)


def moment_after(session: Session, day: date) -> datetime:
    """When the day is over where the operator is; now, if it is not."""
    clock = clock_of(session)
    return min(datetime.combine(day + timedelta(days=1), time(), tzinfo=clock.zone), clock.now())


def _keep(session: Session, issued: date, run_id: UUID | None, category: str) -> Made:
    operator = operator_of(session)
    drafting.print_lines(session, drafting.digits_of(operator))
    made = drafting.keep(
        session, operator, now=clock_of(session).now(), issued=issued, run_id=run_id, category=category
    )
    return Made(*made)
