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
    """The bills in scope."""
    statement = select(CustomerBill)
    return statement.where(within(CustomerBill.party_id, scope))


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


def is_billed(session: Session, billing_account_id: UUID, period_start: date) -> bool:
    """Whether the account has its bill of that cycle."""
    return bool(
        session.scalar(
            select(func.count()).where(
                CustomerBill.billing_account_id == billing_account_id, CustomerBill.period_start == period_start
            )
        )
    )


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
    return statement if bill_id is None else statement.where(AppliedCustomerBillingRate.bill_id == bill_id)
