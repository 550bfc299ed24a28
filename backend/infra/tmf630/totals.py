"""How many resources fit: from the notes that a counted table keeps where they can tell, else by counting."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from backend.infra.row_counts import rows_of
from backend.infra.tmf630.conditions import halves
from backend.infra.tmf630.filters import Criterion
from backend.infra.tmf630.resource import AlsoInDocument, TmfResource
from backend.kernel.scope import Scope

UNCONDITIONAL = select().where(true()).whereclause


def total_of(session: Session, resource: TmfResource, scope: Scope, found: Sequence[Criterion]) -> int | None:
    """How many resources in scope fit the criteria, where there is a faster way than counting them; else None."""
    counted_by: tuple[str, ...] = getattr(resource.model, "counted_by", ())
    told = scope is None and bool(counted_by) and _all_are_visible(resource)
    if not found and told:
        return rows_of(session, resource.model.__tablename__, counted_by[0])
    if len(found) != 1 or found[0].operator == "ne":
        return None
    return _of_one(session, resource, scope, found[0], counted_by if told else ())


def _of_one(
    session: Session, resource: TmfResource, scope: Scope, only: Criterion, counted_by: tuple[str, ...]
) -> int | None:
    """The same for one criterion; an attribute that stands in two places is looked up in each by itself."""
    attribute, parted = resource.columns.get(only.path), halves(resource, only)
    column = attribute.kept if isinstance(attribute, AlsoInDocument) else attribute
    name = column.key if isinstance(column, InstrumentedAttribute) and only.operator == "eq" else None
    if name not in counted_by and parted is None:
        return None
    known = resource.visible(scope)
    if name is not None and name in counted_by:
        kept = rows_of(session, resource.model.__tablename__, name, [str(value) for value in only.values])
    else:
        kept = counted(session, known.where(parted[0])) if parted else 0
    return kept + (counted(session, known.where(parted[1], parted[0].is_not(True))) if parted else 0)


def counted(session: Session, statement: Select[Any]) -> int:
    """How many rows the statement has."""
    return session.scalar(statement.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)) or 0


@cache
def _all_are_visible(resource: TmfResource) -> bool:
    """Whether who sees everything sees every row of the table."""
    everything = resource.visible(None)
    condition: ColumnElement[bool] | None = everything.whereclause
    every_row = condition is None or (UNCONDITIONAL is not None and condition.compare(UNCONDITIONAL))
    return every_row and len(everything.get_final_froms()) == 1
