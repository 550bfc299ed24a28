"""Routes of billing: bills and their lines (TMF678), and what the running cycle has come to."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from backend.access.guard import needs
from backend.access.permissions import Permission
from backend.access.rules import Caller
from backend.billing import queries, rules, service
from backend.billing.errors import NoPostpaidAccount
from backend.billing.models import AppliedCustomerBillingRate, CustomerBill
from backend.billing.schemas import BASE, AppliedCustomerBillingRateOut, CustomerBillOut, UpcomingBillOut
from backend.infra.database import SessionDep
from backend.infra.operator import operator_of
from backend.infra.problems import language_of
from backend.infra.tmf630 import PagingDep, page_answer, page_of

router = APIRouter(tags=["Accounts and bills"])
SORTABLE = {"billDate": CustomerBill.bill_date, "billNo": CustomerBill.bill_no, "state": CustomerBill.state}
Reader = Annotated[Caller, Depends(needs(Permission.BILL_READ))]
LINE_ORDER = {"position": AppliedCustomerBillingRate.position, "type": AppliedCustomerBillingRate.type}


@router.get(f"{BASE}/customerBill", response_model=list[CustomerBillOut])
def list_bills(
    session: SessionDep,
    caller: Reader,
    paging: PagingDep,
    bill_period: Annotated[str | None, Query(alias="billPeriod", pattern=r"^20\d{2}-(0[1-9]|1[0-2])$")] = None,
    bill_no: Annotated[str | None, Query(alias="billNo", max_length=20)] = None,
) -> Response:
    """The bills that the caller may see; `billPeriod` is the month they cover."""
    statement = queries.narrowed(queries.visible(caller.scope), bill_period=bill_period, bill_no=bill_no)
    rows, total = page_of(session, statement, paging, SORTABLE)
    operator = operator_of(session)
    return page_answer([CustomerBillOut.of(row, operator) for row in rows], total, paging)


@router.get(f"{BASE}/customerBill/{{bill_id}}")
def read_bill(bill_id: UUID, session: SessionDep, caller: Reader) -> CustomerBillOut:
    """One bill."""
    return CustomerBillOut.of(queries.bill(session, bill_id, caller.scope), operator_of(session))


@router.get(f"{BASE}/appliedCustomerBillingRate", response_model=list[AppliedCustomerBillingRateOut])
def list_lines(
    request: Request,
    session: SessionDep,
    caller: Reader,
    paging: PagingDep,
    bill_id: Annotated[UUID | None, Query(alias="bill.id")] = None,
) -> Response:
    """Lines of bills that the caller may see."""
    statement = queries.visible_lines(caller.scope, bill_id)
    rows, total = page_of(session, statement, paging, LINE_ORDER)
    operator, language = operator_of(session), language_of(request)
    return page_answer([AppliedCustomerBillingRateOut.of(row, operator, language) for row in rows], total, paging)


@router.get("/billing/v1/upcomingBill")
def read_upcoming(session: SessionDep, caller: Reader) -> UpcomingBillOut:
    """What the customer's running cycle has come to so far, and when its bill comes."""
    cycle, amount = service.upcoming(session, _customer(caller))
    return UpcomingBillOut.of(cycle, amount, rules.issue_date(cycle), operator_of(session))


def _customer(caller: Caller) -> UUID:
    if caller.party_id is None:
        raise NoPostpaidAccount
    return caller.party_id
