"""Payments and refunds as TMF676 lets callers make them."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.infra.tmf630 import Document
from backend.kernel.money import Money
from backend.kernel.scope import Scope
from backend.ordering import service as ordering
from backend.payment import queries, rules
from backend.payment.errors import AccountNotPayable, MethodForStaff, MethodUnknown, PaymentNotFound
from backend.payment.models import Payment, Refund
from backend.payment.rules import Method
from backend.payment.service import paying, reversing
from backend.payment.service.paying import Wanted

KEPT_IN_COLUMNS = frozenset({"id", "href", "status", "statusDate", "paymentDate", "refundDate", "totalAmount"})
OURS = frozenset({"redirectUrl", "receiptNo", "heldReason", "returnUrl"})
TAKEN_HERE = frozenset({Method.CARD, Method.CASH})


def create_payment(session: Session, caller: Caller, body: Document) -> Payment:
    """A payment from a TMF676 body: `account` pays, `paymentItem` names the bill, or the product to top up.

    By card its `redirectUrl` leads to the gateway's page; cash is taken by staff only. Raises CardNumberSent,
    AccountNotPayable, MethodUnknown, MethodForStaff, AmountOutOfRange, GatewayUnavailable.
    """
    rules.check_no_card_number(body)
    account = paying.account_for(session, _uuid(body["account"].get("id", "")), caller.scope)
    method = rules.method_of(body["paymentMethod"].get("@type", ""))
    if method not in TAKEN_HERE:
        raise MethodUnknown(f"{method} comes in by file or automatically")
    if method is Method.CASH and caller.role is None and caller.client_id is None:
        raise MethodForStaff
    bill_id, product_id = _items(session, body, caller.scope)
    wanted = Wanted(
        billing_account_id=account.id,
        party_id=account.party_id,
        amount=_amount(body["totalAmount"]),
        method=method,
        taken_by=caller.username or caller.key,
        bill_id=bill_id,
        product_id=product_id,
        language=session.info.get("language", "ar"),
        return_url=_own_page(session, str(body.get("returnUrl", ""))),
        document={k: v for k, v in body.items() if k not in KEPT_IN_COLUMNS | OURS},
    )
    return paying.begin(session, wanted)


def create_refund(session: Session, caller: Caller, body: Document) -> Refund:
    """A refund from a TMF676 body, of the payment that it names. Raises as `reversing.ask_refund`, CardNumberSent."""
    rules.check_no_card_number(body)
    payment_id = _uuid(body.get("payment", {}).get("id", ""))
    if payment_id is None:
        raise PaymentNotFound
    return reversing.ask_refund(
        session,
        payment_id=payment_id,
        amount=_amount(body["totalAmount"]),
        reason=str(body.get("description", "")),
        asked_by=caller.username or caller.key,
        document={k: v for k, v in body.items() if k not in KEPT_IN_COLUMNS | OURS},
    )


def payment_seen(session: Session, payment_id: UUID, scope: Scope) -> Payment:
    """The payment, if the scope may see it. Raises PaymentNotFound."""
    return queries.payment(session, payment_id, scope)


def _items(session: Session, body: Document, scope: Scope) -> tuple[UUID | None, UUID | None]:
    """The bill and the product that the items name; others (an invoice of somebody else's system) are only kept."""
    bill_id = product_id = None
    for item in body.get("paymentItem", []):
        kind, key = item["item"].get("@referredType", ""), _uuid(item["item"].get("id", ""))
        if key is not None and kind == "CustomerBill":
            bill_id = paying.payable(session, key, scope).id
        elif key is not None and kind == "Product":
            product_id = _product(session, key, scope)
    return bill_id, product_id


def _product(session: Session, product_id: UUID, scope: Scope) -> UUID:
    view = ordering.product(session, product_id)
    if scope is not None and view.party_id not in scope:
        raise AccountNotPayable
    return view.id


def _own_page(session: Session, url: str) -> str:
    """Where the customer comes back to: a page of ours only, so that no message of ours leads elsewhere."""
    public_url = session.info.get("public_url", "")
    return url if public_url and url.startswith(f"{public_url}/") else ""


def _amount(said: Document) -> Money:
    return Money(Decimal(str(said.get("value", 0))), str(said.get("unit", "")))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
