"""Paging, sorting and attribute selection of lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from backend.infra.tmf630.errors import PagingInvalid, SortUnknown

ALWAYS = {"id", "href", "@type"}
USUAL, MOST, FURTHEST = 100, 1000, 2**62


@dataclass(frozen=True, slots=True)
class Paging:
    """offset, limit, sort and fields of a list request."""

    offset: int
    limit: int
    sort: str | None
    fields: frozenset[str] | None


def paging(
    offset: Annotated[int, Query(ge=0, le=FURTHEST)] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST)] = USUAL,
    sort: Annotated[str | None, Query(max_length=200)] = None,
    fields: Annotated[str | None, Query(max_length=1000)] = None,
) -> Paging:
    """The four query parameters of TMF630 lists."""
    return Paging(offset, limit, sort, selection(fields))


PagingDep = Annotated[Paging, Depends(paging)]


def paging_of(parameters: Mapping[str, str]) -> Paging:
    """The same from a query string. Raises PagingInvalid."""
    try:
        offset, limit = int(parameters.get("offset", "0")), int(parameters.get("limit", str(USUAL)))
    except ValueError as error:
        raise PagingInvalid from error
    if not (0 <= offset <= FURTHEST and 1 <= limit <= MOST):
        raise PagingInvalid
    return Paging(offset, limit, parameters.get("sort"), selection(parameters.get("fields")))


def selection(fields: str | None) -> frozenset[str] | None:
    """The names in `fields`; None for all of them."""
    return frozenset(part.strip() for part in fields.split(",")) if fields else None


def page_of(
    session: Session, statement: Select[Any], paging: Paging, sortable: Mapping[str, Any]
) -> tuple[Sequence[Any], int]:
    """One page of the statement's entities and how many there are in all. `sortable`: JSON name to column.

    Rows that are equal in it come in the order of their ids, so that no page shows a row twice.
    """
    total = session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    names = paging.sort.split(",") if paging.sort else []
    statement = statement.order_by(None) if names else statement
    for name in names:
        column = sortable.get(name.strip().lstrip("+-"))
        if column is None:
            raise SortUnknown(attribute=name)
        statement = statement.order_by((column.desc() if name.startswith("-") else column.asc()).nulls_last())
    statement = statement.order_by(statement.column_descriptions[0]["entity"].id)
    rows = session.scalars(statement.offset(paging.offset).limit(paging.limit)).all()
    return rows, total


def page_answer(items: Sequence[BaseModel | dict[str, Any]], total: int, paging: Paging) -> JSONResponse:
    """The list as an answer: 200 when complete, 206 when partial, 416 past the end; with both counts."""
    bodies = [selected(jsonable_encoder(item, by_alias=True), paging.fields) for item in items]
    status, headers = list_head(len(bodies), total, paging)
    return JSONResponse(bodies, status_code=status, headers=headers)


def list_head(count: int, total: int, paging: Paging) -> tuple[int, dict[str, str]]:
    """Status and headers of a list of which `count` of `total` are shown."""
    headers = {"X-Total-Count": str(total), "X-Result-Count": str(count)}
    if paging.offset and paging.offset >= total:
        return 416, headers | {"Content-Range": f"items */{total}"}
    if count == total:
        return 200, headers
    return 206, headers | {"Content-Range": f"items {paging.offset}-{paging.offset + count - 1}/{total}"}


def selected(body: dict[str, Any], fields: frozenset[str] | None) -> dict[str, Any]:
    """The body with only the asked attributes, dotted ones too; id, href and @type always stay."""
    if fields is None:
        return body
    whole = {name for name in fields if "." not in name} | ALWAYS
    kept = {name: value for name, value in body.items() if name in whole}
    for name in sorted(fields - whole):
        _take(kept, body, name.split("."))
    return kept


def _take(kept: dict[str, Any], body: dict[str, Any], steps: list[str]) -> None:
    name, deeper = steps[0], steps[1:]
    if name not in body or (name in kept and not deeper):
        return
    kept[name] = _merged(kept.get(name), _part(body[name], deeper))


def _part(value: Any, steps: list[str]) -> Any:
    if not steps:
        return value
    if isinstance(value, list):
        return [_part(one, steps) for one in value]
    if isinstance(value, dict):
        return {steps[0]: _part(value[steps[0]], steps[1:])} if steps[0] in value else {}
    return value


def _merged(known: Any, more: Any) -> Any:
    if isinstance(known, list) and isinstance(more, list):
        return [_merged(one, other) for one, other in zip(known, more, strict=True)]
    if isinstance(known, dict) and isinstance(more, dict):
        return known | {name: _merged(known.get(name), value) for name, value in more.items()}
    return more
