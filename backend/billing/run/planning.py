"""Which accounts a bill run is for, and how they are shared out into chunks."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Integer, exists, func, insert, literal, select, union
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from backend.account import service as account
from backend.billing.models import Adjustment, BillRunChunk, CustomerBill
from backend.billing.rules import AdjustmentState, ChunkState
from backend.billing.run import tables
from backend.catalog import service as catalog
from backend.catalog.rules import OfferingKind
from backend.infra.database import Rows
from backend.ordering import service as ordering
from backend.rating import service as rating

BILLED_KINDS = (
    OfferingKind.MOBILE_POSTPAID,
    OfferingKind.FIXED_POSTPAID,
    OfferingKind.BUNDLE,
    OfferingKind.DEVICE,
)


def billed_offerings() -> Rows:
    """What is paid on bills. Add-ons follow their lines."""
    return catalog.offerings_of_kinds(BILLED_KINDS)


def due(session: Session, closing: date) -> Rows:
    """Accounts with a period that ends on the day, something to bill, and no bill of it. Column: account_id.

    Found step by step: each is planned for what the one before it found, and not for a guess. As one statement, a
    million accounts took seconds or many minutes, as the server's settings were.
    """
    tables.empty(session, tables.SERVED, tables.WANTED)
    served = ordering.parties_served(session, billed_offerings(), _first(session, closing), closing)
    unbilled = rating.unbilled().subquery()
    used = select(unbilled.c.product_id).where(unbilled.c.local_date <= closing).distinct().subquery()
    users = ordering.parties_of(used, billed_offerings())
    session.execute(insert(tables.SERVED).from_select(["party_id"], union(served, users)))
    tables.analyze(session, tables.SERVED)
    waiting = select(Adjustment.billing_account_id).where(Adjustment.state == AdjustmentState.APPROVED)
    payers = account.paying_for(select(tables.SERVED.c.party_id).subquery())
    session.execute(insert(tables.WANTED).from_select(["account_id"], union(payers, waiting)))
    tables.analyze(session, tables.WANTED)
    ending = account.closing(session, closing).subquery()
    billed = exists().where(
        CustomerBill.billing_account_id == ending.c.account_id,
        CustomerBill.period_start <= closing,
        CustomerBill.period_end >= closing,
    )
    return select(ending.c.account_id).where(ending.c.account_id.in_(select(tables.WANTED.c.account_id)), ~billed)


def plan(session: Session, run_id: UUID, closing: date, size: int) -> int:
    """Make the chunks of a run, each of so many accounts; how many chunks there are."""
    accounts = due(session, closing).subquery()
    place = (func.row_number().over(order_by=accounts.c.account_id) - 1) / sql_cast(literal(size), Integer)
    placed = select(accounts.c.account_id, sql_cast(place, Integer).label("number")).subquery()
    # There is no least and greatest uuid; in an ordered array the first and the last are.
    ordered = func.array_agg(placed.c.account_id.op("ORDER BY")(placed.c.account_id))
    chunks = select(
        literal(run_id), placed.c.number, ordered[1], ordered[func.count()], func.count(), literal(ChunkState.WAITING),
        literal(0), literal(0), literal(0), literal(False),
    ).group_by(placed.c.number)  # fmt: skip
    columns = [
        "run_id",
        "number",
        "first_account",
        "last_account",
        "accounts",
        "state",
        "bills",
        "held",
        "amount",
        "told",
    ]
    session.execute(insert(BillRunChunk).from_select(columns, chunks))
    found: int = session.scalar(select(func.count()).where(BillRunChunk.run_id == run_id)) or 0
    return found


def _first(session: Session, closing: date) -> date:
    """The first day of the longest period in use that ends on the day."""
    periods = [cycle.holding(closing) for cycle in account.cycles_in_use(session)]
    return min((period.start for period in periods if period.end == closing), default=closing)


def closings(session: Session, since: date, until: date) -> list[date]:
    """The days from one to the other on which some period in use ends."""
    cycles = account.cycles_in_use(session)
    days = [since + timedelta(days=n) for n in range((until - since).days + 1)]
    return [day for day in days if any(cycle.holding(day).end == day for cycle in cycles)]
