"""How many resources fit: from the notes that a counted table keeps where they can tell, else by counting."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select, true
from sqlalchemy.orm import Session

from backend.infra.row_counts import rows_of
from backend.infra.tmf630.filters import Criterion
from backend.infra.tmf630.resource import TmfResource

UNCONDITIONAL = select().where(true()).whereclause


def total_of(
    session: Session, resource: TmfResource, known: Select[Any], found: Sequence[Criterion], fitting: Select[Any]
) -> int:
    """How many rows `fitting` has: those that the caller may see (`known`), narrowed by what was asked for."""
    if _is_whole(resource, known):
        states = _states(resource, found)
        if states is not None:
            return rows_of(session, resource.model.__tablename__, states or None)
    counted = fitting.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    return session.scalar(counted) or 0


def _is_whole(resource: TmfResource, known: Select[Any]) -> bool:
    """Whether the statement selects every row of a table that is counted."""
    condition = known.whereclause
    every_row = condition is None or condition.compare(UNCONDITIONAL)
    return hasattr(resource.model, "counted_by") and every_row and len(known.get_final_froms()) == 1


def _states(resource: TmfResource, found: Sequence[Criterion]) -> list[str] | None:
    """The states whose rows fit, all of them for an empty list; None where more than the state was asked for."""
    if not found:
        return []
    only = found[0]
    counted = getattr(resource.model, resource.model.counted_by)
    of_state = len(found) == 1 and only.operator == "eq" and resource.columns.get(only.path) is counted
    return [str(value) for value in only.values] if of_state else None
