"""A scope as a condition of a query."""

from typing import Any

from sqlalchemy import ColumnElement, true

from backend.kernel.scope import Scope


def within(column: Any, scope: Scope) -> ColumnElement[bool]:
    """The rows whose party (the column) is in scope: all of them for None (staff), none for an empty set."""
    condition: ColumnElement[bool] = true() if scope is None else column.in_(sorted(scope))
    return condition
