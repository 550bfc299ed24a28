"""Every SELECT of billing."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from backend.billing.errors import BillNotFound
from backend.billing.models import AppliedCustomerBillingRate, CustomerBill
from backend.billing.rules import BillState
from backend.infra.scope import within
from backend.kernel.scope import Scope


def visible(scope: Scope) -> Select[CustomerBill]:
    """The bills in scope; drafts are for staff only."""
    statement = select(CustomerBill).where(within(CustomerBill.party_id, scope))
    return statement if scope is None else statement.where(CustomerBill.bill_no.is_not(None))


def bill(session: Session, bill_id: UUID, scope: Scope, *, lock: bool = False) -> CustomerBill:
    """One bill that the scope may see. Raises BillNotFound."""
    statement = visible(scope).where(CustomerBill.id == bill_id)
    found = session.scalars(statement.with_for_update() if lock else statement).one_or_none()
    if found is None:
        raise BillNotFound
    return found


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


def drafts_to_look_at(run_id: UUID) -> Select[CustomerBill]:
    """The drafts of a run: held ones first, then the largest."""
    drafts = select(CustomerBill).where(CustomerBill.run_id == run_id, CustomerBill.bill_no.is_(None))
    held = CustomerBill.state == BillState.ON_HOLD
    return drafts.order_by(held.desc(), CustomerBill.tax_included.desc(), CustomerBill.id)


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


def remaining_on_bills(session: Session) -> dict[UUID, Decimal]:
    """What is left to pay on all bills of each account."""
    rows = session.execute(
        select(CustomerBill.billing_account_id, func.sum(CustomerBill.remaining_amount)).group_by(
            CustomerBill.billing_account_id
        )
    )
    return dict(rows.all())


def narrowed(statement: Select[CustomerBill], *, bill_period: str | None, bill_no: str | None) -> Select[CustomerBill]:
    """The bills that cover the month YYYY-MM, or that have the number."""
    if bill_period is not None:
        year, month = map(int, bill_period.split("-"))
        statement = statement.where(CustomerBill.period_start == date(year, month, 1))
    return statement if bill_no is None else statement.where(CustomerBill.bill_no == bill_no.upper())


def visible_lines(scope: Scope, bill_id: UUID | None) -> Select[AppliedCustomerBillingRate]:
    """Lines of the bills that the scope may see, of one bill or of all."""
    statement = (
        select(AppliedCustomerBillingRate)
        .join(CustomerBill, CustomerBill.id == AppliedCustomerBillingRate.bill_id)
        .order_by(CustomerBill.bill_date.desc(), AppliedCustomerBillingRate.position)
    )
    statement = statement.where(within(CustomerBill.party_id, scope))
    if scope is not None:
        statement = statement.where(CustomerBill.bill_no.is_not(None))
    return statement if bill_id is None else statement.where(AppliedCustomerBillingRate.bill_id == bill_id)
