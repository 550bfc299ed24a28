"""Which task of an order comes next, and what the states of its items make of the order."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from backend.ordering.rules.states import FINAL, OrderState


class TaskState(StrEnum):
    """States of a task: a step of an item."""

    PENDING = "pending"
    WAITING = "waiting"
    DONE = "done"
    STUCK = "stuck"
    UNDO = "undo"
    UNDO_STUCK = "undoStuck"
    UNDONE = "undone"
    DROPPED = "dropped"


class Task(Protocol):
    """A task, as far as deciding needs it. `due_at` in the future, and the task waits."""

    @property
    def item_key(self) -> str:
        """The item that it is done for."""

    @property
    def state(self) -> str:
        """Where it is."""

    @property
    def due_at(self) -> datetime | None:
        """Not before then."""


TaskT = TypeVar("TaskT", bound=Task)
OVER = frozenset({TaskState.DONE, TaskState.UNDONE, TaskState.DROPPED})


def next_task(
    tasks: Sequence[TaskT],
    *,
    states: Mapping[str, OrderState],
    relies_on: Mapping[str, Collection[str]],
    now: datetime,
) -> TaskT | None:
    """The task to do now: what is to be undone first, the last of it first; else the first whose item may go on.

    `tasks` are in their order; `states` and `relies_on` are by item. None when everything is done or waits.
    """
    undo = [task for task in tasks if task.state == TaskState.UNDO]
    if undo:
        return undo[-1]
    waiting: set[str] = set()
    for task in tasks:
        if task.state in OVER or task.item_key in waiting:
            continue
        ready = all(states[other] is OrderState.COMPLETED for other in relies_on.get(task.item_key, ()))
        if task.state == TaskState.PENDING and ready and (task.due_at is None or task.due_at <= now):
            return task
        waiting.add(task.item_key)
    return None


def finished_state(items: Collection[OrderState]) -> OrderState | None:
    """The state that the items leave their order in; None while one of them is still open."""
    if any(state not in FINAL for state in items):
        return None
    kinds = set(items)
    if len(kinds) == 1:
        return kinds.pop()
    return OrderState.PARTIAL if OrderState.COMPLETED in kinds else OrderState.FAILED
