"""Bill runs: drafts of all who have a period that ends on a day, looked at, approved, posted. Stopped, it goes on.

A run is worked on chunk by chunk, each in a transaction of its own, by whoever has time: any number of workers, and the
command line. What has no bill yet is made; what has one is left alone.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.account import service as account
from backend.billing.errors import PeriodNotOver, RunNotReady
from backend.billing.events import BillIssued
from backend.billing.models import BillRun, BillRunChunk
from backend.billing.rules import ChunkState, RunState
from backend.billing.run import planning, queries, tables
from backend.billing.run.making import make_set, moment_after
from backend.billing.run.posting import post
from backend.infra.database import Database, clock_of
from backend.infra.events import publish
from backend.infra.hub import events as hub
from backend.infra.jobs import defer
from backend.infra.numbers import next_number
from backend.infra.operator import operator_of
from backend.kernel.period import Period
from backend.ordering import service as ordering
from backend.rating import service as rating

JOBS = 4  # how many jobs of a run wait for workers at once


@dataclass(frozen=True, slots=True)
class RunView:
    """A run and how far it is: chunks and how many of them are through, bills, those held, and what they come to."""

    id: UUID
    run_no: str
    closing: date
    state: RunState
    automatic: bool
    started_by: str
    approved_by: str | None
    created_at: datetime
    ended_at: datetime | None
    chunks: int
    done: int
    accounts: int
    bills: int
    held: int
    amount: Decimal


def closings_due(session: Session) -> list[date]:
    """Every past day on which periods ended and bills may be missing, oldest first."""
    first, today = ordering.first_day(session), clock_of(session).today()
    if first is None:
        return []
    days = planning.closings(session, first, today - timedelta(days=1))
    done = queries.closings_posted(session)
    return [day for day in days if day not in done and queries.any_of(session, planning.due(session, day))]


def closings_in(session: Session, days: Period) -> list[date]:
    """The days of the span that are over and on which periods in use end, oldest first."""
    yesterday = clock_of(session).today() - timedelta(days=1)
    return planning.closings(session, days.start, min(days.end, yesterday))


def begin_run(session: Session, closing: date, *, by: str, manual: bool | None = None) -> RunView:
    """Let workers make the bills of a day, or go on with its run that is open; it answers before anything is done.

    What waits to be rated is rated first, then the accounts are shared out in chunks. `manual` (None: the operator's
    setting) leaves drafts to be approved. Raises PeriodNotOver.
    """
    run = _begun(session, closing, by=by, manual=manual)
    _share_out(session, run, 1)
    return view(session, run.id)


def start_run(session: Session, closing: date, *, by: str, manual: bool | None = None) -> RunView | None:
    """The same, but rated and shared out when it returns; None when no bill is missing. Raises PeriodNotOver."""
    run = _begun(session, closing, by=by, manual=manual)
    if not run.planned and not _planned(session, run):
        session.delete(run)
        session.flush()
        return None
    return view(session, run.id)


def work(session: Session, run_id: UUID) -> bool:
    """Rate and share out, or do the next chunk that nobody works on; whether there was one. Commit after it."""
    run = queries.run(session, run_id)
    if run.state == RunState.RUNNING and not run.planned:
        _planned(session, queries.run(session, run_id, lock=True))
        return True
    wanted = {RunState.RUNNING: ChunkState.WAITING, RunState.APPROVED: ChunkState.DRAFTED}.get(RunState(run.state))
    chunk = queries.next_chunk(session, run_id, wanted) if wanted else None
    if chunk is None:
        return False
    if wanted is not ChunkState.WAITING:
        account.lock_accounts(session, queries.accounts_of(chunk))
        tables.begin(session)
    else:
        made = make_set(session, queries.accounts_of(chunk), run.closing, run.id)
        chunk.bills, chunk.held, chunk.amount, chunk.state = made.bills, made.held, made.amount, ChunkState.DRAFTED
    if run.automatic or wanted is ChunkState.DRAFTED:
        _post(session, run, chunk)
    session.flush()
    return True


def move_on(session: Session, run_id: UUID) -> RunState:
    """Let the run be in the state that its chunks allow. Called when there is no chunk to take."""
    run = queries.run(session, run_id, lock=True)
    states = queries.chunk_states(session, run_id)
    if run.state == RunState.RUNNING and run.planned and ChunkState.WAITING not in states:
        run.state = RunState.APPROVED if run.automatic or not states else RunState.CHECKED
    if run.state == RunState.APPROVED and states <= {ChunkState.POSTED}:
        run.state, run.ended_at = RunState.POSTED, clock_of(session).now()
    session.flush()
    return RunState(run.state)


def approve_run(session: Session, run_id: UUID, *, by: str) -> RunView:
    """Let the drafts of a run become bills; held ones stay drafts until each is approved. Raises RunNotReady."""
    run = queries.run(session, run_id, lock=True)
    if run.state != RunState.CHECKED:
        raise RunNotReady(state=run.state)
    run.state, run.approved_by = RunState.APPROVED, by
    session.flush()
    _share_out(session, run, len(queries.chunk_states(session, run_id)) or 1)
    return view(session, run_id)


def cancel_run(session: Session, run_id: UUID) -> RunView:
    """Give up a run before it is approved: drafts are gone, usage and adjustments wait again. Raises RunNotReady."""
    run = queries.run(session, run_id, lock=True)
    if run.state not in (RunState.RUNNING, RunState.CHECKED):
        raise RunNotReady(state=run.state)
    queries.lock_chunks(session, run_id)
    _drop(session, run_id)
    run.state, run.ended_at = RunState.CANCELLED, clock_of(session).now()
    session.flush()
    return view(session, run_id)


def view(session: Session, run_id: UUID) -> RunView:
    """The run with its progress. Raises RunNotFound."""
    run = queries.run(session, run_id)
    chunks, waiting, drafted, accounts, bills, held, amount = queries.progress(session, run_id)
    over = run.state in (RunState.APPROVED, RunState.POSTED) or run.automatic
    done = chunks - waiting - (drafted if over else 0)
    return RunView(
        run.id, run.run_no, run.closing, RunState(run.state), run.automatic, run.started_by, run.approved_by,
        run.created_at, run.ended_at, chunks, done, accounts, bills, held, amount,
    )  # fmt: skip


def tell_chunk(session: Session, run_id: UUID, number: int) -> None:
    """Publish `BillIssued` for each bill that a chunk has issued, once."""
    chunk = queries.chunk(session, run_id, number)
    if chunk is None or chunk.told or chunk.state != ChunkState.POSTED:
        return
    chunk.told = True
    run = queries.run(session, run_id)
    bills = session.scalars(queries.issued_by(run_id, run.closing, chunk)).all()
    hub.announce(session, bills, "Create")
    for bill in bills:
        publish(session, BillIssued(bill.id, bill.bill_no or "", bill.party_id))


def work_through(database: Database, run_id: UUID) -> RunState:
    """Do chunks of a run as long as there are any, a transaction each; the state that the run is left in."""
    while work_once(database, run_id):
        pass
    with database.transaction() as session:
        return move_on(session, run_id)


def work_once(database: Database, run_id: UUID) -> bool:
    """Do the next chunk in a transaction of its own; whether there was one."""
    with database.transaction() as session:
        return work(session, run_id)


def _begun(session: Session, closing: date, *, by: str, manual: bool | None) -> BillRun:
    """The run of the day that is open, or a new one."""
    if clock_of(session).today() <= closing:
        raise PeriodNotOver
    queries.wait_for_runs(session)
    running = queries.open_run(session, closing)
    if running is not None:
        return running
    settings = operator_of(session).billing
    run = BillRun(
        run_no=next_number(session, "RUN"),
        closing=closing,
        automatic=settings.approval == "automatic" if manual is None else not manual,
        planned=False,
        started_by=by,
        created_at=clock_of(session).now(),
    )
    session.add(run)
    session.flush()
    return run


def _planned(session: Session, run: BillRun) -> int:
    """Rate what waits and share the accounts out, once; how many chunks there are. Whoever comes second waits."""
    if run.planned or run.state != RunState.RUNNING:
        return len(queries.chunk_states(session, run.id))
    rating.rate_pending(session, until=moment_after(session, run.closing))
    chunks = planning.plan(session, run.id, run.closing, operator_of(session).billing.chunk)
    run.planned = True
    session.flush()
    _share_out(session, run, chunks)
    return chunks


def _post(session: Session, run: BillRun, chunk: BillRunChunk) -> None:
    post(session, queries.drafts_of(run.id, chunk))
    chunk.state = ChunkState.POSTED
    defer(session, "billing:tell_chunk", run_id=str(run.id), number=chunk.number)


def _share_out(session: Session, run: BillRun, chunks: int) -> None:
    for _ in range(min(chunks, JOBS)):
        defer(session, "billing:work_run", run_id=str(run.id))


def _drop(session: Session, run_id: UUID) -> None:
    queries.release(session, queries.all_drafts_of(run_id))
