"""How many resources fit: from the notes that a counted table keeps where they can tell, else by counting."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import Session

from backend.infra.row_counts import rows_of
from backend.infra.tmf630.conditions import halves
from backend.infra.tmf630.filters import Criterion
from backend.infra.tmf630.resource import TmfResource
from backend.kernel.scope import Scope

UNCONDITIONAL = select().where(true()).whereclause


def total_of(session: Session, resource: TmfResource, scope: Scope, found: Sequence[Criterion]) -> int | None:
    """How many resources in scope fit the criteria, where there is a faster way than counting them; else None."""
    if scope is None and _all_are_counted(resource):
        states = _states(resource, found)
        if states is not None:
            return rows_of(session, resource.model.__tablename__, states or None)
    parted = halves(resource, found[0]) if len(found) == 1 else None
    if parted is None:
        return None
    kept, said = parted
    known = resource.visible(scope)
    return counted(session, known.where(kept)) + counted(session, known.where(said, kept.is_not(True)))


def counted(session: Session, statement: Select[Any]) -> int:
    """How many rows the statement has."""
    return session.scalar(statement.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)) or 0


@cache
def _all_are_counted(resource: TmfResource) -> bool:
    """Whether who sees everything sees every row of a table that is counted."""
    everything = resource.visible(None)
    condition: ColumnElement[bool] | None = everything.whereclause
    every_row = condition is None or (UNCONDITIONAL is not None and condition.compare(UNCONDITIONAL))
    return hasattr(resource.model, "counted_by") and every_row and len(everything.get_final_froms()) == 1


def _states(resource: TmfResource, found: Sequence[Criterion]) -> list[str] | None:
    """The states whose rows fit, all of them for an empty list; None where more than the state was asked for."""
    if not found:
        return []
    only = found[0]
    by_state = resource.columns.get(only.path) is getattr(resource.model, resource.model.counted_by)
    return [str(value) for value in only.values] if by_state and only.operator == "eq" and len(found) == 1 else None
