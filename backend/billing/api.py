"""Routes of billing: bills, their lines, bills on demand (TMF678); runs, corrections and ageing for billing staff."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from sqlalchemy.orm import Session

from backend.access.guard import needs
from backend.access.permissions import Permission
from backend.access.rules import Caller
from backend.account import service as account
from backend.billing import queries, rules, service
from backend.billing.errors import NoPostpaidAccount
from backend.billing.models import Adjustment, BillOnDemand, BillRun, CreditNote, CustomerBill
from backend.billing.resources import BILL_ON_DEMAND, BILLING_RATE, CUSTOMER_BILL
from backend.billing.run import queries as runs
from backend.billing.schemas import (
    OWN,
    AdjustmentCreate,
    AdjustmentOut,
    AgeingOut,
    BillRunCreate,
    BillRunOut,
    CommitmentIn,
    CreditNoteCreate,
    CreditNoteOut,
    DecisionIn,
    DraftOut,
    UpcomingBillOut,
    drafts_shown,
)
from backend.billing.service import corrections, demands
from backend.infra.database import SessionDep, clock_of
from backend.infra.idempotency import IdempotencyKey, once
from backend.infra.operator import operator_of
from backend.infra.tmf630 import Document, MoneyOut, PagingDep, Writing, page_answer, page_of
from backend.infra.tmf630.routes import resource_router
from backend.kernel.text import Bilingual
from backend.ledger import service as ledger

AREA = "Accounts and bills"
READ, WRITE = needs(Permission.BILL_READ), needs(Permission.BILL_WRITE)
Reader = Annotated[Caller, Depends(READ)]
STAFF, CORRECTOR = Depends(needs(Permission.BILL_RUN)), Depends(needs(Permission.BILL_CORRECT))
Staff = Annotated[Caller, STAFF]
Corrector = Annotated[Caller, CORRECTOR]


def change_bill(session: Session, _caller: Any, bill: CustomerBill, whole: Document, names: frozenset[str]) -> None:
    """Approve a draft (state validated) or hold it (onHold); issued bills change by money only."""
    if "state" in names:
        service.change_draft(session, bill.id, str(whole.get("state")))


def demand_bill(session: Session, _caller: Any, body: Document) -> BillOnDemand:
    """A bill of the account up to yesterday."""
    return demands.demand_bill(session, body)


router = APIRouter(tags=[AREA])
router.include_router(resource_router(CUSTOMER_BILL, Writing(change=change_bill), read=READ, write=WRITE, area=AREA))
router.include_router(resource_router(BILLING_RATE, read=READ, area=AREA))
router.include_router(resource_router(BILL_ON_DEMAND, Writing(create=demand_bill), read=READ, write=WRITE, area=AREA))


@router.get(f"{OWN}/upcomingBill")
def read_upcoming(session: SessionDep, caller: Reader) -> UpcomingBillOut:
    """What the customer's running cycle has come to so far, and when its bill comes."""
    if caller.party_id is None:
        raise NoPostpaidAccount
    cycle, amount = service.upcoming(session, caller.party_id)
    return UpcomingBillOut.of(cycle, amount, rules.issue_date(cycle), operator_of(session))


@router.post(f"{OWN}/billRun", status_code=202, response_model=BillRunOut)
def start_run(body: BillRunCreate, session: SessionDep, caller: Staff, key: IdempotencyKey = None) -> Response:
    """Begin the bills of the periods that end on a day, or go on with them, in the background; GET tells how far."""

    def answer() -> BillRunOut:
        manual = None if body.approval is None else body.approval == "manual"
        run = service.begin_run(session, body.closing, by=_name(caller), manual=manual)
        return BillRunOut.of(run, operator_of(session).currency)

    return once(session, caller=caller.key, key=key, request=body, answer=answer, status=202)


@router.get(f"{OWN}/billRun", response_model=list[BillRunOut], dependencies=[STAFF])
def list_runs(session: SessionDep, paging: PagingDep) -> Response:
    """Runs with their progress, the latest first."""
    rows, total = page_of(session, runs.runs(), paging, {"closing": BillRun.closing, "createdAt": BillRun.created_at})
    unit = operator_of(session).currency
    return page_answer([BillRunOut.of(service.view(session, row.id), unit) for row in rows], total, paging)


@router.get(f"{OWN}/billRun/{{run_id}}", dependencies=[STAFF])
def read_run(run_id: UUID, session: SessionDep) -> BillRunOut:
    """One run with its progress."""
    return BillRunOut.of(service.view(session, run_id), operator_of(session).currency)


@router.get(f"{OWN}/billRun/{{run_id}}/draft", response_model=list[DraftOut], dependencies=[STAFF])
def list_drafts(run_id: UUID, session: SessionDep, paging: PagingDep, held: bool = False) -> Response:
    """Its drafts, the largest first: those that are held for a person to look at, or the others."""
    sortable = {"amount": CustomerBill.tax_included}
    rows, total = page_of(session, queries.drafts_of_run(run_id, held=held), paging, sortable)
    return page_answer(drafts_shown(session, rows), total, paging)


@router.post(f"{OWN}/billRun/{{run_id}}/approve")
def approve_run(run_id: UUID, session: SessionDep, caller: Staff) -> BillRunOut:
    """Let its drafts become bills; those that are held wait."""
    return BillRunOut.of(service.approve_run(session, run_id, by=_name(caller)), operator_of(session).currency)


@router.post(f"{OWN}/billRun/{{run_id}}/cancel", dependencies=[STAFF])
def cancel_run(run_id: UUID, session: SessionDep) -> BillRunOut:
    """Give it up before it is approved; its drafts are deleted."""
    return BillRunOut.of(service.cancel_run(session, run_id), operator_of(session).currency)


@router.post(f"{OWN}/adjustment", status_code=201, response_model=AdjustmentOut)
def adjust(body: AdjustmentCreate, session: SessionDep, caller: Corrector, key: IdempotencyKey = None) -> Response:
    """Charge or give money on an account's next bill; with an Idempotency-Key, once."""

    def answer() -> AdjustmentOut:
        row = corrections.adjust(
            session, body.billing_account.id, kind=body.kind, amount=body.amount.value, taxed=body.taxed,
            reason=body.reason, by=_name(caller),
            name=Bilingual(ar=body.name["ar"], en=body.name["en"]) if body.name and len(body.name) == 2 else None,
        )  # fmt: skip
        return AdjustmentOut.of(row, operator_of(session).currency)

    return once(session, caller=caller.key, key=key, request=body, answer=answer)


@router.get(f"{OWN}/adjustment", response_model=list[AdjustmentOut], dependencies=[CORRECTOR])
def list_adjustments(session: SessionDep, paging: PagingDep) -> Response:
    """Adjustments, the latest first."""
    rows, total = page_of(session, queries.adjustments(), paging, {"createdAt": Adjustment.created_at})
    unit = operator_of(session).currency
    return page_answer([AdjustmentOut.of(row, unit) for row in rows], total, paging)


@router.post(f"{OWN}/adjustment/{{adjustment_id}}/decide")
def decide_adjustment(adjustment_id: UUID, body: DecisionIn, session: SessionDep, caller: Corrector) -> AdjustmentOut:
    """A second person lets it through, or not."""
    row = corrections.decide_adjustment(session, adjustment_id, approve=body.approve, by=_name(caller))
    return AdjustmentOut.of(row, operator_of(session).currency)


@router.put(f"{OWN}/billingAccount/{{account_id}}/commitment", status_code=204, dependencies=[CORRECTOR])
def commit(account_id: UUID, body: CommitmentIn, session: SessionDep) -> None:
    """Agree on what an account's periods come to at least, before tax; null ends it."""
    account.commit_to(session, account.account(session, account_id).id, body.amount.value if body.amount else None)


@router.post(f"{OWN}/creditNote", status_code=201, response_model=CreditNoteOut)
def write_credit_note(
    body: CreditNoteCreate, session: SessionDep, caller: Corrector, key: IdempotencyKey = None
) -> Response:
    """Take money off lines of a bill; with an Idempotency-Key, once."""

    def answer() -> CreditNoteOut:
        wanted = {line.id: line.amount.value if line.amount else None for line in body.lines}
        note = corrections.credit_lines(session, body.bill.id, wanted, reason=body.reason, by=_name(caller))
        return CreditNoteOut.of(session, note)

    return once(session, caller=caller.key, key=key, request=body, answer=answer)


@router.get(f"{OWN}/creditNote", response_model=list[CreditNoteOut], dependencies=[CORRECTOR])
def list_credit_notes(session: SessionDep, paging: PagingDep) -> Response:
    """Credit notes, the latest first."""
    rows, total = page_of(session, queries.credit_notes(), paging, {"createdAt": CreditNote.created_at})
    return page_answer([CreditNoteOut.of(session, row) for row in rows], total, paging)


@router.post(f"{OWN}/creditNote/{{note_id}}/decide")
def decide_credit_note(note_id: UUID, body: DecisionIn, session: SessionDep, caller: Corrector) -> CreditNoteOut:
    """A second person lets it through, or not."""
    note = corrections.decide_note(session, note_id, approve=body.approve, by=_name(caller))
    return CreditNoteOut.of(session, note)


@router.get(f"{OWN}/ageing", dependencies=[STAFF])
def read_ageing(session: SessionDep) -> list[AgeingOut]:
    """What accounts owe by how long it is overdue, the largest debts first, at most a thousand of them."""
    unit = operator_of(session).currency
    found = ledger.ageing(session, queries.owed_and_due(), clock_of(session).today())
    names = ("not_due", "days_1_to_30", "days_31_to_60", "days_61_to_90", "over_90_days", "credit", "balance")
    return [
        AgeingOut(
            billing_account={"id": str(one.billing_account_id)},
            **{name: MoneyOut.of(getattr(one, name), unit) for name in names},
        )
        for one in found[:1000]
    ]


def _name(caller: Caller) -> str:
    return caller.username or caller.key
