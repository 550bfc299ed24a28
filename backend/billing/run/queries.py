"""Every SELECT of bill runs, their chunks and drafts."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Select, Uuid, case, cast, delete, func, null, select, text, update
from sqlalchemy.orm import Session

from backend.account import service as account
from backend.billing.errors import RunNotFound
from backend.billing.models import Adjustment, BillRun, BillRunChunk, CustomerBill
from backend.billing.rules import OPEN_RUNS, AdjustmentState, BillState, ChunkState, RunState
from backend.infra.database import Rows
from backend.rating import service as rating


def any_of(session: Session, accounts: Rows) -> bool:
    """Whether there is one."""
    return session.execute(accounts.limit(1)).first() is not None


def run(session: Session, run_id: UUID, *, lock: bool = False) -> BillRun:
    """The run, as it is now. Raises RunNotFound."""
    statement = select(BillRun).where(BillRun.id == run_id).execution_options(populate_existing=True)
    found = session.scalars(statement.with_for_update() if lock else statement).one_or_none()
    if found is None:
        raise RunNotFound
    return found


def run_by_no(session: Session, run_no: str) -> BillRun:
    """The run of that number. Raises RunNotFound."""
    found = session.scalars(select(BillRun).where(BillRun.run_no == run_no.upper())).one_or_none()
    if found is None:
        raise RunNotFound
    return found


def runs() -> Select[BillRun]:
    """All runs, the latest first."""
    return select(BillRun).order_by(BillRun.created_at.desc(), BillRun.run_no.desc())


def open_runs(session: Session) -> list[UUID]:
    """Runs that workers have something to do for."""
    working = (RunState.RUNNING, RunState.APPROVED)
    return list(session.scalars(select(BillRun.id).where(BillRun.state.in_(working)).order_by(BillRun.closing)))


def open_run(session: Session, closing: date) -> BillRun | None:
    """The run that works on that day's bills."""
    return session.scalars(
        select(BillRun).where(BillRun.closing == closing, BillRun.state.in_(OPEN_RUNS))
    ).one_or_none()


def wait_for_runs(session: Session) -> None:
    """Let one transaction at a time begin a run."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('bill runs', 6))"))


def closings_posted(session: Session) -> set[date]:
    """The days whose bills a run has made."""
    return set(session.scalars(select(BillRun.closing).where(BillRun.state == RunState.POSTED)))


def next_chunk(session: Session, run_id: UUID, state: ChunkState) -> BillRunChunk | None:
    """The next chunk in the state that nobody works on, locked."""
    waiting = select(BillRunChunk).where(BillRunChunk.run_id == run_id, BillRunChunk.state == state)
    return session.scalars(
        waiting.order_by(BillRunChunk.number).limit(1).with_for_update(skip_locked=True)
    ).one_or_none()


def lock_chunks(session: Session, run_id: UUID) -> None:
    """Wait until nobody works on the run."""
    session.scalars(select(BillRunChunk).where(BillRunChunk.run_id == run_id).with_for_update()).all()


def chunk(session: Session, run_id: UUID, number: int) -> BillRunChunk | None:
    """One chunk, locked."""
    return session.get(BillRunChunk, (run_id, number), with_for_update=True, populate_existing=True)


def chunk_states(session: Session, run_id: UUID) -> set[ChunkState]:
    """The states of the run's chunks."""
    found = session.scalars(select(BillRunChunk.state).where(BillRunChunk.run_id == run_id).distinct())
    return {ChunkState(state) for state in found}


def progress(session: Session, run_id: UUID) -> tuple[int, int, int, int, int, int, Decimal]:
    """Chunks, those waiting, those drafted; accounts, bills, held ones, and what the bills come to."""
    row = BillRunChunk
    statement = select(
        func.count(),
        func.count(case((row.state == ChunkState.WAITING, 1))),
        func.count(case((row.state == ChunkState.DRAFTED, 1))),
        *(func.coalesce(func.sum(column), 0) for column in (row.accounts, row.bills, row.held)),
        func.coalesce(func.sum(row.amount), Decimal(0)),
    ).where(row.run_id == run_id)
    chunks, waiting, drafted, accounts, bills, held, amount = tuple(session.execute(statement).one())
    return chunks, waiting, drafted, int(accounts), int(bills), int(held), Decimal(amount)


def accounts_of(part: BillRunChunk) -> Rows:
    """The accounts of a chunk. Column: account_id."""
    return account.between(part.first_account, part.last_account)


def drafts_of(run_id: UUID, part: BillRunChunk) -> Rows:
    """The drafts of a chunk that nothing holds."""
    return all_drafts_of(run_id).where(
        CustomerBill.billing_account_id.between(part.first_account, part.last_account),
        CustomerBill.state != BillState.ON_HOLD,
    )


def all_drafts_of(run_id: UUID) -> Rows:
    """The drafts of a run."""
    return select(CustomerBill.id).where(CustomerBill.run_id == run_id, CustomerBill.bill_no.is_(None))


def issued_by(run_id: UUID, closing: date, part: BillRunChunk) -> Select[CustomerBill]:
    """The bills that a chunk of a run has issued."""
    return (
        select(CustomerBill)
        .where(
            CustomerBill.billing_account_id.between(part.first_account, part.last_account),
            CustomerBill.run_id == run_id,
            CustomerBill.period_end == closing,
            CustomerBill.bill_no.is_not(None),
        )
        .order_by(CustomerBill.bill_no)
    )


def release(session: Session, drafts: Rows) -> None:
    """Delete drafts; the usage and the adjustments on them wait for the next bill."""
    billed = rating.billed().subquery()
    nothing = cast(null(), Uuid()).label("bill_id")
    rating.mark_billed(session, select(billed.c.id, nothing).where(billed.c.bill_id.in_(drafts)).subquery())
    session.execute(
        update(Adjustment)
        .where(Adjustment.bill_id.in_(drafts))
        .values(state=AdjustmentState.APPROVED, bill_id=None)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        delete(CustomerBill).where(CustomerBill.id.in_(drafts)).execution_options(synchronize_session=False)
    )
