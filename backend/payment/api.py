"""Routes of payment: TMF676, the gateway's callback, and what staff do about payments and refunds."""

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request, Response

from backend.access.guard import needs
from backend.access.permissions import Permission
from backend.access.rules import Caller
from backend.infra.database import SessionDep
from backend.infra.idempotency import IdempotencyKey, once
from backend.infra.limits import address_of
from backend.infra.problems import language_of
from backend.infra.tmf630 import Document, Writing
from backend.infra.tmf630.reading import represented
from backend.infra.tmf630.routes import resource_router
from backend.kernel.money import Money
from backend.payment import queries, receipts, service
from backend.payment.errors import CallbackUnreadable
from backend.payment.gateway import LONGEST_CALLBACK, SIGNATURE_HEADER
from backend.payment.resources import PAYMENT, REFUND
from backend.payment.schemas import (
    OWN,
    AutopayIn,
    AutopayOut,
    ChargeBackIn,
    HeldDecision,
    PayLinkOut,
    RefundDecision,
)

AREA = "Payments"
Reader = Annotated[Caller, Depends(needs(Permission.PAYMENT_READ))]
Payer = Annotated[Caller, Depends(needs(Permission.PAYMENT_WRITE))]
Decider = Annotated[Caller, Depends(needs(Permission.PAYMENT_DECIDE))]
Approver = Annotated[Caller, Depends(needs(Permission.REFUND_APPROVE))]

router = APIRouter(tags=[AREA])
for _resource, _create, _write in (
    (PAYMENT, service.create_payment, Permission.PAYMENT_WRITE),
    (REFUND, service.create_refund, Permission.REFUND_WRITE),
):
    router.include_router(
        resource_router(
            _resource, Writing(create=_create), read=needs(Permission.PAYMENT_READ), write=needs(_write), area=AREA
        )
    )


async def _body(request: Request) -> bytes:
    """The body as it came, byte for byte: it is what was signed."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_CALLBACK:
            raise CallbackUnreadable
    return body


@router.post(service.CALLBACK)
def take_callback(
    request: Request,
    session: SessionDep,
    body: Annotated[bytes, Depends(_body)],
    signature: Annotated[str, Header(alias=SIGNATURE_HEADER, max_length=200)] = "",
) -> dict[str, str]:
    """What the gateway tells of a payment, signed by it."""
    request.app.state.callback_tries.count(address_of(request))
    return {"result": service.hear(session, signature, body)}


@router.post(f"{OWN}/payment/{{payment_id}}/decide")
def decide(payment_id: UUID, body: HeldDecision, request: Request, session: SessionDep, _caller: Decider) -> Document:
    """Accept a held payment, or cancel it."""
    payment = service.resolve_held(session, payment_id, accept=body.decision == "accept", reason=body.reason)
    return represented(session, PAYMENT, [payment], language_of(request))[0]


@router.post(f"{OWN}/payment/{{payment_id}}/chargeback", status_code=201)
def charge_back(
    payment_id: UUID,
    *,
    body: ChargeBackIn,
    request: Request,
    session: SessionDep,
    caller: Decider,
    key: IdempotencyKey = None,
) -> Response:
    """The card's bank took money of the payment back."""

    def answer() -> Any:
        amount = Money(Decimal(body.amount.value), body.amount.unit) if body.amount else None
        by = caller.username or caller.key
        refund = service.charge_back(session, payment_id=payment_id, amount=amount, reason=body.reason, asked_by=by)
        return represented(session, REFUND, [refund], language_of(request))[0]

    return once(session, caller=caller.key, key=key, request=[str(payment_id), body], answer=answer)


@router.post(f"{OWN}/refund/{{refund_id}}/decide")
def decide_refund(
    refund_id: UUID, body: RefundDecision, request: Request, session: SessionDep, caller: Approver
) -> Document:
    """Approve or refuse a refund above the limit; not by who asked for it."""
    act = service.approve if body.decision == "approve" else service.refuse
    refund = act(session, refund_id, caller.username or caller.key)
    return represented(session, REFUND, [refund], language_of(request))[0]


@router.get(f"{OWN}/payment/{{payment_id}}/receipt", response_class=Response)
def receipt(payment_id: UUID, request: Request, session: SessionDep, caller: Reader) -> Response:
    """The receipt as PDF."""
    service.payment_seen(session, payment_id, caller.scope)
    return receipts.answer(session, payment_id, language_of(request))


@router.post(f"{OWN}/bill/{{bill_id}}/payLink", status_code=201)
def pay_link(bill_id: UUID, session: SessionDep, caller: Payer) -> PayLinkOut:
    """A page on which the bill can be paid without signing in."""
    url, expires = service.pay_link(session, service.payable(session, bill_id, caller.scope).id)
    return PayLinkOut(url=url, expires=expires)


@router.post(f"{OWN}/autopay", status_code=201, response_model=AutopayOut)
def agree(
    body: AutopayIn, request: Request, session: SessionDep, caller: Payer, key: IdempotencyKey = None
) -> Response:
    """Agree that an account's bills are paid from a card, which is then saved on the gateway's page."""

    def answer() -> AutopayOut:
        account = service.account_for(session, body.billing_account, caller.scope)
        autopay = service.agree(
            session, account, agreed=body.agreed, caller=caller.username or caller.key, language=language_of(request)
        )
        return AutopayOut.of(autopay)

    return once(session, caller=caller.key, key=key, request=body, answer=answer)


@router.get(f"{OWN}/autopay")
def list_autopay(session: SessionDep, caller: Reader) -> list[AutopayOut]:
    """The consents that the caller may see."""
    return [AutopayOut.of(row) for row in queries.autopays(session, caller.scope)]


@router.delete(f"{OWN}/autopay/{{autopay_id}}")
def end_autopay(autopay_id: UUID, session: SessionDep, caller: Payer) -> AutopayOut:
    """No longer pay automatically; the saved card is forgotten."""
    return AutopayOut.of(service.withdraw(session, autopay_id, caller.scope))
