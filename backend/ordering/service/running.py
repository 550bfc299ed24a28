"""An order that is being worked on: its items and tasks at hand, read once a transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.ordering import queries, rules
from backend.ordering.models import OrderTask, ProductOrder, ProductOrderItem
from backend.ordering.rules import FINAL, OVER, UNDOABLE, WORKED_ON, OrderState, Step, TaskState


@dataclass(frozen=True, slots=True)
class Running:
    """The order, locked for this transaction, with its tasks in order."""

    session: Session
    order: ProductOrder
    tasks: Sequence[OrderTask]

    @classmethod
    def of(cls, session: Session, order_id: UUID) -> "Running":
        """The order, so that only this transaction works on it. Raises ProductOrderNotFound."""
        found = queries.locked_order(session, order_id)
        return cls(session, found, queries.tasks_of(session, order_id))

    @property
    def is_worked_on(self) -> bool:
        """Whether there may be something to do now."""
        return OrderState(self.order.state) in WORKED_ON

    @property
    def begun(self) -> bool:
        """Whether anything has been done, or tried."""
        return any(task.state in (TaskState.DONE, TaskState.WAITING) or task.attempts for task in self.tasks)

    def next(self) -> OrderTask | None:
        """The task to do now; None when everything is done or waits."""
        ids = {item.item_id: str(item.id) for item in self.order.items}
        return rules.next_task(
            self.tasks,
            states={str(item.id): OrderState(item.state) for item in self.order.items},
            relies_on={str(item.id): [ids[other] for other in relied_on(item)] for item in self.order.items},
            now=clock_of(self.session).now(),
        )

    def item_of(self, task: OrderTask) -> ProductOrderItem:
        """The item that the task is done for."""
        return next(item for item in self.order.items if item.id == task.item_id)

    def tasks_of(self, item: ProductOrderItem) -> list[OrderTask]:
        """The item's tasks, in order."""
        return [task for task in self.tasks if task.item_id == item.id]

    def settle(self) -> Iterator[ProductOrderItem]:
        """Write down where items with nothing left to do have ended; yields each that has just done so."""
        for item in self.order.items:
            if OrderState(item.state) not in FINAL and self._is_over(item):
                item.state = OrderState(item.outcome) if item.outcome else OrderState.COMPLETED
                yield item

    def undo(self, item: ProductOrderItem, outcome: OrderState) -> None:
        """Let what was done for the item, and for what relies on it, be taken back; what was not done is dropped."""
        for one in (item, *self._dependants(item)):
            if OrderState(one.state) not in FINAL - {OrderState.COMPLETED} and one.outcome is None:
                one.outcome, one.failure = outcome, one.failure or item.failure
                one.state = OrderState.IN_PROGRESS if one.state == OrderState.COMPLETED else one.state
                self._turn(one)
        self.session.flush()

    def _turn(self, item: ProductOrderItem) -> None:
        tasks = self.tasks_of(item)
        item.document = {**item.document, "askedNetwork": _may_know(tasks)}
        for task in tasks:
            undone = task.state in (TaskState.DONE, TaskState.WAITING) and Step(task.step) in UNDOABLE
            task.state = TaskState.UNDO if undone else TaskState.DROPPED
            task.stuck_at = None

    def _is_over(self, item: ProductOrderItem) -> bool:
        states = {other.item_id: other.state for other in self.order.items}
        waits = item.outcome is None and any(states[one] != OrderState.COMPLETED for one in relied_on(item))
        return not waits and all(task.state in OVER for task in self.tasks_of(item))

    def _dependants(self, item: ProductOrderItem) -> list[ProductOrderItem]:
        bundle = item.document.get("bundle")  # of a bundle nothing stays when a part of it fails
        reached = {one.item_id for one in self.order.items if bundle and one.document.get("bundle") == bundle}
        reached.add(item.item_id)
        for other in self.order.items:  # what an item relies on comes before it
            if reached.intersection(relied_on(other)):
                reached.add(other.item_id)
        return [other for other in self.order.items if other.item_id in reached - {item.item_id}]


def relied_on(item: ProductOrderItem) -> Sequence[str]:
    """The ids of the items of the same order that the item relies on."""
    found: Sequence[str] = item.document.get("reliesOn", ())
    return found


def _may_know(tasks: Sequence[OrderTask]) -> bool:
    """Whether the network may have been asked for the line: activation was done, or is what comes next."""
    left = [task for task in tasks if task.state != TaskState.DONE]
    done = any(task.step == Step.ACTIVATE and task.state == TaskState.DONE for task in tasks)
    return done or bool(left and left[0].step == Step.ACTIVATE)
