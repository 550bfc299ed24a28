"""Routes of disputes."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from backend.access.guard import needs
from backend.access.permissions import Permission
from backend.access.rules import Caller, Role
from backend.disputes import queries, service
from backend.disputes.models import Dispute
from backend.disputes.schemas import BASE, Decision, DisputeCreate, DisputeOut
from backend.infra.database import SessionDep
from backend.infra.idempotency import IdempotencyKey, once
from backend.infra.tmf630 import PagingDep, page_answer, page_of
from backend.kernel.errors import Forbidden
from backend.kernel.money import Money

router = APIRouter(prefix=BASE, tags=["Care"])
SORTABLE = {"createdDate": Dispute.created_at, "decisionDueDate": Dispute.decision_due_date, "state": Dispute.state}
SUPERVISING = frozenset({Role.SUPERVISOR, Role.ADMIN})
Reader = Annotated[Caller, Depends(needs(Permission.DISPUTE_READ))]
Contester = Annotated[Caller, Depends(needs(Permission.DISPUTE_WRITE))]
Decider = Annotated[Caller, Depends(needs(Permission.DISPUTE_DECIDE))]


@router.post("/dispute", status_code=201, response_model=DisputeOut)
def open_dispute(body: DisputeCreate, session: SessionDep, caller: Contester, key: IdempotencyKey = None) -> Response:
    """Contest a charge of one's own; with an Idempotency-Key, once."""

    def answer() -> DisputeOut:
        line, amount = body.applied_customer_billing_rate, body.amount
        dispute = service.open_dispute(
            session,
            party_id=_customer(caller),
            bill_id=body.bill.id,
            line_id=line.id if line else None,
            description=body.description,
            amount=Money(amount.value, amount.unit) if amount else None,
        )
        return DisputeOut.of(dispute, service.bill_no(session, dispute))

    return once(session, caller=caller.key, key=key, request=body, answer=answer)


@router.get("/dispute", response_model=list[DisputeOut])
def list_disputes(
    session: SessionDep,
    caller: Reader,
    paging: PagingDep,
    dispute_no: Annotated[str | None, Query(alias="disputeNo", max_length=20)] = None,
) -> Response:
    """The disputes that the caller may see."""
    rows, total = page_of(session, queries.visible(caller.scope, dispute_no), paging, SORTABLE)
    return page_answer([DisputeOut.of(row, service.bill_no(session, row)) for row in rows], total, paging)


@router.get("/dispute/{dispute_id}")
def read_dispute(dispute_id: UUID, session: SessionDep, caller: Reader) -> DisputeOut:
    """One dispute."""
    dispute = queries.dispute(session, dispute_id, caller.scope)
    return DisputeOut.of(dispute, service.bill_no(session, dispute))


@router.post("/dispute/{dispute_id}/decide")
def decide(dispute_id: UUID, body: Decision, session: SessionDep, decider: Decider) -> DisputeOut:
    """Accept or reject a dispute; accepting credits its amount, above a limit only by a supervisor."""
    dispute = service.decide(
        session,
        dispute_id=dispute_id,
        accept=body.state == "accepted",
        resolution=body.resolution,
        decided_by=decider.username or "",
        supervisor=decider.role in SUPERVISING,
    )
    return DisputeOut.of(dispute, service.bill_no(session, dispute))


@router.post("/dispute/{dispute_id}/withdraw")
def withdraw(dispute_id: UUID, session: SessionDep, caller: Contester) -> DisputeOut:
    """No longer contest it."""
    dispute = service.withdraw(session, dispute_id=dispute_id, scope=caller.scope)
    return DisputeOut.of(dispute, service.bill_no(session, dispute))


def _customer(caller: Caller) -> UUID:
    if caller.party_id is None:
        raise Forbidden("a dispute is opened for the customer of a conversation")
    return caller.party_id
