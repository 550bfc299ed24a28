"""Bills of one account: one in between, the last one, and what the running period has come to."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.account import service as account
from backend.account.service import AccountView
from backend.billing import queries
from backend.billing.errors import NoPostpaidAccount, NothingToBill
from backend.billing.events import BillIssued
from backend.billing.models import CustomerBill
from backend.billing.run import planning
from backend.billing.run.making import make_one, preview
from backend.billing.run.posting import post
from backend.infra.database import clock_of
from backend.infra.events import publish
from backend.infra.hub import events as hub
from backend.infra.operator import operator_of
from backend.kernel.money import Money
from backend.kernel.period import Period, month_of
from backend.ordering import service as ordering


def bill_now(session: Session, account_id: UUID) -> CustomerBill:
    """A bill outside the cycle, up to yesterday; the next regular one goes on from there. Raises NothingToBill."""
    view = account.account(session, account_id)
    payer = _locked(session, view.party_id)
    today = clock_of(session).today()
    running = account.cycles(session, account_id).holding(today - timedelta(days=1))
    bill = None
    if payer is not None and payer.id == account_id:
        bill = _issued(
            session, payer, Period(running.start, today - timedelta(days=1)), category="interim", issued=today
        )
    if bill is None:
        raise NothingToBill
    return bill


def bill_last(session: Session, party_id: UUID, ended: date) -> CustomerBill | None:
    """The last bill of an account on which nothing goes on after the day: fees, deposits back, what is left to pay."""
    payer = _locked(session, party_id)
    if payer is None:
        return None
    running = account.cycles(session, payer.id).holding(ended)
    period = Period(running.start, ended)
    return _issued(session, payer, period, category="last", issued=clock_of(session).today())


def departed(session: Session) -> list[tuple[UUID, date]]:
    """Parties whose last billed product has ended since the beginning of last month, and when; today's are not over."""
    today = clock_of(session).today()
    since = month_of(month_of(today).start - timedelta(days=1)).start
    done = ordering.parties_done(session, planning.billed_offerings(), since, today - timedelta(days=1))
    rows = session.execute(done).all()
    return [(row.party_id, row.ended) for row in rows if not queries.has_bill(session, row.party_id, row.ended)]


def upcoming(session: Session, party_id: UUID) -> tuple[Period, Money]:
    """The running cycle and what it has come to so far, tax included. Raises NoPostpaidAccount."""
    payer = account.open_account(session, party_id)
    cycle = account.cycles(session, payer.id).holding(clock_of(session).today())
    total = preview(session, payer, cycle)
    if total is None:
        raise NoPostpaidAccount
    return cycle, Money(total, operator_of(session).currency)


def _locked(session: Session, party_id: UUID) -> AccountView | None:
    account.open_account(session, party_id)
    payer = account.account_of(session, party_id, lock=True)
    return None if payer is None or payer.rolls_up_to else payer


def _issued(
    session: Session, payer: AccountView, period: Period, *, category: str, issued: date
) -> CustomerBill | None:
    made = make_one(session, payer, period, category=category, issued=issued)
    if not made.bills:
        return None
    draft = queries.draft_of(session, payer.id, period.end)
    post(session, select(CustomerBill.id).where(CustomerBill.id == draft))
    bill = session.get_one(CustomerBill, draft, populate_existing=True)
    hub.announce(session, [bill], "Create")
    publish(session, BillIssued(bill.id, bill.bill_no or "", bill.party_id))
    return bill
