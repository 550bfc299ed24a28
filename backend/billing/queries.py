"""Every SELECT of billing."""

import re
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session, aliased

from backend.billing.errors import BillNotFound, CorrectionNotFound, PeriodMistaken
from backend.billing.models import (
    Adjustment,
    AppliedCustomerBillingRate,
    BillOnDemand,
    CreditNote,
    CreditNoteLine,
    CustomerBill,
)
from backend.billing.rules import BillState
from backend.infra.database import Rows
from backend.infra.scope import within
from backend.kernel.period import month_of
from backend.kernel.scope import Scope

HALF_A_YEAR = 184  # days


def visible(scope: Scope) -> Select[CustomerBill]:
    """The bills in scope; drafts are for staff only."""
    statement = select(CustomerBill).where(within(CustomerBill.party_id, scope))
    return statement if scope is None else statement.where(CustomerBill.bill_no.is_not(None))


def bill(session: Session, bill_id: UUID, scope: Scope, *, lock: bool = False) -> CustomerBill:
    """One bill that the scope may see. Raises BillNotFound."""
    statement = visible(scope).where(CustomerBill.id == bill_id)
    if lock:
        statement = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    found = session.scalars(statement).one_or_none()
    if found is None:
        raise BillNotFound
    return found


def open_bills(session: Session, billing_account_id: UUID, *, lock: bool = False) -> Sequence[CustomerBill]:
    """The account's issued bills on which something is left to pay, oldest first."""
    statement = (
        select(CustomerBill)
        .where(
            CustomerBill.billing_account_id == billing_account_id,
            CustomerBill.remaining_amount > 0,
            CustomerBill.state.in_([BillState.SENT, BillState.PARTIALLY_PAID]),
        )
        .order_by(CustomerBill.due_date, CustomerBill.bill_no)
    )
    if lock:
        statement = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    return session.scalars(statement).all()


def reduced_bills(session: Session, billing_account_id: UUID) -> Sequence[CustomerBill]:
    """The account's bills of which something was paid or credited, oldest first, locked."""
    statement = (
        select(CustomerBill)
        .where(
            CustomerBill.billing_account_id == billing_account_id,
            CustomerBill.remaining_amount < CustomerBill.tax_included,
        )
        .order_by(CustomerBill.due_date, CustomerBill.bill_no)
    )
    return session.scalars(statement.with_for_update(key_share=True).execution_options(populate_existing=True)).all()


def bill_before(session: Session, billing_account_id: UUID, period_start: date) -> CustomerBill | None:
    """The account's newest bill of an earlier period."""
    statement = (
        select(CustomerBill)
        .where(CustomerBill.billing_account_id == billing_account_id, CustomerBill.period_start < period_start)
        .order_by(CustomerBill.period_start.desc())
        .limit(1)
    )
    return session.scalars(statement).one_or_none()


def bill_by_no(session: Session, bill_no: str) -> CustomerBill:
    """The bill of that number. Raises BillNotFound."""
    found = session.scalars(select(CustomerBill).where(CustomerBill.bill_no == bill_no)).one_or_none()
    if found is None:
        raise BillNotFound
    return found


def any_bill(session: Session, name: str) -> CustomerBill:
    """The bill of that number, or the bill or draft of that id. Raises BillNotFound."""
    try:
        return bill(session, UUID(name), None)
    except ValueError:
        return bill_by_no(session, name.upper())


def drafts_of_run(run_id: UUID, *, held: bool | None = None) -> Select[CustomerBill]:
    """The drafts of a run, held ones first and then the largest; only those that are held, or the others."""
    drafts = select(CustomerBill).where(CustomerBill.run_id == run_id, CustomerBill.bill_no.is_(None))
    waiting = CustomerBill.state == BillState.ON_HOLD
    if held is not None:
        drafts = drafts.where(waiting if held else ~waiting)
    return drafts.order_by(waiting.desc(), CustomerBill.tax_included.desc(), CustomerBill.id)


def usual_amounts(session: Session, drafts: Collection[UUID]) -> dict[UUID, tuple[int, Decimal]]:
    """How many bills each draft's account had in the half year before it, and what they came to on average."""
    draft, earlier = aliased(CustomerBill), CustomerBill
    rows = session.execute(
        select(draft.id, func.count(), func.avg(earlier.tax_included))
        .join(earlier, earlier.billing_account_id == draft.billing_account_id)
        .where(
            draft.id.in_(drafts),
            earlier.bill_no.is_not(None),
            earlier.period_start >= draft.period_start - HALF_A_YEAR,
            earlier.period_start < draft.period_start,
        )
        .group_by(draft.id)
    )
    return {bill_id: (bills, average) for bill_id, bills, average in rows}


def draft_of(session: Session, billing_account_id: UUID, period_end: date) -> UUID:
    """The account's draft of the period that ends on the day."""
    drafts = select(CustomerBill.id).where(
        CustomerBill.billing_account_id == billing_account_id,
        CustomerBill.period_end == period_end,
        CustomerBill.bill_no.is_(None),
    )
    return session.scalars(drafts).one()


def has_bill(session: Session, party_id: UUID, day: date) -> bool:
    """Whether a bill of the party covers the day."""
    covering = select(CustomerBill.id).where(
        CustomerBill.party_id == party_id, CustomerBill.period_start <= day, CustomerBill.period_end >= day
    )
    return session.scalar(covering.limit(1)) is not None


def lines(session: Session, bill_ids: Sequence[UUID]) -> Sequence[AppliedCustomerBillingRate]:
    """The lines of these bills, in print order."""
    return session.scalars(
        select(AppliedCustomerBillingRate)
        .where(AppliedCustomerBillingRate.bill_id.in_(bill_ids))
        .order_by(AppliedCustomerBillingRate.bill_id, AppliedCustomerBillingRate.position)
    ).all()


def month_asked(text: str) -> tuple[int, int]:
    """Year and month of YYYY-MM. Raises PeriodMistaken."""
    if not re.fullmatch(r"20\d{2}-(0[1-9]|1[0-2])", text):
        raise PeriodMistaken
    year, month = map(int, text.split("-"))
    return year, month


def month_end(year: int, month: int) -> date:
    """The last day of the month."""
    return month_of(date(year, month, 1)).end


def visible_lines(scope: Scope) -> Select[AppliedCustomerBillingRate]:
    """Lines of the bills that the scope may see, in print order."""
    statement = (
        select(AppliedCustomerBillingRate)
        .join(CustomerBill, CustomerBill.id == AppliedCustomerBillingRate.bill_id)
        .where(within(CustomerBill.party_id, scope))
        .order_by(
            CustomerBill.bill_date.desc(), AppliedCustomerBillingRate.bill_id, AppliedCustomerBillingRate.position
        )
    )
    return statement if scope is None else statement.where(CustomerBill.bill_no.is_not(None))


def visible_demands(scope: Scope) -> Select[BillOnDemand]:
    """Wishes for a bill, the latest first."""
    return select(BillOnDemand).where(within(BillOnDemand.party_id, scope)).order_by(BillOnDemand.updated_at.desc())


def taxes(session: Session, bill_ids: Sequence[UUID]) -> dict[UUID, list[tuple[Decimal, Decimal]]]:
    """Rate and amount of each tax on each of these bills."""
    line = AppliedCustomerBillingRate
    rows = session.execute(
        select(line.bill_id, line.tax_percent, func.sum(line.tax))
        .where(line.bill_id.in_(bill_ids), line.tax_percent > 0)
        .group_by(line.bill_id, line.tax_percent)
        .order_by(line.tax_percent.desc())
    )
    found: dict[UUID, list[tuple[Decimal, Decimal]]] = {}
    for bill_id, percent, amount in rows:
        found.setdefault(bill_id, []).append((percent, amount))
    return found


def adjustments() -> Select[Adjustment]:
    """Adjustments, the latest first."""
    return select(Adjustment).order_by(Adjustment.created_at.desc(), Adjustment.id)


def adjustment(session: Session, adjustment_id: UUID) -> Adjustment:
    """One adjustment, locked. Raises CorrectionNotFound."""
    found = session.get(Adjustment, adjustment_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise CorrectionNotFound
    return found


def credit_notes() -> Select[CreditNote]:
    """Credit notes, the latest first."""
    return select(CreditNote).order_by(CreditNote.created_at.desc(), CreditNote.id)


def credit_note(session: Session, note_id: UUID, *, lock: bool = True) -> CreditNote:
    """One credit note. Raises CorrectionNotFound."""
    found = session.get(CreditNote, note_id, with_for_update=lock or None, populate_existing=True)
    if found is None:
        raise CorrectionNotFound
    return found


def credit_lines(session: Session, note_id: UUID) -> Sequence[CreditNoteLine]:
    """The lines of a credit note."""
    return session.scalars(select(CreditNoteLine).where(CreditNoteLine.note_id == note_id)).all()


def forget_credit_lines(session: Session, note_id: UUID) -> None:
    """What a refused credit note would have taken is left on the lines again."""
    session.execute(delete(CreditNoteLine).where(CreditNoteLine.note_id == note_id))


def credited(session: Session, bill_id: UUID) -> dict[UUID, tuple[Decimal, Decimal]]:
    """What credit notes have taken off each line of a bill, those that wait too: before tax, and of the tax."""
    row = CreditNoteLine
    rows = session.execute(
        select(row.line_id, func.sum(row.tax_excluded), func.sum(row.tax))
        .join(CreditNote, CreditNote.id == row.note_id)
        .where(CreditNote.bill_id == bill_id)
        .group_by(row.line_id)
    )
    return {line_id: (net, tax) for line_id, net, tax in rows}


def owed_and_due() -> Rows:
    """What each issued bill still owes, and by when. Columns: bill_id, due_date."""
    return select(CustomerBill.id.label("bill_id"), CustomerBill.due_date).where(CustomerBill.remaining_amount > 0)
