"""Reading resources: one, or a page of those that fit the filters."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg.errors import QueryCanceled
from sqlalchemy import ARRAY, BindParameter, Column, ColumnElement, Select, any_, bindparam, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from backend.infra.json_answer import absolute
from backend.infra.tmf630.conditions import condition, kind_of, ordering
from backend.infra.tmf630.errors import ResourceNotFound, SearchTooWide, SortUnknown
from backend.infra.tmf630.filters import criteria
from backend.infra.tmf630.paging import Paging, paging_of, selected
from backend.infra.tmf630.resource import Document, TmfResource
from backend.infra.tmf630.specification import Kind, specification
from backend.infra.tmf630.totals import counted, total_of
from backend.kernel.scope import Scope
from backend.kernel.text import Language

Parameters = Sequence[tuple[str, str]]
LONGEST = text("SELECT set_config('statement_timeout', :milliseconds, true)")


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the resources that fit, and how many fit in all."""

    bodies: list[Document]
    total: int
    paging: Paging


class PathsOf:
    """The paths of one resource."""

    def __init__(self, resource: TmfResource) -> None:
        self._resource = resource

    def kind_of(self, path: str) -> Kind | None:
        """The kind of value that the path leads to."""
        return kind_of(self._resource, path)


def represented(session: Session, resource: TmfResource, rows: Sequence[Any], language: Language) -> list[Document]:
    """The rows as JSON, with absolute addresses."""
    root: str = session.info.get("public_url", "")
    typed = "@type" in specification(resource.api).definitions[resource.definition]["properties"]
    bodies = []
    for body in resource.shown(session, rows, language):
        named = {"id": body["id"], "href": f"{resource.path}/{body['id']}"} | body
        if typed:
            named.setdefault("@type", resource.definition)
        bodies.append(absolute(named, root))
    return bodies


def find(session: Session, resource: TmfResource, resource_id: str, scope: Scope, *, lock: bool = False) -> Any:
    """The row of that id. Raises ResourceNotFound, also for one outside the scope."""
    key = resource.model.id
    try:
        wanted = UUID(resource_id) if key.type.python_type is UUID else resource_id
    except ValueError as error:
        raise ResourceNotFound from error
    if "\x00" in resource_id:
        raise ResourceNotFound
    statement = resource.visible(scope).where(key == wanted)
    if lock:
        statement = statement.with_for_update(of=resource.model).execution_options(populate_existing=True)
    row = session.scalars(statement).one_or_none()
    if row is None:
        raise ResourceNotFound
    return row


def listed(session: Session, resource: TmfResource, scope: Scope, parameters: Parameters, language: Language) -> Page:
    """The page that the query string asks for. Raises the refusals of filters, sorting, paging and patience (400)."""
    paging = paging_of(dict(parameters))
    own, general = _parted(resource, parameters)
    found = criteria(general, PathsOf(resource))
    fitting = resource.visible(scope).where(*(condition(resource, criterion) for criterion in found))
    fitting = fitting.where(*(resource.searches[name](session, words[:500]) for name, words in own))
    ordered = _sorted(resource, fitting, paging.sort)
    with _patient(session, resource.patience):
        total = None if own else total_of(session, resource, scope, found)
        total = counted(session, fitting) if total is None else total
        rows = _rows(session, resource, ordered, paging) if total > paging.offset else []
    bodies = [selected(body, paging.fields) for body in represented(session, resource, rows, language)]
    return Page(bodies, total, paging)


@contextmanager
def _patient(session: Session, seconds: float | None) -> Iterator[None]:
    """Statements of the block may take so long each. Raises SearchTooWide."""
    if seconds is None:
        yield
        return
    session.execute(LONGEST, {"milliseconds": str(round(seconds * 1000))})
    try:
        yield
    except OperationalError as error:
        if isinstance(error.orig, QueryCanceled):
            raise SearchTooWide from error
        raise
    session.execute(LONGEST, {"milliseconds": "0"})


def _rows(session: Session, resource: TmfResource, statement: Select[Any], paging: Paging) -> Sequence[Any]:
    """The page. What an offset skips is skipped in an index: only the rows of the page itself are fetched."""
    page = statement.offset(paging.offset).limit(paging.limit)
    if paging.offset == 0:
        return session.scalars(page).all()
    key = resource.model.id
    ids = session.scalars(page.with_only_columns(key, maintain_column_froms=True)).all()
    found = {row.id: row for row in session.scalars(select(resource.model).where(key == any_(_array(key, ids))))}
    return [found[id_] for id_ in ids if id_ in found]


def _array(key: Any, ids: Sequence[Any]) -> BindParameter[Any]:
    """The ids as one value, so that the statement is the same for every page."""
    return bindparam(None, list(ids), type_=ARRAY(key.type))


def _parted(resource: TmfResource, parameters: Parameters) -> tuple[Parameters, Iterable[tuple[str, str]]]:
    own = [(name, words) for name, words in parameters if name in resource.searches]
    return own, [(name, words) for name, words in parameters if name not in resource.searches]


def _sorted(resource: TmfResource, statement: Select[Any], sort: str | None) -> Select[Any]:
    """By what was asked for, else in the domain's own order; then by id, so that no page shows a row twice.

    Equal rows come in the direction of the last attribute, and NULLS LAST is said only of what may be null: so an index
    on the attribute and the id serves both directions.
    """
    names = [name.strip() for name in (sort or "").split(",") if name.strip()]
    if len(names) > 5:
        raise SortUnknown
    statement = statement.order_by(None) if names else statement
    for name in names:
        column = ordering(resource, name.lstrip("+- "))
        directed = column.desc() if name.startswith("-") else column.asc()
        statement = statement.order_by(directed if _never_null(column) else directed.nulls_last())
    key = resource.model.id
    return statement.order_by(key.desc() if names and names[-1].startswith("-") else key)


def _never_null(column: ColumnElement[Any]) -> bool:
    return isinstance(column, Column) and not column.nullable
