"""Facts about bills."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class BillIssued:
    """A bill was made and sent."""

    bill_id: UUID
    bill_no: str
    party_id: UUID


@dataclass(frozen=True, slots=True)
class BillSettled:
    """Nothing is left to pay on a bill."""

    bill_id: UUID
    billing_account_id: UUID
