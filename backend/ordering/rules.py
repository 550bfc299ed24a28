"""States of orders and products: decisions without a database."""

from enum import StrEnum


class OrderState(StrEnum):
    """States of an order and of its items (TMF622)."""

    ACKNOWLEDGED = "acknowledged"
    REJECTED = "rejected"
    PENDING = "pending"
    HELD = "held"
    IN_PROGRESS = "inProgress"
    CANCELLED = "cancelled"
    COMPLETED = "completed"
    FAILED = "failed"
    PARTIAL = "partial"


class ProductStatus(StrEnum):
    """States of a product (TMF637)."""

    CREATED = "created"
    PENDING_ACTIVE = "pendingActive"
    CANCELLED = "cancelled"
    ACTIVE = "active"
    PENDING_TERMINATE = "pendingTerminate"
    TERMINATED = "terminated"
    SUSPENDED = "suspended"
    ABORTED = "aborted"


OPEN = frozenset({OrderState.ACKNOWLEDGED, OrderState.IN_PROGRESS, OrderState.PENDING, OrderState.HELD})
IN_USE = frozenset({ProductStatus.ACTIVE, ProductStatus.SUSPENDED, ProductStatus.PENDING_TERMINATE})


def may_fulfil(state: OrderState) -> bool:
    """Whether work on the order goes on; a finished one is left alone, however often its job comes."""
    return state in (OrderState.ACKNOWLEDGED, OrderState.IN_PROGRESS)
