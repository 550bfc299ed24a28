"""States of orders, items, products and cancellations, and the one table of moves between them."""

from enum import StrEnum

from backend.ordering.errors import OrderStateForbids


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
    ASSESSING_CANCELLATION = "assessingCancellation"
    PENDING_CANCELLATION = "pendingCancellation"


class ProductStatus(StrEnum):
    """States of a product (TMF637), letter for letter: the specification's "aborted " ends in a space."""

    CREATED = "created"
    PENDING_ACTIVE = "pendingActive"
    CANCELLED = "cancelled"
    ACTIVE = "active"
    PENDING_TERMINATE = "pendingTerminate"
    TERMINATED = "terminated"
    SUSPENDED = "suspended"
    ABORTED = "aborted "


class CancelState(StrEnum):
    """States of a cancellation (TMF622 TaskStateType)."""

    ACCEPTED = "accepted"
    TERMINATED_WITH_ERROR = "terminatedWithError"
    IN_PROGRESS = "inProgress"
    DONE = "done"


FINAL = frozenset(
    {OrderState.REJECTED, OrderState.CANCELLED, OrderState.COMPLETED, OrderState.FAILED, OrderState.PARTIAL}
)
OPEN = frozenset(OrderState) - FINAL
WORKED_ON = frozenset({OrderState.ACKNOWLEDGED, OrderState.IN_PROGRESS, OrderState.PENDING_CANCELLATION})
IN_USE = frozenset({ProductStatus.ACTIVE, ProductStatus.SUSPENDED, ProductStatus.PENDING_TERMINATE})
LIVING = IN_USE | {ProductStatus.CREATED, ProductStatus.PENDING_ACTIVE}

_ENDS = frozenset({OrderState.CANCELLED, OrderState.COMPLETED, OrderState.FAILED, OrderState.PARTIAL})
ORDER_MOVES: dict[OrderState, frozenset[OrderState]] = {
    OrderState.PENDING: frozenset({OrderState.ACKNOWLEDGED, OrderState.CANCELLED, OrderState.REJECTED}),
    OrderState.ACKNOWLEDGED: frozenset(
        {OrderState.PENDING, OrderState.IN_PROGRESS, OrderState.HELD, OrderState.REJECTED}
        | {OrderState.PENDING_CANCELLATION, OrderState.ASSESSING_CANCELLATION}
        | _ENDS
    ),
    OrderState.IN_PROGRESS: frozenset(
        {OrderState.HELD, OrderState.PENDING_CANCELLATION, OrderState.ASSESSING_CANCELLATION} | _ENDS
    ),
    OrderState.HELD: frozenset(
        {OrderState.ACKNOWLEDGED, OrderState.IN_PROGRESS, OrderState.PENDING_CANCELLATION, OrderState.PENDING}
        | {OrderState.ASSESSING_CANCELLATION}
        | _ENDS
    ),
    OrderState.ASSESSING_CANCELLATION: frozenset(
        {OrderState.PENDING_CANCELLATION, OrderState.IN_PROGRESS, OrderState.HELD, OrderState.CANCELLED}
    ),
    OrderState.PENDING_CANCELLATION: frozenset({OrderState.HELD, OrderState.CANCELLED, OrderState.FAILED}),
    **{state: frozenset() for state in FINAL},
}


def moved(before: OrderState, after: OrderState) -> OrderState:
    """The state after a move; staying is no move. Raises OrderStateForbids."""
    if before is not after and after not in ORDER_MOVES[before]:
        raise OrderStateForbids(state=before.value, wanted=after.value)
    return after


def may_amend_items(state: OrderState, *, begun: bool) -> bool:
    """Whether items may still be changed: the order waits, and nothing has been done for it yet."""
    return state in (OrderState.PENDING, OrderState.ACKNOWLEDGED, OrderState.HELD) and not begun
