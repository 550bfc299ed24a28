"""JSON as it leaves: absolute addresses, exact decimals, moments with their zone, an ETag."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson
from fastapi import Response
from pydantic import BaseModel

NESTED = (dict, list)
OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


def encoded(body: Any) -> bytes:
    """UTF-8 JSON. A Decimal becomes the number it is: 15 digits of a double hold every amount of ours exactly."""
    return orjson.dumps(body, default=_plain, option=OPTIONS)


def plain(body: Any) -> Any:
    """The body as a reader of the answer gets it: strings, numbers, truth values, lists and objects only."""
    return orjson.loads(encoded(body))


def json_answer(body: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An answer with that body."""
    return Response(encoded(body), status_code=status, headers=dict(headers or {}), media_type="application/json")


def etag_of(body: Any) -> str:
    """A strong validator of exactly this representation."""
    content = orjson.dumps(body, default=_plain, option=OPTIONS | orjson.OPT_SORT_KEYS)
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def matches(header: str, etag: str) -> bool:
    """Whether an If-Match or If-None-Match header names the representation."""
    tags = [part.strip().removeprefix("W/") for part in header.split(",")]
    return "*" in tags or etag in tags


def absolute(value: Any, root: str) -> Any:
    """The document with every `href` of ours made absolute; `root` is the public address, without its last slash."""
    if isinstance(value, dict):
        found = {n: absolute(part, root) if isinstance(part, NESTED) else part for n, part in value.items()}
        href = found.get("href")
        if isinstance(href, str) and href.startswith("/"):
            found["href"] = root + href
        return found
    if isinstance(value, list):
        return [absolute(part, root) if isinstance(part, NESTED) else part for part in value]
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, BaseModel):
        return value.model_dump(by_alias=True)
    raise TypeError(f"{type(value).__name__} is not JSON")
