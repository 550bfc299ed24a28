"""Fulfilling an order, task by task: each may be cut off and run again, and what fails is taken back in reverse."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.kernel.errors import DomainError
from backend.ordering import queries, rules
from backend.ordering.models import OrderTask, Product, ProductOrder, ProductOrderItem
from backend.ordering.rules import MAKING, OUTSIDE, CancelState, ItemKind, OrderState, ProductStatus, Step, TaskState
from backend.ordering.service import telling
from backend.ordering.service.notes import note_work
from backend.ordering.service.placing import OrderView, order
from backend.ordering.service.planning import claimant, end_waiting, start_work
from backend.ordering.service.running import Running
from backend.ordering.service.steps import DO, UNDO, Stop, Work
from backend.provisioning import service as provisioning


class Progress(StrEnum):
    """Where the order is after some work."""

    AGAIN = "again"
    WAITS = "waits"
    FINISHED = "finished"


def fulfil_order(session: Session, order_id: UUID) -> OrderView:
    """Every step that can be done now in one transaction: for seeds and scenarios, where nothing is cut off."""
    while advance(session, order_id) is Progress.AGAIN:
        pass
    return order(session, order_id)


def advance(session: Session, order_id: UUID) -> Progress:
    """Do the next steps of an order. Call it again, in a new transaction, while it answers AGAIN.

    A step that reaches outside is the first of its transaction: what it builds upon is committed then, so that it asks
    for the same again if it is cut off. Raises what a step raises; then nothing of ours has changed.
    """
    running = Running.of(session, order_id)
    if not running.is_worked_on:
        return Progress.FINISHED
    _settle(running)
    done = 0
    while running.is_worked_on and (task := running.next()) is not None:
        if done and Step(task.step) in OUTSIDE:
            return Progress.AGAIN
        _carry_out(running, task)
        _settle(running)
        done += 1
    return _closed(running)


def give_up(session: Session, order_id: UUID, refusal: DomainError) -> bool:
    """The next step was refused for good: its item fails, with all that relies on it, and is taken back.

    A step back that is refused is stuck: staff decide. False when there was no such step.
    """
    running = Running.of(session, order_id)
    task = running.next() if running.is_worked_on else None
    if task is None:
        return False
    _note(running.order, task, refusal)
    if task.state == TaskState.UNDO:
        _stick(running, task)
        return True
    item = running.item_of(task)
    item.failure = told(refusal)
    running.undo(item, OrderState.FAILED)
    note_work(running.order)
    return True


def note_attempt(session: Session, order_id: UUID, refusal: DomainError, *, last_try: bool) -> None:
    """The next step could not be done now. After the last try it is stuck: the order is held until staff retry it."""
    running = Running.of(session, order_id)
    task = running.next() if running.is_worked_on else None
    if task is None:
        return
    _note(running.order, task, refusal)
    if last_try:
        _stick(running, task)
    session.flush()


def wake(session: Session, product_id: UUID) -> None:
    """Let the order go on that waits for news about the product."""
    task = queries.waiting_task_of(session, product_id)
    if task is not None:
        task.state = TaskState.PENDING
        start_work(session, queries.order(session, task.order_id, None))


def wake_visit(session: Session, appointment_id: UUID) -> None:
    """Let the order go on that waits for the technician's visit: it is done, or it is not to be."""
    task = queries.task_of_visit(session, appointment_id)
    if task is not None:
        task.state = TaskState.PENDING
        start_work(session, queries.order(session, task.order_id, None))


def note_visit(session: Session, appointment_id: UUID, order_id: UUID) -> None:
    """A visit was booked for an order whose technician has not been there yet: that is the one it waits for."""
    for item in queries.items_before_visit(session, order_id):
        item.document = {**item.document, "appointment": str(appointment_id)}
    session.flush()


def told(refusal: DomainError) -> dict[str, str]:
    """A refusal as it is kept, to be read in either language."""
    sentence = refusal.sentence
    return {"code": refusal.code, "detail": refusal.detail, "ar": sentence.ar, "en": sentence.en}


def _note(found: ProductOrder, task: OrderTask, refusal: DomainError) -> None:
    reason = f"{refusal.code}: {refusal.detail}"
    task.attempts += 1
    task.error, found.failure = reason[:500], reason[:200]


def _stick(running: Running, task: OrderTask) -> None:
    task.state = TaskState.UNDO_STUCK if task.state == TaskState.UNDO else TaskState.STUCK
    task.stuck_at = clock_of(running.session).now()
    running.order.state = rules.moved(OrderState(running.order.state), OrderState.HELD)
    running.item_of(task).state = OrderState.HELD
    note_work(running.order)
    running.session.flush()


def _carry_out(running: Running, task: OrderTask) -> None:
    item, undo = running.item_of(task), task.state == TaskState.UNDO
    _begin(running.order, item)
    outcome = (UNDO if undo else DO)[Step(task.step)](Work(running.session, running.order, item, task))
    if isinstance(outcome, Stop):
        task.attempts, task.error = task.attempts + 1, outcome.reason[:500]
        _stick(running, task)
    elif outcome is not None:
        task.state = TaskState.PENDING if outcome.until else TaskState.WAITING
        task.due_at = outcome.until
    else:
        task.state = TaskState.UNDONE if undo else TaskState.DONE
        task.done_at, task.error = clock_of(running.session).now(), None
    running.session.flush()


def _begin(found: ProductOrder, item: ProductOrderItem) -> None:
    if found.state == OrderState.ACKNOWLEDGED:
        found.state = rules.moved(OrderState.ACKNOWLEDGED, OrderState.IN_PROGRESS)
    if item.state == OrderState.ACKNOWLEDGED:
        item.state = OrderState.IN_PROGRESS


def _settle(running: Running) -> None:
    for item in running.settle():
        if item.outcome is not None:
            _drop(running.session, item)


def _drop(session: Session, item: ProductOrderItem) -> None:
    """What the item made, or was about to change, is as if it had not been ordered."""
    provisioning.let_go(session, claimant(item))
    end_waiting(session, item)
    made = item.successor_id if item.kind == ItemKind.PLAN_CHANGE else item.product_id
    if item.kind not in MAKING or made is None:
        return
    product = session.get_one(Product, made)
    failed = item.outcome == OrderState.FAILED
    product.status = ProductStatus.ABORTED if failed else ProductStatus.CANCELLED
    product.termination_date = clock_of(session).now() if product.start_date else None
    product.msisdn = None


def _closed(running: Running) -> Progress:
    state = rules.finished_state([OrderState(item.state) for item in running.order.items])
    if state is None:
        return Progress.WAITS
    session, found, now = running.session, running.order, clock_of(running.session).now()
    if found.state == OrderState.PENDING_CANCELLATION:
        state = OrderState.CANCELLED
    found.state = rules.moved(OrderState(found.state), state)
    cancelled = state is OrderState.CANCELLED
    found.completion_date, found.cancellation_date = (None, now) if cancelled else (now, found.cancellation_date)
    for wish in queries.cancellations_under_way(session, found.id):
        wish.state = CancelState.DONE if cancelled else CancelState.TERMINATED_WITH_ERROR
        wish.effective_date = now
    note_work(found)
    session.flush()
    telling.tell(session, found)
    return Progress.FINISHED
