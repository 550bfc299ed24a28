"""Facts of prepaid balances."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class BalanceToppedUp:
    """Money came onto a line's balance."""

    product_id: UUID
    party_id: UUID
    amount: Decimal
    action_id: UUID


@dataclass(frozen=True, slots=True)
class BalanceLow:
    """A line's money or data fell below what the operator warns at."""

    product_id: UUID
    party_id: UUID
    usage_type: str
    left: Decimal
