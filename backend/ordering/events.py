"""Facts of ordering."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ProductOrderPlaced:
    """An order was acknowledged. `conversation_id` is None when staff or a seed placed it."""

    order_id: UUID
    order_no: str
    party_id: UUID
    conversation_id: UUID | None


@dataclass(frozen=True, slots=True)
class ProductActivated:
    """A product is in use from now on; `msisdn` is its number, of fixed lines too."""

    product_id: UUID
    party_id: UUID
    offering_id: str
    msisdn: str
    order_id: UUID


@dataclass(frozen=True, slots=True)
class ProductOrderCompleted:
    """Everything that was ordered is active."""

    order_id: UUID
    order_no: str
    party_id: UUID
    conversation_id: UUID | None
    product_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class ProductOrderFailed:
    """The order could not be fulfilled, and was undone."""

    order_id: UUID
    order_no: str
    party_id: UUID
    conversation_id: UUID | None
