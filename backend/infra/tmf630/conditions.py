"""From criteria to SQL: typed columns where the domain has them, JSONB paths for what else callers said."""

import json
import operator as operators
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    DateTime,
    Numeric,
    String,
    cast,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONPATH
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeEngine

from backend.infra.encryption import keyring
from backend.infra.tmf630.errors import FilterForbidden, SortUnknown
from backend.infra.tmf630.filters import Criterion, Value
from backend.infra.tmf630.resource import (
    AlsoInDocument,
    AnyOf,
    Attribute,
    Column,
    Constant,
    Derived,
    Fingerprint,
    Hidden,
    Through,
    TmfResource,
)
from backend.infra.tmf630.specification import Kind, specification

COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    "eq": operators.eq,
    "gt": operators.gt,
    "gte": operators.ge,
    "lt": operators.lt,
    "lte": operators.le,
}
SORTED_AS: dict[str, Any] = {"number": Numeric(), "moment": DateTime(timezone=True), "boolean": Boolean()}
TEXTS = ARRAY(String())
JSON_SIGNS = {"eq": "==", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


def kind_of(resource: TmfResource, path: str) -> Kind | None:
    """What a path of the resource leads to; None when there is no such attribute."""
    return specification(resource.api).kind_of(resource.definition, path, resource.extensions)


def condition(resource: TmfResource, criterion: Criterion) -> ColumnElement[bool]:
    """The rows that fit the criterion. Raises FilterForbidden for an attribute that cannot be searched that way."""
    attribute = attribute_of(resource, criterion.path)
    if criterion.operator == "ne":
        alternatives = [_fits(resource, attribute, criterion, "eq", value) for value in criterion.values]
        return not_(func.coalesce(or_(*alternatives), false()))
    return or_(*(_fits(resource, attribute, criterion, criterion.operator, value) for value in criterion.values))


def halves(resource: TmfResource, criterion: Criterion) -> tuple[ColumnElement[bool], ColumnElement[bool]] | None:
    """Of an attribute that we keep and callers may have written too: what fits by our column, and by their word.

    A row may be in both. None for every other attribute. An index serves each of the two, and none serves both at once.
    """
    attribute = attribute_of(resource, criterion.path)
    if not isinstance(attribute, AlsoInDocument) or criterion.operator == "ne":
        return None
    operator, values = criterion.operator, criterion.values
    kept = or_(*(_fits(resource, attribute.kept, criterion, operator, value) for value in values))
    return kept, or_(*(_in_document(resource, criterion, operator, value) for value in values))


def ordering(resource: TmfResource, path: str) -> ColumnElement[Any]:
    """What to sort by. Raises SortUnknown."""
    kind = kind_of(resource, path)
    attribute = attribute_of(resource, path)
    if kind is None or isinstance(attribute, Through | AlsoInDocument | Fingerprint | Hidden):
        raise SortUnknown(attribute=path[:100])
    if isinstance(attribute, Constant):
        return literal(1)
    if attribute is not None:
        column = attribute.columns[0] if isinstance(attribute, AnyOf) else attribute
        column = column.shown if isinstance(column, Derived) else column
        return column.expression if isinstance(column, InstrumentedAttribute) else column
    if resource.document is None:
        return literal(1)
    text = resource.document.op("#>>", return_type=String())(cast(path.split("."), TEXTS))
    return cast(text, SORTED_AS[kind]) if kind in SORTED_AS else text


def attribute_of(resource: TmfResource, path: str) -> Attribute | None:
    """How the resource keeps the attribute; None when it lies in the document, if anywhere."""
    if path in resource.columns:
        return resource.columns[path]
    steps = path.split(".")
    for length in range(len(steps) - 1, 0, -1):
        outer = resource.columns.get(".".join(steps[:length]))
        if isinstance(outer, Hidden):
            return outer
    return None


def _fits(
    resource: TmfResource, attribute: Attribute | None, criterion: Criterion, operator: str, value: Value
) -> ColumnElement[bool]:
    match attribute:
        case None:
            return _in_document(resource, criterion, operator, value)
        case AlsoInDocument(kept):
            here = _fits(resource, kept, criterion, operator, value)
            return or_(here, _in_document(resource, criterion, operator, value))
        case Hidden() | Fingerprint():
            return _encrypted(attribute, criterion.path, operator, value)
        case _:
            return _kept(attribute, operator, value)


def _encrypted(attribute: Hidden | Fingerprint, path: str, operator: str, value: Value) -> ColumnElement[bool]:
    if isinstance(attribute, Hidden) or operator != "eq":
        raise FilterForbidden(attribute=path)
    return _through(attribute.through, "eq", keyring.fingerprint(attribute.normalised(str(value))))


def _kept(attribute: Column | Through | AnyOf | Derived | Constant, operator: str, value: Value) -> ColumnElement[bool]:
    match attribute:
        case Through():
            return _through(attribute, operator, value)
        case AnyOf(columns):
            return or_(*(_compared(column, operator, value) for column in columns))
        case Derived(shown, kept, stays):
            if operator == "eq" and value in stays:
                return kept == literal(value, literal_execute=True)
            return _compared(shown, operator, value)
        case Constant(known):
            return true() if _same(known, operator, value) else false()
        case _:
            return _compared(attribute, operator, value)


def _through(through: Through, operator: str, value: Value) -> ColumnElement[bool]:
    return through.statement.where(_compared(through.column, operator, value)).exists()


def _same(known: Any, operator: str, value: Value) -> bool:
    if operator == "regex":
        return re.search(re.escape(str(value)), str(known)) is not None
    try:
        return bool(COMPARED[operator](known, value))
    except TypeError:
        return False


def _compared(column: Column, operator: str, value: Value) -> ColumnElement[bool]:
    if operator == "regex":
        return cast(column, String).regexp_match(str(value))
    try:
        fitting = _fitting(column.type, value)
    except ValueError:
        return false()  # a value of another type is nobody's
    compared: ColumnElement[bool] = COMPARED[operator](column, fitting)
    return compared


def _fitting(type_: TypeEngine[Any], value: Value) -> Any:
    """The value as the column's type wants it. Raises ValueError when it cannot be one."""
    wanted = type_.python_type
    if wanted is UUID:
        return UUID(str(value))
    if wanted is date and isinstance(value, datetime):
        return value.date()
    if wanted in (int, Decimal) and not isinstance(value, Decimal):
        raise ValueError(f"{value} is not a number")
    if wanted is str:
        return str(value)
    return value


def _in_document(resource: TmfResource, criterion: Criterion, operator: str, value: Value) -> ColumnElement[bool]:
    if resource.document is None:
        return false()
    path = "$" + "".join(f".{json.dumps(step)}" for step in criterion.path.split("."))
    if criterion.kind == "moment":
        return _moment_in(resource.document, path, operator, value)
    test = _test(criterion.kind, operator, value)
    return resource.document.op("@?", return_type=Boolean())(cast(f"{path} ? ({test})", JSONPATH))


def _moment_in(document: Column, path: str, operator: str, value: Value) -> ColumnElement[bool]:
    """Moments are compared as moments, whatever zone they were written in."""
    found = func.jsonb_path_query(document, cast(path, JSONPATH)).column_valued("found")
    text = found.op("#>>", return_type=String())(cast([], TEXTS))
    moment = text if operator == "regex" else cast(text, DateTime(timezone=True))
    return exists(select(1).where(_compared(moment, operator, value)))


def _test(kind: Kind, operator: str, value: Value) -> str:
    if operator == "regex":
        return f"@ like_regex {json.dumps(str(value), ensure_ascii=False)}"
    sign = JSON_SIGNS[operator]
    if isinstance(value, bool):
        return f"@ {sign} {'true' if value else 'false'}"
    if isinstance(value, Decimal):
        return f"@ {sign} {value:f}"
    tests = [f"@ {sign} {json.dumps(value, ensure_ascii=False)}"]
    if kind == "any":
        tests += _bare(sign, str(value))
    return " || ".join(tests)


def _bare(sign: str, text: str) -> list[str]:
    """A value of any type may have been stored as a number or a truth value."""
    if text in {"true", "false"}:
        return [f"@ {sign} {text}"]
    return [f"@ {sign} {text}"] if re.fullmatch(r"-?(0|[1-9]\d{0,30})(\.\d{1,30})?", text) else []
