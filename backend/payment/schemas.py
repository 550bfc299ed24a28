"""JSON of payment: TMF676, and our own routes."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field
from sqlalchemy.orm import Session

from backend.infra.tmf630 import Document, MoneyOut, Resource, money_out
from backend.kernel.money import Money
from backend.kernel.text import Language
from backend.party import service as party
from backend.payment import queries
from backend.payment.models import Autopay, FileLine, Payment, PaymentFile, Refund
from backend.payment.rules import RECEIVED

BASE = "/tmf-api/paymentManagement/v4"
OWN = "/payment/v1"


def payments_shown(session: Session, rows: Sequence[Payment], _language: Language) -> list[Document]:
    """Payments, with what of them went on which bill; one that waits for a card says where its page is."""
    shares: dict[UUID, list[Document]] = {row.id: [] for row in rows}
    units = {row.id: row.unit for row in rows}
    for one in queries.allocations(session, list(shares)):
        bill = {"bill": {"id": str(one.bill_id)}} if one.bill_id else {}
        shares[one.payment_id].append(bill | {"amount": money_out(Money(one.amount, units[one.payment_id]))})
    shown = [_payment(row) | ({"allocation": shares[row.id]} if shares[row.id] else {}) for row in rows]
    return party.with_kind(session, [row.party_id for row in rows], shown)


def refunds_shown(_session: Session, rows: Sequence[Refund], _language: Language) -> list[Document]:
    """Refunds and charge-backs."""
    return [_refund(row) for row in rows]


class AmountIn(Resource):
    """Money that comes in; the value is a decimal string."""

    unit: str = Field(pattern=r"^[A-Z]{3}$")
    value: str = Field(pattern=r"^\d{1,9}(\.\d{1,3})?$")


class ChargeBackIn(Resource):
    """What the card's bank took back; everything that is left when no amount is said."""

    amount: AmountIn | None = None
    reason: str = Field(min_length=3, max_length=300)


class HeldDecision(Resource):
    """What becomes of a held payment."""

    decision: Literal["accept", "cancel"]
    reason: str = Field(default="", max_length=200)


class RefundDecision(Resource):
    """Whether a refund that waits may go out."""

    decision: Literal["approve", "refuse"]


class AutopayIn(Resource):
    """Consent to pay an account's bills from a card."""

    billing_account: UUID
    agreed: bool


class AutopayOut(Resource):
    """Automatic payment as its customer sees it."""

    id: str
    billing_account: str
    state: str
    consent_date: datetime
    card: str | None
    redirect_url: str | None

    @classmethod
    def of(cls, row: Autopay) -> "AutopayOut":
        """Without the gateway's token."""
        return cls(
            id=str(row.id),
            billing_account=str(row.billing_account_id),
            state=row.state,
            consent_date=row.consent_at,
            card=row.label,
            redirect_url=row.redirect_url if row.state == "pending" else None,
        )


class PayLinkOut(Resource):
    """A page on which a bill can be paid without signing in."""

    url: str
    expires: datetime


class FileIn(Resource):
    """A file of payments as text."""

    name: str = Field(min_length=1, max_length=200)
    profile: str = Field(max_length=40)
    content: str = Field(max_length=20_000_000)


class FileOut(Resource):
    """What became of a file: every line of it is accounted for."""

    id: str
    name: str
    profile: str
    file_no: str | None
    state: str
    reasons: list[str]
    line_count: int
    line_sum: MoneyOut
    lines: dict[str, int]
    loaded_date: datetime
    loaded_by: str

    @classmethod
    def of(cls, row: PaymentFile, unit: str, counts: dict[str, int]) -> "FileOut":
        """With how many lines are in which state."""
        return cls(
            id=str(row.id),
            name=row.name,
            profile=row.profile,
            file_no=row.file_no,
            state=row.state,
            reasons=row.reasons,
            line_count=row.line_count,
            line_sum=MoneyOut.of(row.line_sum, unit),
            lines=counts,
            loaded_date=row.loaded_at,
            loaded_by=row.loaded_by,
        )


class LineOut(Resource):
    """One line of a file."""

    id: str
    file_id: str
    line_no: int
    state: str
    reason: str | None
    bank_reference: str
    reference: str
    value_date: date | None
    amount: MoneyOut
    payment_id: str | None

    @classmethod
    def of(cls, row: FileLine) -> "LineOut":
        """As staff see it."""
        return cls(
            id=str(row.id),
            file_id=str(row.file_id),
            line_no=row.line_no,
            state=row.state,
            reason=row.reason,
            bank_reference=row.bank_reference,
            reference=row.reference,
            value_date=row.value_date,
            amount=MoneyOut.of(row.amount, row.unit),
            payment_id=str(row.payment_id) if row.payment_id else None,
        )


class FileDecision(Resource):
    """What becomes of a held file."""

    decision: Literal["load", "refuse"]
    reason: str = Field(min_length=3, max_length=200)


class AllocationIn(Resource):
    """Whose money a line in suspense is: an account number, or a bill number."""

    reference: str = Field(min_length=3, max_length=40)


def _payment(row: Payment) -> Document:
    body: Document = {
        "id": str(row.id),
        "name": row.payment_no,
        "status": row.status,
        "statusDate": row.status_at,
        "paymentDate": row.captured_at or row.created_at,
        "totalAmount": money_out(Money(row.amount, row.unit)),
    } | row.document
    customer = {"id": str(row.party_id), "role": "customer", "@referredType": "Individual"}
    body["relatedParty"] = [customer, *body.get("relatedParty", [])]
    if row.status == "pendingAuthorization" and row.redirect_url:
        body["redirectUrl"] = row.redirect_url
    if row.status in RECEIVED:
        body["receiptNo"] = row.receipt_no
    if row.held:
        body["heldReason"] = row.held
    return body


def _refund(row: Refund) -> Document:
    return {
        "id": str(row.id),
        "name": row.refund_no,
        "description": row.reason,
        "status": row.status,
        "statusDate": row.status_at,
        "refundDate": row.created_at,
        "totalAmount": money_out(Money(row.amount, row.unit)),
        "payment": {"id": str(row.payment_id), "href": f"{BASE}/payment/{row.payment_id}"},
    } | row.document
