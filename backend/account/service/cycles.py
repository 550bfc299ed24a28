"""Which cycle an account has, and which accounts have one that ends on a day."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Date,
    Integer,
    String,
    Values,
    case,
    column,
    func,
    literal,
    select,
    values,
)
from sqlalchemy.orm import Session

from backend.account import queries
from backend.account.errors import CycleNotOffered
from backend.account.models import BillingAccount
from backend.account.rules import EVERY_CYCLE, Cycle, CycleKind, Cycles, closing_on
from backend.infra.database import Rows, clock_of
from backend.infra.operator import operator_of
from backend.party import service as party


def cycles_of(session: Session, account: BillingAccount) -> Cycles:
    """The account's cycle, and the one before it."""
    default = Cycle.parse(operator_of(session).billing.cycle)
    return Cycles(
        _cycle(account.cycle_kind, account.bill_day) or default,
        account.cycle_since,
        _cycle(account.former_kind, account.former_day),
    )


def cycles(session: Session, account_id: UUID) -> Cycles:
    """The account's cycle, and the one before it."""
    return cycles_of(session, session.get_one(BillingAccount, account_id))


def choose_cycle(session: Session, account_id: UUID, wish: Cycle) -> Cycles:
    """Let bills be made by another cycle once the running period is over. Raises CycleNotOffered."""
    account = queries.locked(session, account_id)
    _check_offered(session, account, wish)
    chosen = cycles_of(session, account).changed(wish, clock_of(session).today())
    account.cycle_kind, account.bill_day = chosen.cycle.kind, chosen.cycle.day
    account.cycle_since = chosen.since
    account.former_kind = chosen.former.kind if chosen.former else None
    account.former_day = chosen.former.day if chosen.former else None
    session.flush()
    return chosen


def commit_to(session: Session, account_id: UUID, minimum: Decimal | None) -> None:
    """Let each of the account's cycles come to at least so much before tax; None ends that."""
    queries.locked(session, account_id).minimum_charge = minimum
    session.flush()


def closing(session: Session, day: date) -> Rows:
    """Accounts that pay for themselves and have a period that ends on the day, with it and the month around it.

    Columns: account_id, account_no, party_id, cycle, period_start, period_end, base_start, base_end; and of the period
    that begins on the day after: next_end, next_base_start, next_base_end.
    """
    before = BillingAccount.cycle_since > day
    ends, follows = _ends(day), _follows(day + timedelta(days=1))
    begun = func.greatest(ends.c.period_start, case((before, ends.c.period_start), else_=BillingAccount.cycle_since))
    return (
        select(
            BillingAccount.id.label("account_id"),
            BillingAccount.account_no,
            BillingAccount.party_id,
            ends.c.kind.label("cycle"),
            begun.label("period_start"),
            literal(day, Date).label("period_end"),
            ends.c.base_start,
            ends.c.base_end,
            follows.c.next_end,
            follows.c.next_base_start,
            follows.c.next_base_end,
        )
        .join(ends, _has(session, ends, before))
        .join(follows, _has(session, follows, BillingAccount.cycle_since > day + timedelta(days=1)))
        .where(BillingAccount.rolls_up_to_id.is_(None), BillingAccount.main, BillingAccount.party_id.is_not(None))
    )


def cycles_in_use(session: Session) -> set[Cycle]:
    """The cycles that some account has or had, and the operator's own."""
    found = {Cycle.parse(operator_of(session).billing.cycle)}
    for kind, bill_day in ((BillingAccount.cycle_kind, BillingAccount.bill_day),
                           (BillingAccount.former_kind, BillingAccount.former_day)):  # fmt: skip
        rows = session.execute(select(kind, bill_day).where(kind.is_not(None)).distinct())
        found |= {cycle for row in rows if (cycle := _cycle(*row))}
    return found


def _has(session: Session, known: Values, before: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether it is the account's cycle, or while that has not begun its former one."""
    default = Cycle.parse(operator_of(session).billing.cycle)
    kind = case((before, BillingAccount.former_kind), else_=BillingAccount.cycle_kind)
    bill_day = case((before, BillingAccount.former_day), else_=BillingAccount.bill_day)
    return (func.coalesce(kind, default.kind.value) == known.c.kind) & (
        func.coalesce(bill_day, default.day) == known.c.bill_day
    )


def _ends(day: date) -> Values:
    """The cycles of which a period ends on the day."""
    rows = [
        (cycle.kind.value, cycle.day, period.start, cycle.month_around(day).start, cycle.month_around(day).end)
        for cycle, period in closing_on(day)
    ]
    dates = ("period_start", "base_start", "base_end")
    return values(*_key(), *(column(name, Date) for name in dates), name="ends").data(rows or [("none", 0, *[day] * 3)])


def _follows(day: date) -> Values:
    """Every cycle with its period that holds the day."""
    around = [(cycle, cycle.month_around(day)) for cycle in EVERY_CYCLE]
    rows = [(one.kind.value, one.day, one.holding(day).end, base.start, base.end) for one, base in around]
    dates = ("next_end", "next_base_start", "next_base_end")
    return values(*_key(), *(column(name, Date) for name in dates), name="follows").data(rows)


def _key() -> tuple[ColumnClause[str], ColumnClause[int]]:
    return column("kind", String), column("bill_day", Integer)


def _check_offered(session: Session, account: BillingAccount, wish: Cycle) -> None:
    settings = operator_of(session).billing
    if (
        wish.kind is CycleKind.HALF_MONTHLY
        or wish == Cycle.parse(settings.cycle)
        or settings.bill_day_for == "everyone"
    ):
        return
    if account.party_id is None or not party.is_organization(session, account.party_id):
        raise CycleNotOffered


def _cycle(kind: str | None, day: int | None) -> Cycle | None:
    return Cycle(CycleKind(kind), day or 1) if kind else None
