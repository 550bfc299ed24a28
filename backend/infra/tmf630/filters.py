"""TMF630 filters: from query parameters to criteria, checked against the specification. Pure."""

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Literal, Protocol, cast

from backend.infra.tmf630.errors import FilterUnknown, FilterValueInvalid
from backend.infra.tmf630.specification import Kind

Operator = Literal["eq", "ne", "gt", "gte", "lt", "lte", "regex"]
OPERATORS: frozenset[str] = frozenset({"eq", "ne", "gt", "gte", "lt", "lte", "regex"})
RESERVED = frozenset({"offset", "limit", "sort", "fields"})
SIGNS: dict[str, Operator] = {">=": "gte", "<=": "lte", ">": "gt", "<": "lt"}
LONGEST = 500
_SIGN = re.compile(r"^(.+?)(>=|<=|>|<)(.*)$", re.DOTALL)
Value = str | Decimal | bool | datetime


@dataclass(frozen=True, slots=True)
class Criterion:
    """An attribute, how it is compared, and the values of which one must fit (for `ne`: none may)."""

    path: str
    kind: Kind
    operator: Operator
    values: tuple[Value, ...]


class KnownPaths(Protocol):
    """What a filter may name."""

    def kind_of(self, path: str) -> Kind | None:
        """The kind of value that the path leads to; None when there is no such path."""


def criteria(parameters: Iterable[tuple[str, str]], known: KnownPaths) -> list[Criterion]:
    """The criteria of a query string, all of which must hold. The same parameter again, and commas, mean "or".

    Raises FilterUnknown, FilterValueInvalid.
    """
    asked: dict[tuple[str, Kind, Operator], list[Value]] = {}
    for name, text in parameters:
        if name in RESERVED:
            continue
        if len(text) > LONGEST or "\x00" in name + text:
            raise FilterValueInvalid(attribute=name[:100].replace("\x00", ""))
        path, kind, operator, text = _read(name, text, known)  # noqa: PLW2901
        asked.setdefault((path, kind, operator), []).extend(
            _value(path, kind, operator, part) for part in _alternatives(text)
        )
    return [Criterion(path, kind, operator, tuple(values)) for (path, kind, operator), values in asked.items()]


def _read(name: str, text: str, known: KnownPaths) -> tuple[str, Kind, Operator, str]:
    """Path, kind and operator of `a.b.gt=1` or `a.b>=1`, where the query string was split at the first `=`."""
    whole = f"{name}={text}" if name.endswith((">", "<")) else name
    sign = _SIGN.match(whole)
    if sign is not None:
        operator, path, text = SIGNS[sign[2]], sign[1], sign[3]
    else:
        operator, path = "eq", name
    head, _, tail = path.rpartition(".")
    if tail in OPERATORS and sign is None and head and known.kind_of(head) is not None:
        operator, path = cast(Operator, tail), head
    kind = known.kind_of(path)
    if kind is None:
        raise FilterUnknown(attribute=name[:100])
    return path, kind, operator, text


def _alternatives(text: str) -> Sequence[str]:
    """The values between commas; one in double quotes may hold commas itself."""
    return next(csv.reader([text.replace("\n", " ").replace("\r", " ")], skipinitialspace=True), None) or [""]


def _value(path: str, kind: Kind, operator: Operator, text: str) -> Value:
    try:
        return text if operator == "regex" else READERS[kind](text)
    except (ValueError, InvalidOperation, OverflowError) as error:
        raise FilterValueInvalid(attribute=path[:100], value=text[:100]) from error


def _number(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite() or abs(number.adjusted()) > 40:
        raise ValueError
    return number


def _boolean(text: str) -> bool:
    if text.lower() not in {"true", "false"}:
        raise ValueError
    return text.lower() == "true"


def _moment(text: str) -> datetime:
    """An ISO date or date and time; without a zone it is UTC. A blank before the zone is a "+" that was not escaped."""
    moment = datetime.fromisoformat(re.sub(r" (\d\d:?\d\d)$", r"+\1", text))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


READERS: dict[Kind, Callable[[str], Value]] = {
    "text": str,
    "any": str,
    "number": _number,
    "boolean": _boolean,
    "moment": _moment,
}
