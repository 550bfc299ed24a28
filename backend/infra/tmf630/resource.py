"""What a domain says of a TM Forum resource so that this package can serve it: its rows, its JSON, its attributes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import InstrumentedAttribute, Session

from backend.kernel.scope import Scope
from backend.kernel.text import Language

Document = dict[str, Any]
Column = InstrumentedAttribute[Any] | ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Through:
    """An attribute of child rows: `statement` selects those of the resource's row (correlated), `column` is tested."""

    statement: Select[Any]
    column: Column


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """An encrypted attribute, found by equality only: `through` leads to the column of its keyed hash.

    `normalised` brings what was asked for into the form that was hashed.
    """

    through: Through
    normalised: Callable[[str], str] = str


@dataclass(frozen=True, slots=True)
class Hidden:
    """An attribute, and everything below it that has no entry of its own, that cannot be searched."""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """An attribute shown in the reader's language: it matches when one of the columns does; sorted by the first."""

    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class AlsoInDocument:
    """An attribute that we keep, and that callers may have written into the document too: it matches in either."""

    kept: "Column | Through"


@dataclass(frozen=True, slots=True)
class Derived:
    """An attribute that is `shown` otherwise than it is `kept` once other rows say so; what `stays` never is.

    Those are looked for in the column alone, and written into the statement, so that a partial index serves them.
    """

    shown: Column
    kept: Column
    stays: frozenset[str]


@dataclass(frozen=True, slots=True)
class Constant:
    """An attribute that has the same value in every row, such as the role of the one related party."""

    value: Any


Attribute = Column | Through | AlsoInDocument | Fingerprint | Hidden | AnyOf | Derived | Constant


@dataclass(frozen=True, slots=True, eq=False)
class TmfResource:
    """A resource of one API.

    `api` and `definition` name the specification ("TMF632", "Individual"), `name` its path segment under `base`.
    `columns` maps TMF630 paths ("productOffering.id") to SQL; every attribute that is not there is looked for in
    `document`, the JSONB column with what callers said beyond what we keep in columns. A path that the specification
    does not have is refused, unless `extensions` (JSON Schema by first-level name) has it.
    `visible` selects the rows in a scope; `shown` is their JSON, in order, without `href` and `@type`, which are added.
    `state` names the attribute whose change is a StateChangeEvent. `searches` are query parameters of our own.
    `owns` tells the rows of this resource from those of others that share its model. `patience` is how many seconds a
    list may be searched for, where it may be too long to search whole.
    """

    api: str
    name: str
    base: str
    definition: str
    model: type[Any]
    visible: Callable[[Scope], Select[Any]]
    shown: Callable[[Session, Sequence[Any], Language], list[Document]]
    columns: Mapping[str, Attribute]
    document: Column | None = None
    state: str | None = "status"
    extensions: Mapping[str, Document] = field(default_factory=dict)
    searches: Mapping[str, Callable[[Session, str], ColumnElement[bool]]] = field(default_factory=dict)
    owns: Callable[[Any], bool] | None = None
    patience: float | None = None

    @property
    def path(self) -> str:
        """Where it is served."""
        return f"{self.base}/{self.name}"


@dataclass(frozen=True, slots=True)
class Writing:
    """How a resource is written. A part that is None has no route.

    `create(session, caller, body)` stores a body that the specification allows and returns the new row.
    `change(session, caller, row, merged, names)` takes the whole resource after the merge patch, and the first-level
    names that the patch touches; the row is locked. `remove(session, caller, row)` deletes, or refuses.
    """

    create: Callable[[Session, Any, Document], Any] | None = None
    change: Callable[[Session, Any, Any, Document, frozenset[str]], None] | None = None
    remove: Callable[[Session, Any, Any], None] | None = None
