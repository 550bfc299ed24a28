"""Cancelling an order before it is completed: what was done for it is taken back, until the point of no return."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.infra.database import clock_of
from backend.ordering import queries, rules
from backend.ordering.errors import OrderPastCancelling, ProductOrderNotFound
from backend.ordering.models import CancelProductOrder, ProductOrder
from backend.ordering.rules import FINAL, POINT_OF_NO_RETURN, CancelState, OrderState, Step, TaskState
from backend.ordering.service.customers import check_caller
from backend.ordering.service.fulfilment import advance
from backend.ordering.service.planning import start_work
from backend.ordering.service.running import Running

Body = dict[str, Any]
TYPED = frozenset({"id", "href", "state", "cancellationReason", "requestedCancellationDate"})


def create_cancellation(session: Session, caller: Caller, body: Body) -> CancelProductOrder:
    """Cancel the order of a TMF622 cancelProductOrder body, now or on the day that it names.

    Raises ProductOrderNotFound, OrderPastCancelling, VerificationRequired.
    """
    check_caller(caller)
    running = Running.of(session, _order_id(session, caller, body))
    _check(running)
    now, wanted = clock_of(session).now(), rules.moment_of(body.get("requestedCancellationDate"))
    wish = CancelProductOrder(
        order_id=running.order.id,
        cancellation_reason=body.get("cancellationReason"),
        requested_date=wanted,
        created_at=now,
        document={name: value for name, value in body.items() if name not in TYPED},
    )
    session.add(wish)
    session.flush()
    if wanted is None or wanted <= now:
        _cancel(running, wish)
    return wish


def cancel_due(session: Session, cancellation_id: UUID) -> None:
    """Carry out a cancellation whose day has come; an order that can no longer be cancelled ends it with an error."""
    wish = session.get_one(CancelProductOrder, cancellation_id, with_for_update=True)
    if wish.state != CancelState.ACCEPTED:
        return
    running = Running.of(session, wish.order_id)
    if not is_cancellable(running):
        wish.state, wish.effective_date = CancelState.TERMINATED_WITH_ERROR, clock_of(session).now()
        return
    _cancel(running, wish)


def cancel_items(running: Running) -> None:
    """Turn every item round, those that were done already too: of a cancelled order nothing stays."""
    for item in running.order.items:
        if OrderState(item.state) not in FINAL - {OrderState.COMPLETED}:
            running.undo(item, OrderState.CANCELLED)
            item.state = OrderState.PENDING_CANCELLATION


def is_cancellable(running: Running) -> bool:
    """Whether nothing stands in the way: it is open, and nothing was done that cannot be taken back."""
    state = OrderState(running.order.state)
    done = (task for task in running.tasks if task.state == TaskState.DONE)
    final = any(Step(task.step) in POINT_OF_NO_RETURN for task in done)
    return state not in FINAL | {OrderState.PENDING_CANCELLATION} and not final


def _check(running: Running) -> None:
    if not is_cancellable(running):
        raise OrderPastCancelling(order=running.order.order_no, state=running.order.state)


def _cancel(running: Running, wish: CancelProductOrder) -> None:
    session, found = running.session, running.order
    found.cancellation_reason = wish.cancellation_reason or found.cancellation_reason
    before = OrderState(found.state)
    wish.state = CancelState.IN_PROGRESS
    if before is OrderState.PENDING:
        found.state = OrderState.ACKNOWLEDGED  # nothing was planned for it yet, so there is nothing to assess
    found.state = rules.moved(OrderState(found.state), OrderState.PENDING_CANCELLATION)
    cancel_items(running)
    if running.next() is None:
        advance(session, found.id)
    else:
        start_work(session, found)
    session.flush()


def _order_id(session: Session, caller: Caller, body: Body) -> UUID:
    try:
        wanted = UUID(str(body["productOrder"]["id"]))
    except ValueError as error:
        raise ProductOrderNotFound from error
    found: ProductOrder = queries.order(session, wanted, caller.scope)
    return found.id
