"""Begin a payment: cash that is on the counter, or a card on the gateway's page."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.account import service as account
from backend.billing import service as billing
from backend.billing.service import BillFacts
from backend.infra import links
from backend.infra.database import clock_of
from backend.infra.numbers import next_number
from backend.infra.operator import operator_of
from backend.infra.outside import outside
from backend.kernel.money import Money
from backend.kernel.scope import Scope
from backend.kernel.text import Language
from backend.payment import rules
from backend.payment.errors import AccountNotPayable, NothingToPay
from backend.payment.gateway import HostedPage, PageRequest, PaymentGateway
from backend.payment.models import Payment
from backend.payment.rules import Limits, Method, PaymentStatus, Purpose
from backend.payment.service.placing import capture

CALLBACK = "/payment/v1/gateway/callback"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A payment as somebody wants to make it. `taken_by` is the caller's key; `document` is what they said beside."""

    billing_account_id: UUID
    party_id: UUID
    amount: Money
    method: Method
    taken_by: str
    bill_id: UUID | None = None
    product_id: UUID | None = None
    language: Language = "ar"
    return_url: str = ""
    document: dict[str, Any] = field(default_factory=dict)

    @property
    def purpose(self) -> Purpose:
        """What it is for: a product makes it a top-up."""
        if self.product_id is not None:
            return Purpose.TOP_UP
        return Purpose.BILL if self.bill_id is not None else Purpose.ACCOUNT


def begin(session: Session, wanted: Wanted) -> Payment:
    """Take the payment in: by card it waits for the gateway's page, any other money is here already.

    Raises AmountOutOfRange, GatewayUnavailable.
    """
    rules.check_amount(wanted.amount, limits_of(session))
    payment_id, page = uuid4(), None
    if wanted.method is Method.CARD:
        page = open_page(session, payment_id, wanted.amount, wanted.language, wanted.return_url)
    payment = keep(session, wanted, next_number(session, "PAY"), payment_id)
    if page is not None:
        payment.gateway_reference, payment.redirect_url = page.reference, page.redirect_url
        session.flush()
        return payment
    return capture(session, payment)


def keep(session: Session, wanted: Wanted, payment_no: str, payment_id: UUID | None = None) -> Payment:
    """The row of a payment whose outcome is still open."""
    now = clock_of(session).now()
    payment = Payment(
        id=payment_id or uuid4(),
        payment_no=payment_no,
        status=PaymentStatus.PENDING,
        status_at=now,
        created_at=now,
        billing_account_id=wanted.billing_account_id,
        party_id=wanted.party_id,
        purpose=wanted.purpose,
        bill_id=wanted.bill_id,
        product_id=wanted.product_id,
        method=wanted.method,
        unit=wanted.amount.unit,
        amount=wanted.amount.value,
        taken_by=wanted.taken_by[:80],
        document=_described(wanted),
    )
    session.add(payment)
    session.flush()
    return payment


def open_page(
    session: Session, key: UUID, amount: Money, language: Language, return_url: str, *, save_card: bool = False
) -> HostedPage:
    """The gateway's page for the amount. Raises GatewayUnavailable."""
    public_url = session.info.get("public_url", "")
    purpose, page = ("card", "card") if save_card else ("paid", "done")
    back = links.sign(purpose, key, now=clock_of(session).now(), life=timedelta(days=1))
    request = PageRequest(
        key=key,
        amount=amount,
        return_url=return_url or f"{public_url}/pay/{page}/{back}",
        callback_url=f"{public_url}{CALLBACK}",
        language=language,
        save_card=save_card,
    )
    return outside(session, PaymentGateway).open_page(request)


def limits_of(session: Session) -> Limits:
    """The least and the most that one payment may be."""
    operator = operator_of(session)
    least, most = operator.payment.minimum, operator.payment.maximum
    return Limits(Money(least, operator.currency), Money(most, operator.currency))


def account_for(session: Session, account_id: UUID | None, scope: Scope) -> account.AccountView:
    """The account, if the scope may pay for it. Raises AccountNotPayable."""
    found = account.account_by_id(session, account_id) if account_id else None
    if found is None or (scope is not None and found.party_id not in scope):
        raise AccountNotPayable
    return found


def payable(session: Session, bill_id: UUID, scope: Scope) -> BillFacts:
    """The bill, if something of it may be collected. Raises BillNotFound, NothingToPay."""
    bill = billing.bill_facts(session, bill_id, scope)
    if bill.collectible.value <= 0:
        raise NothingToPay
    return bill


def _described(wanted: Wanted) -> dict[str, Any]:
    """What TMF676 shows of the payment beside its columns."""
    items = [("CustomerBill", wanted.bill_id), ("Product", wanted.product_id)]
    ours: dict[str, Any] = {
        "account": {"id": str(wanted.billing_account_id), "@referredType": "BillingAccount"},
        "paymentMethod": {"@type": wanted.method.value, "name": wanted.method.value},
    }
    named = [{"item": {"id": str(key), "@referredType": kind}} for kind, key in items if key is not None]
    if named:
        ours["paymentItem"] = named
    return ours | wanted.document
