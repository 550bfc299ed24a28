"""What a payment is, which states it may take, what a refund may be: decisions without a database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from backend.kernel.masking import masked_cards
from backend.kernel.money import Money
from backend.ledger.rules import LedgerAccount
from backend.payment.errors import (
    AmountOutOfRange,
    CardNumberSent,
    MethodUnknown,
    PaymentNotRefundable,
    RefundTooHigh,
)


class PaymentStatus(StrEnum):
    """TMF676's states."""

    PENDING = "pendingAuthorization"
    AUTHORIZED = "authorized"
    CAPTURED = "captured"
    FAILED = "failed"
    CANCELED = "canceled"
    DENIED = "denied"
    DONE = "done"


OPEN = frozenset({PaymentStatus.PENDING, PaymentStatus.AUTHORIZED})
RECEIVED = frozenset({PaymentStatus.CAPTURED, PaymentStatus.DONE})


class Purpose(StrEnum):
    """What a payment is for."""

    BILL = "bill"
    ACCOUNT = "account"
    TOP_UP = "topUp"


class Method(StrEnum):
    """How money comes in, by the names of TM Forum's payment methods and one of our own."""

    CARD = "bankCard"
    SAVED_CARD = "tokenizedCard"
    CASH = "cash"
    TRANSFER = "bankAccountTransfer"
    NETWORK = "billNetwork"


class Outcome(StrEnum):
    """What the gateway says of a session or a charge."""

    PENDING = "pending"
    APPROVED = "approved"
    DECLINED = "declined"
    CANCELED = "canceled"
    FAILED = "failed"


class ReversalKind(StrEnum):
    """Why money went back: we gave it, or the card's bank took it."""

    REFUND = "refund"
    CHARGEBACK = "chargeback"


HOLDERS: Mapping[Method, LedgerAccount] = {
    Method.CARD: LedgerAccount.GATEWAY,
    Method.SAVED_CARD: LedgerAccount.GATEWAY,
    Method.CASH: LedgerAccount.CASH,
    Method.TRANSFER: LedgerAccount.BANK,
    Method.NETWORK: LedgerAccount.BANK,
}
ENDINGS: Mapping[Outcome, PaymentStatus] = {
    Outcome.DECLINED: PaymentStatus.DENIED,
    Outcome.CANCELED: PaymentStatus.CANCELED,
    Outcome.FAILED: PaymentStatus.FAILED,
}


_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")  # its digits may pass for a card


@dataclass(frozen=True, slots=True)
class Limits:
    """The least and the most that one payment may be."""

    minimum: Money
    maximum: Money


def method_of(name: str) -> Method:
    """The method of that name, in any case. Raises MethodUnknown."""
    known = {method.value.lower(): method for method in Method}
    if name.strip().lower() not in known:
        raise MethodUnknown(f"known are {', '.join(method.value for method in Method)}")
    return known[name.strip().lower()]


def check_amount(amount: Money, limits: Limits) -> Money:
    """The amount, if it is whole minor units within the limits. Raises AmountOutOfRange."""
    if (
        amount.unit != limits.minimum.unit
        or amount != amount.rounded()
        or not limits.minimum <= amount <= limits.maximum
    ):
        raise AmountOutOfRange(minimum=str(limits.minimum), maximum=str(limits.maximum))
    return amount


def check_no_card_number(value: Any) -> None:
    """Refuse a body in which, anywhere, a card number stands. Raises CardNumberSent."""
    if isinstance(value, Mapping):
        for part in value.values():
            check_no_card_number(part)
    elif isinstance(value, list):
        for part in value:
            check_no_card_number(part)
    elif isinstance(value, str | int):
        text = _ID.sub("", str(value))
        if masked_cards(text) != text:
            raise CardNumberSent


def refundable(status: str, captured: Money, reversed_already: Money) -> Money:
    """What may still go back. Raises PaymentNotRefundable."""
    if status not in RECEIVED:
        raise PaymentNotRefundable
    return captured - reversed_already


def check_refund(amount: Money, left: Money) -> Money:
    """The amount, if it is something and no more than is left. Raises RefundTooHigh."""
    if amount != amount.rounded() or amount.value <= 0 or amount > left:
        raise RefundTooHigh(left=str(left))
    return amount


def needs_second_person(amount: Money, limit: Decimal) -> bool:
    """Whether a refund waits for the approval of somebody else."""
    return amount.value > limit


def autopay_attempt(due: date, today: date, made: int, days: tuple[int, ...]) -> int | None:
    """The number of the attempt that is to be made today for a bill; None when none is."""
    if made >= len(days) or today < due + timedelta(days=days[made]):
        return None
    return made + 1


def masked_bill_no(bill_no: str) -> str:
    """The number as strangers may see it: INV-••••-••0123."""
    shown = bill_no[-4:]
    return bill_no[:4] + "".join("•" if c.isdigit() else c for c in bill_no[4:-4]) + shown
