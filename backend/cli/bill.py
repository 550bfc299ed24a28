"""`hatif bill`: run the bills of a period, look at drafts, let them go; show one bill."""

import time
from datetime import date
from typing import Annotated

import typer
from rich.progress import MofNCompleteColumn, Progress
from rich.table import Table
from sqlalchemy.orm import Session

from backend.billing import queries, service
from backend.billing.models import CustomerBill
from backend.billing.rules import RunState
from backend.billing.run import queries as runs_of
from backend.billing.service import RunView
from backend.cli.surroundings import database_of
from backend.cli.terminal import HOME, HomeOption, fail, out
from backend.infra.database import Database
from backend.kernel.errors import DomainError
from backend.kernel.period import month_of

app = typer.Typer(help="Bills.", no_args_is_help=True)
RunArgument = Annotated[str, typer.Argument(metavar="RUN", help="RUN-2026-000001; `hatif bill runs` lists them.")]
BillArgument = Annotated[str, typer.Argument(metavar="BILL", help="INV-2026-000123, or the id of a draft.")]
BY = "command line"
OVER = (RunState.CHECKED, RunState.POSTED, RunState.CANCELLED)


@app.command()
def run(
    month: Annotated[str | None, typer.Option(help="YYYY-MM: the periods that end in that month.")] = None,
    cycle: Annotated[str | None, typer.Option(help="YYYY-MM-DD: the periods that end on that day.")] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Only make drafts, for `show` and `approve`.")] = False,
    home: HomeOption = HOME,
) -> None:
    """Make the bills that are missing for periods that have passed; without an option, for all of them.

    Stopped or repeated, it goes on where it was and makes no second bill. Exit codes: 1 refused, 2 not a date.
    """
    database = database_of(home)
    try:
        with database.transaction() as session:
            closings = _closings(session, month, cycle)
        views = [view for closing in closings if (view := _run(database, closing, draft=draft))]
    except DomainError as refusal:
        raise fail(refusal.sentence.en) from refusal
    for view in views:
        _tell(view)
    if not views:
        out.print("0 bills made: none is missing.")


@app.command()
def approve(
    run_no: Annotated[str, typer.Argument(metavar="RUN|BILL", help="A run, or the id of one draft.")],
    home: HomeOption = HOME,
) -> None:
    """Let the drafts of a run become bills, or one draft, also one that is held."""
    database = database_of(home)
    try:
        if run_no.upper().startswith("RUN-"):
            with database.transaction() as session:
                view = service.approve_run(session, runs_of.run_by_no(session, run_no).id, by=BY)
            _tell(_worked(database, view))
            return
        with database.transaction() as session:
            bill = service.approve_bill(session, queries.any_bill(session, run_no).id)
            out.print(f"{bill.bill_no}: {bill.tax_included:.2f} {bill.unit}, due {bill.due_date}")
    except DomainError as refusal:
        raise fail(refusal.sentence.en) from refusal


@app.command()
def cancel(run_no: RunArgument, home: HomeOption = HOME) -> None:
    """Give up a run that is not approved yet: its drafts are deleted, and `hatif bill run` makes them anew."""
    with database_of(home).transaction() as session:
        try:
            view = service.cancel_run(session, runs_of.run_by_no(session, run_no).id)
        except DomainError as refusal:
            raise fail(refusal.sentence.en) from refusal
    out.print(f"{view.run_no} is cancelled: {view.bills} drafts deleted.")


@app.command()
def runs(
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 20,
    home: HomeOption = HOME,
) -> None:
    """List the latest runs."""
    table = Table()
    for name in ("run", "periods until", "state", "chunks", "bills", "held", "amount"):
        table.add_column(name, justify="left" if name in ("run", "state") else "right")
    with database_of(home).transaction() as session:
        for one in session.scalars(runs_of.runs().limit(limit)).all():
            view = service.view(session, one.id)
            cells = (
                view.closing,
                view.state,
                f"{view.done}/{view.chunks}",
                view.bills,
                view.held,
                f"{view.amount:,.2f}",
            )
            table.add_row(view.run_no, *map(str, cells))
    out.print(table)


@app.command()
def show(
    number: Annotated[str, typer.Argument(metavar="BILL|RUN", help="INV-2026-000123, a draft's id, or a run.")],
    home: HomeOption = HOME,
) -> None:
    """Print a bill or a draft with its lines, or the drafts of a run: those that are held first, then the largest."""
    with database_of(home).transaction() as session:
        try:
            if number.upper().startswith("RUN-"):
                _show_run(session, number)
            else:
                _show_bill(session, queries.any_bill(session, number))
        except DomainError as refusal:
            raise fail(refusal.sentence.en) from refusal


def _run(database: Database, closing: date, *, draft: bool) -> RunView | None:
    with database.transaction() as session:
        view = service.start_run(session, closing, by=BY, manual=True if draft else None)
    return None if view is None else _worked(database, view)


def _worked(database: Database, view: RunView) -> RunView:
    """Work on the run beside whatever workers there are, until it is through."""
    with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=out, transient=True) as bar:
        task = bar.add_task(f"bills until {view.closing}", total=view.chunks, completed=view.done)
        while view.state not in OVER:
            worked = service.work_once(database, view.id)
            with database.transaction() as session:
                if not worked:
                    service.move_on(session, view.id)
                view = service.view(session, view.id)
            bar.update(task, completed=view.done, total=view.chunks)
            if not worked and view.state not in OVER:
                time.sleep(0.2)  # a worker has the last chunks
    return view


def _tell(view: RunView) -> None:
    held = f", {view.held} of them held for a person to look at" if view.held else ""
    if view.state is RunState.CHECKED:
        next_step = (
            f"see them with `hatif bill show {view.run_no}`, let them go with `hatif bill approve {view.run_no}`"
        )
        out.print(f"{view.bills} drafts for periods until {view.closing}{held}; {next_step}.")
    else:
        out.print(f"{view.bills} bills made for periods until {view.closing} ({view.run_no}){held}.")


def _show_bill(session: Session, bill: CustomerBill) -> None:
    table = Table(title=f"{bill.bill_no or 'draft'}  {bill.period_start} to {bill.period_end}  {bill.state}")
    for column in ("line", "quantity", "before tax", "tax", "total"):
        table.add_column(column, justify="left" if column == "line" else "right")
    for line in queries.lines(session, [bill.id]):
        quantity = f"{line.quantity:f} {line.quantity_unit}" if line.quantity is not None else ""
        amounts = (f"{amount:.2f}" for amount in (line.tax_excluded, line.tax, line.tax_included))
        table.add_row(line.name_en, quantity, *amounts)
    out.print(table)
    out.print(
        f"total {bill.tax_included:.2f} {bill.unit}, left to pay {bill.remaining_amount:.2f}, due {bill.due_date}"
    )


def _show_run(session: Session, run_no: str) -> None:
    view = service.view(session, runs_of.run_by_no(session, run_no).id)
    table = Table(
        title=f"{view.run_no}  periods until {view.closing}  {view.state}, {view.bills} bills, {view.held} held"
    )
    for name in ("draft", "account", "state", "amount"):
        table.add_column(name, justify="right" if name == "amount" else "left")
    for bill in session.scalars(queries.drafts_of_run(view.id).limit(100)).all():
        table.add_row(str(bill.id), str(bill.billing_account_id), bill.state, f"{bill.tax_included:,.2f}")
    out.print(table)


def _closings(session: Session, month: str | None, cycle: str | None) -> list[date]:
    try:
        if cycle:
            return [date.fromisoformat(cycle)]
        if month:
            days = month_of(date.fromisoformat(f"{month}-01"))
            return service.closings_in(session, days) or [days.end]
    except ValueError as error:
        what = "day such as 2026-11-30" if cycle else "month such as 2026-11"
        raise fail(f"{cycle or month!r} is not a {what}", code=2) from error
    return service.closings_due(session)
