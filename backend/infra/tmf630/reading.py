"""Reading resources: one, or a page of those that fit the filters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func
from sqlalchemy.orm import Session

from backend.infra.json_answer import absolute
from backend.infra.tmf630.conditions import condition, kind_of, ordering
from backend.infra.tmf630.errors import ResourceNotFound, SortUnknown
from backend.infra.tmf630.filters import KnownPaths, criteria
from backend.infra.tmf630.paging import Paging, paging_of, selected
from backend.infra.tmf630.resource import Document, TmfResource
from backend.infra.tmf630.specification import Kind, specification
from backend.kernel.scope import Scope
from backend.kernel.text import Language

Parameters = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the resources that fit, and how many fit in all."""

    bodies: list[Document]
    total: int
    paging: Paging


class PathsOf(KnownPaths):
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
    """The page that the query string asks for. Raises the refusals of filters, sorting and paging (400)."""
    paging = paging_of(dict(parameters))
    fitting = _fitting(session, resource, resource.visible(scope), parameters)
    total = session.scalar(fitting.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)) or 0
    statement = _sorted(resource, fitting, paging.sort)
    rows = session.scalars(statement.offset(paging.offset).limit(paging.limit)).all() if total else []
    bodies = [selected(body, paging.fields) for body in represented(session, resource, rows, language)]
    return Page(bodies, total, paging)


def _fitting(session: Session, resource: TmfResource, statement: Select[Any], parameters: Parameters) -> Select[Any]:
    own, general = _parted(resource, parameters)
    for name, text in own:
        statement = statement.where(resource.searches[name](session, text[:500]))
    for criterion in criteria(general, PathsOf(resource)):
        statement = statement.where(condition(resource, criterion))
    return statement


def _parted(resource: TmfResource, parameters: Parameters) -> tuple[Parameters, Iterable[tuple[str, str]]]:
    own = [(name, text) for name, text in parameters if name in resource.searches]
    return own, [(name, text) for name, text in parameters if name not in resource.searches]


def _sorted(resource: TmfResource, statement: Select[Any], sort: str | None) -> Select[Any]:
    """By what was asked for, else in the domain's own order; then by id, so that no page shows a row twice."""
    names = [name.strip() for name in (sort or "").split(",") if name.strip()]
    if len(names) > 5:
        raise SortUnknown
    statement = statement.order_by(None) if names else statement
    for name in names:
        column = ordering(resource, name.lstrip("+- "))
        statement = statement.order_by((column.desc() if name.startswith("-") else column.asc()).nulls_last())
    return statement.order_by(resource.model.id)
