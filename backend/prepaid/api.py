"""Routes of prepaid balances: TMF654, recharging by voucher, batches of vouchers, sessions of the network."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from backend.access.guard import needs
from backend.access.permissions import Permission
from backend.access.rules import Caller
from backend.infra.database import SessionDep
from backend.infra.idempotency import IdempotencyKey, done_once
from backend.infra.problems import refusal
from backend.infra.tmf630 import PagingDep, Writing, page_answer, page_of
from backend.infra.tmf630.routes import resource_router
from backend.prepaid import queries, resources, service
from backend.prepaid.errors import VoucherWrong
from backend.prepaid.models import VoucherBatch
from backend.prepaid.schemas import (
    OWN,
    BatchAsked,
    BatchOut,
    PrintedOut,
    QuotaOut,
    RechargeAsked,
    RechargeOut,
    SessionAsked,
    TakenOut,
    UsedAsked,
)
from backend.prepaid.service import Use, writing

AREA = "Prepaid balances"
READ, TOP_UP, TRANSFER = (
    needs(one) for one in (Permission.BALANCE_READ, Permission.BALANCE_TOP_UP, Permission.BALANCE_TRANSFER)
)
WRITE, RESERVE = needs(Permission.BALANCE_WRITE), needs(Permission.BALANCE_RESERVE)
Recharger = Annotated[Caller, Depends(TOP_UP)]
Network = Annotated[Caller, Depends(RESERVE)]
VoucherMaker = Annotated[Caller, Depends(needs(Permission.VOUCHER_WRITE))]
BATCH_ORDER = {"batchNo": VoucherBatch.batch_no, "expiresAt": VoucherBatch.expires_at}
WRITINGS = (
    (resources.BUCKET, Writing(writing.create_bucket, None, writing.remove_bucket), WRITE),
    (resources.TOP_UP, Writing(writing.create_top_up, writing.change_action, writing.remove_action), TOP_UP),
    (resources.ADJUSTMENT, Writing(writing.create_adjustment, writing.change_action, writing.remove_action), WRITE),
    (resources.TRANSFER, Writing(writing.create_transfer, writing.change_action, writing.remove_action), TRANSFER),
    (
        resources.RESERVATION,
        Writing(writing.create_reservation, writing.change_reservation, writing.remove_reservation),
        RESERVE,
    ),
)

router = APIRouter(tags=[AREA])
for resource, written, guard in WRITINGS:
    router.include_router(resource_router(resource, written, read=READ, write=guard, remove=WRITE, area=AREA))
for resource in (resources.BALANCE, resources.ACTION):
    router.include_router(resource_router(resource, read=READ, area=AREA))


@router.post(OWN + "/recharge", response_model=RechargeOut)
def recharge(
    body: RechargeAsked, request: Request, session: SessionDep, caller: Recharger, key: IdempotencyKey = None
) -> Response:
    """Top a line up with a voucher; a wrong number is counted, and the third locks vouchers for a day."""
    service.check_line(session, body.product_id, caller.scope)
    channel = "conversation" if caller.conversation_id else "staff"

    def answer() -> RechargeOut | dict[str, object]:
        done = service.redeem(session, product_id=body.product_id, typed=body.code, caller=caller.key, channel=channel)
        if isinstance(done, VoucherWrong):
            return done.extra
        return RechargeOut.of(done, service.purse_of(session, body.product_id))

    asked = [str(body.product_id), service.hash_of(body.code)]  # the code itself is kept nowhere
    found = done_once(session, caller=caller.key, key=key, request=asked, answer=answer, status=200)
    if "left" in found.body:
        return refusal(VoucherWrong(**found.body), request)
    return JSONResponse(found.body)


@router.post(OWN + "/voucherBatch", status_code=201, response_model=BatchOut)
def make_vouchers(body: BatchAsked, session: SessionDep, caller: VoucherMaker, key: IdempotencyKey = None) -> Response:
    """Make vouchers. Their codes stand in this answer and nowhere else: the same key again brings the batch without."""

    printed: list[PrintedOut] = []

    def made() -> BatchOut:
        batch = service.new_batch(
            session, amount=body.amount, count=body.count, days=body.days, made_by=caller.username or caller.key
        )
        for some in service.print_vouchers(session, batch):
            printed.extend(PrintedOut(serial=one.serial, code=one.code) for one in some)
        return BatchOut.of(batch)

    found = done_once(session, caller=caller.key, key=key, request=body.model_dump(mode="json"), answer=made)
    codes = [one.model_dump() for one in printed] or None
    return JSONResponse(found.body | {"vouchers": codes}, status_code=found.status)


@router.get(OWN + "/voucherBatch", response_model=list[BatchOut])
def list_batches(session: SessionDep, _: VoucherMaker, paging: PagingDep) -> Response:
    """Batches of vouchers, and how many of each are used."""
    rows, total = page_of(session, queries.batches(), paging, BATCH_ORDER)
    used = queries.used_of(session, [row.id for row in rows])
    return page_answer([BatchOut.of(row, used.get(row.id, 0)) for row in rows], total, paging)


@router.post(OWN + "/voucherBatch/{batch_id}/void")
def void_vouchers(batch_id: UUID, session: SessionDep, _: VoucherMaker) -> BatchOut:
    """Let no voucher of the batch be used any more."""
    return BatchOut.of(service.void_batch(session, batch_id), queries.used_of(session, [batch_id]).get(batch_id, 0))


@router.post(OWN + "/session", status_code=201)
def begin_session(body: SessionAsked, session: SessionDep, _: Network) -> QuotaOut:
    """A use begins: its first quota. The same session again gets the same one."""
    use = Use(body.session_id, body.msisdn, body.usage_type, body.destination, body.requested)
    return QuotaOut.of(service.begin(session, use))


@router.post(OWN + "/session/{session_id}/quota")
def go_on_with_session(session_id: str, body: UsedAsked, session: SessionDep, _: Network) -> QuotaOut:
    """Take what was used, and grant the next quota."""
    return QuotaOut.of(service.go_on(session, session_id, body.number, used=body.used, requested=body.requested))


@router.post(OWN + "/session/{session_id}/end")
def end_session(session_id: str, body: UsedAsked, session: SessionDep, _: Network) -> TakenOut:
    """Take what was used of the last quota; the rest is the customer's again."""
    return TakenOut.of(service.finish(session, session_id, body.number, used=body.used))
