"""Facts about payments."""

from dataclasses import dataclass
from uuid import UUID

from backend.kernel.money import Money


@dataclass(frozen=True, slots=True)
class PaymentCaptured:
    """Money has arrived. `purpose` is "bill", "account" or "topUp"; a top-up names the product to credit.

    Bills are paid and the ledger's entry is written when this is published; of a top-up the money stands on the prepaid
    liability, and the balance is still to be credited.
    """

    payment_id: UUID
    purpose: str
    party_id: UUID
    billing_account_id: UUID
    product_id: UUID | None
    amount: Money


@dataclass(frozen=True, slots=True)
class PaymentReversed:
    """Money of a payment went back: a "refund", or a "chargeback". Bills that it had paid are open again."""

    payment_id: UUID
    refund_id: UUID
    kind: str
    purpose: str
    party_id: UUID
    product_id: UUID | None
    amount: Money


@dataclass(frozen=True, slots=True)
class PaymentFailed:
    """A payment came to nothing: "denied", "failed" or "canceled"."""

    payment_id: UUID
    status: str
    party_id: UUID
