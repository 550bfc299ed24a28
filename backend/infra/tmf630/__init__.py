"""What every TM Forum resource shares (TMF630): JSON names, paging with counts, attribute selection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from fastapi import Depends, Query
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from backend.kernel.errors import Invalid
from backend.kernel.money import Money
from backend.kernel.text import Bilingual

ALWAYS = {"id", "href", "@type"}


class SortUnknown(Invalid):
    """`sort` names an attribute that this resource cannot be sorted by."""

    status = 400
    title = Bilingual(ar="لا يمكن الترتيب بهذا الحقل.", en="This resource cannot be sorted by that attribute.")


class Resource(BaseModel):
    """JSON in and out: snake_case here, camelCase there; unknown members are refused."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, from_attributes=True, extra="forbid")


class MoneyOut(Resource):
    """TMF Money; the value is a decimal string, so that no float touches it."""

    unit: str
    value: str

    @classmethod
    def of(cls, amount: Decimal, unit: str) -> "MoneyOut":
        """Rounded to the currency's minor unit."""
        return cls(unit=unit, value=str(Money(amount, unit).rounded().value))


@dataclass(frozen=True, slots=True)
class Paging:
    """offset, limit, sort and fields of a list request."""

    offset: int
    limit: int
    sort: str | None
    fields: frozenset[str] | None


def paging(
    offset: Annotated[int, Query(ge=0, le=2**62)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    sort: Annotated[str | None, Query(max_length=200)] = None,
    fields: Annotated[str | None, Query(max_length=1000)] = None,
) -> Paging:
    """The four query parameters of TMF630 lists."""
    return Paging(offset, limit, sort, frozenset(fields.split(",")) if fields else None)


PagingDep = Annotated[Paging, Depends(paging)]


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
        column = sortable.get(name.lstrip("+-"))
        if column is None:
            raise SortUnknown(attribute=name)
        statement = statement.order_by((column.desc() if name.startswith("-") else column.asc()).nulls_last())
    statement = statement.order_by(statement.column_descriptions[0]["entity"].id)
    rows = session.scalars(statement.offset(paging.offset).limit(paging.limit)).all()
    return rows, total


def page_answer(items: Sequence[BaseModel | dict[str, Any]], total: int, paging: Paging) -> JSONResponse:
    """The list as an answer: 200 when complete, 206 when partial, 416 past the end; with both counts."""
    bodies = [selected(jsonable_encoder(item, by_alias=True), paging.fields) for item in items]
    status = 200 if len(bodies) == total else 206
    if paging.offset and paging.offset >= total:
        status = 416
    headers = {"X-Total-Count": str(total), "X-Result-Count": str(len(bodies))}
    return JSONResponse(bodies, status_code=status, headers=headers)


def selected(body: dict[str, Any], fields: frozenset[str] | None) -> dict[str, Any]:
    """The body with only the asked first-level attributes; id, href and @type always stay."""
    if fields is None:
        return body
    return {name: value for name, value in body.items() if name in fields or name in ALWAYS}
