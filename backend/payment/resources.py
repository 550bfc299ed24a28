"""Payments and refunds as TM Forum resources (TMF676): which attribute is which column."""

from sqlalchemy import String, cast, func, literal

from backend.infra.tmf630 import AlsoInDocument, Hidden, TmfResource
from backend.party.service import referred_type_of
from backend.payment import queries
from backend.payment.models import Payment, Refund
from backend.payment.schemas import BASE, payments_shown, refunds_shown

_TEXT = {"type": "string"}

PAYMENT = TmfResource(
    api="TMF676",
    name="payment",
    base=BASE,
    definition="Payment",
    model=Payment,
    visible=queries.visible,
    shown=payments_shown,
    columns={
        "id": Payment.id,
        "name": func.coalesce(Payment.document["name"].astext, Payment.payment_no),
        "status": Payment.status,
        "statusDate": Payment.status_at,
        "paymentDate": func.coalesce(Payment.captured_at, Payment.created_at),
        "totalAmount.value": Payment.amount,
        "totalAmount.unit": Payment.unit,
        "relatedParty.id": AlsoInDocument(cast(Payment.party_id, String)),
        "relatedParty.role": AlsoInDocument(literal("customer")),
        "relatedParty.@referredType": AlsoInDocument(referred_type_of(Payment.party_id)),
        "receiptNo": Payment.receipt_no,
        "heldReason": Payment.held,
        "redirectUrl": Hidden(),
        "returnUrl": Hidden(),
        "allocation": Hidden(),
    },
    document=Payment.document,
    extensions={
        "redirectUrl": _TEXT,
        "returnUrl": _TEXT,
        "receiptNo": _TEXT,
        "heldReason": _TEXT,
        "allocation": {"type": "array", "items": {"type": "object"}, "readOnly": True},
    },
    searches={"onBill": queries.on_bill},
)

REFUND = TmfResource(
    api="TMF676",
    name="refund",
    base=BASE,
    definition="Refund",
    model=Refund,
    visible=queries.visible_refunds,
    shown=refunds_shown,
    columns={
        "id": Refund.id,
        "name": func.coalesce(Refund.document["name"].astext, Refund.refund_no),
        "description": Refund.reason,
        "status": Refund.status,
        "statusDate": Refund.status_at,
        "refundDate": Refund.created_at,
        "totalAmount.value": Refund.amount,
        "totalAmount.unit": Refund.unit,
        "payment.id": cast(Refund.payment_id, String),
    },
    document=Refund.document,
)
RESOURCES = (PAYMENT, REFUND)
