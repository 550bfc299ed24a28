"""What did not work and waits for staff: stuck tasks, to be tried again or given up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.ordering import queries, rules
from backend.ordering.models import OrderTask, ProductOrder, ProductOrderItem
from backend.ordering.rules import OrderState, TaskState
from backend.ordering.service.notes import note_work
from backend.ordering.service.planning import start_work
from backend.ordering.service.running import Running


@dataclass(frozen=True, slots=True)
class Fallout:
    """A stuck task with what it belongs to. `undoing` tells that it is a step back that does not work."""

    id: UUID
    order_id: UUID
    order_no: str
    item_id: str
    step: str
    undoing: bool
    error: str | None
    attempts: int
    since: datetime | None


def fallout(session: Session, tasks: Sequence[OrderTask]) -> list[Fallout]:
    """The stuck tasks as staff see them."""
    orders = queries.orders_by_id(session, [task.order_id for task in tasks])
    return [_seen(orders[task.order_id], task) for task in tasks]


def retry_fallout(session: Session, caller: Caller, task_id: UUID) -> OrderTask:
    """Let the worker try the task again, with all its tries. Raises FalloutNotFound."""
    running, task = _stuck(session, caller, task_id)
    task.state = TaskState.UNDO if task.state == TaskState.UNDO_STUCK else TaskState.PENDING
    _go_on(running, task)
    return task


def cancel_fallout(session: Session, caller: Caller, task_id: UUID) -> OrderTask:
    """Give the task up: its item fails and what was done for it is taken back. A step back is left undone.

    Raises FalloutNotFound.
    """
    running, task = _stuck(session, caller, task_id)
    if task.state == TaskState.UNDO_STUCK:
        task.state = TaskState.DROPPED
    else:
        item = running.item_of(task)
        item.failure = {"code": "given_up", "detail": task.error or "", **GIVEN_UP}
        running.undo(item, OrderState.FAILED)
    _go_on(running, task)
    return task


GIVEN_UP = {"ar": "تعذّر إتمام هذا البند.", "en": "This item could not be done."}


def _stuck(session: Session, caller: Caller, task_id: UUID) -> tuple[Running, OrderTask]:
    task = queries.stuck_task(session, task_id)
    running = Running.of(session, task.order_id)
    session.refresh(task)
    task.settled_by = caller.username or caller.key
    return running, task


def _go_on(running: Running, task: OrderTask) -> None:
    found = running.order
    task.stuck_at = None
    cancelling = any(item.outcome == OrderState.CANCELLED for item in found.items)
    state = OrderState.PENDING_CANCELLATION if cancelling else OrderState.IN_PROGRESS
    for item in found.items:
        if item.state == OrderState.HELD:
            item.state = state
    still_stuck = any(one.state in (TaskState.STUCK, TaskState.UNDO_STUCK) for one in running.tasks)
    if not still_stuck:
        found.state = rules.moved(OrderState(found.state), state)
        start_work(running.session, found)
    note_work(found)
    running.session.flush()


def _seen(order: ProductOrder, task: OrderTask) -> Fallout:
    item: ProductOrderItem = next(one for one in order.items if one.id == task.item_id)
    return Fallout(
        id=task.id,
        order_id=order.id,
        order_no=order.order_no,
        item_id=item.item_id,
        step=task.step,
        undoing=task.state == TaskState.UNDO_STUCK,
        error=task.error,
        attempts=task.attempts,
        since=task.stuck_at,
    )
