"""Facts of ordering."""

from dataclasses import dataclass
from uuid import UUID

from backend.kernel.text import Bilingual


@dataclass(frozen=True, slots=True)
class ProductOrderPlaced:
    """An order was acknowledged. `conversation_id` is None when staff or a seed placed it."""

    order_id: UUID
    order_no: str
    party_id: UUID
    conversation_id: UUID | None


@dataclass(frozen=True, slots=True)
class ProductActivated:
    """A product is in use from now on; `msisdn` is its number, of fixed lines too, empty for an add-on."""

    product_id: UUID
    party_id: UUID
    offering_id: str
    msisdn: str
    order_id: UUID


@dataclass(frozen=True, slots=True)
class ProductTerminated:
    """A product is over, because that was ordered."""

    product_id: UUID
    party_id: UUID
    offering_id: str
    order_id: UUID


@dataclass(frozen=True, slots=True)
class ProductOrderCompleted:
    """What was ordered is done, or the part of it that could be done.

    `product_ids` are the new lines; `changes` tell of everything else, a sentence each.
    """

    order_id: UUID
    order_no: str
    party_id: UUID
    conversation_id: UUID | None
    product_ids: tuple[UUID, ...]
    changes: tuple[Bilingual, ...] = ()


@dataclass(frozen=True, slots=True)
class ProductOrderFailed:
    """The order could not be fulfilled, and was undone."""

    order_id: UUID
    order_no: str
    party_id: UUID
    conversation_id: UUID | None


@dataclass(frozen=True, slots=True)
class ProductOrderCancelled:
    """The order was cancelled as asked, and undone."""

    order_id: UUID
    order_no: str
    party_id: UUID
    conversation_id: UUID | None
