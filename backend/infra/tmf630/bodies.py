"""Bodies on their way in: checked against the specification before any domain sees them."""

import math
from functools import cache
from typing import Any

from backend.infra.tmf630.errors import BodyInvalid
from backend.infra.tmf630.merge_patch import merged, without_nulls
from backend.infra.tmf630.resource import Document, TmfResource
from backend.infra.tmf630.specification import Validator, specification

DEEPEST, MISTAKES_AT_MOST = 30, 20


def new_body(resource: TmfResource, body: object) -> Document:
    """The body of a POST. Raises BodyInvalid, naming each mistake."""
    return _checked(create_validator(resource), _object(body))


def changed_body(resource: TmfResource, current: Document, patch: object) -> tuple[Document, frozenset[str]]:
    """The whole resource after a merge patch, and the first-level names that it touches. Raises BodyInvalid."""
    asked = {name: value for name, value in _object(patch).items() if not _said_again(name, value, current)}
    of_patch, of_whole = change_validators(resource)
    _checked(of_patch, without_nulls(asked))
    removed = {name for name, value in asked.items() if value is None}
    missing = removed & create_validator(resource).mandatory
    unknown = removed - of_patch.properties
    if missing or unknown:
        raise BodyInvalid(
            errors=[{"field": name, "message": "cannot be removed"} for name in sorted(missing | unknown)]
        )
    whole = merged(current, asked)
    _checked(of_whole, {name: whole[name] for name in asked if name in whole})
    return whole, frozenset(asked)


def _said_again(name: str, value: object, current: Document) -> bool:
    """A client may send back the address with the rest; it may not give another one."""
    return name in {"id", "href"} and value == current.get(name)


@cache
def create_validator(resource: TmfResource) -> Validator:
    """What a new resource must keep; of one that nobody creates by a request, what a change must."""
    spec, definition = specification(resource.api), f"{resource.definition}_Create"
    definition = definition if definition in spec.definitions else f"{resource.definition}_Update"
    return Validator(spec, definition, extensions=_writable(resource), strict=True)


@cache
def change_validators(resource: TmfResource) -> tuple[Validator, Validator]:
    """What a merge patch must keep by itself (nothing unknown), and what its outcome must keep (nothing missing)."""
    spec, definition = specification(resource.api), f"{resource.definition}_Update"
    definition = definition if definition in spec.definitions else f"{resource.definition}_Create"
    extensions = _writable(resource)
    return (
        Validator(spec, definition, extensions=extensions, strict=True, required="none"),
        Validator(spec, definition, extensions=extensions, strict=False, required="nested"),
    )


def _writable(resource: TmfResource) -> dict[str, Document]:
    return {name: schema for name, schema in resource.extensions.items() if not schema.get("readOnly")}


def _object(body: object) -> Document:
    if not isinstance(body, dict):
        raise BodyInvalid(errors=[{"field": "", "message": "the body must be a JSON object"}])
    mistake = _unstorable(body, 0)
    if mistake is not None:
        raise BodyInvalid(errors=[{"field": "", "message": mistake}])
    return body


def _checked(validator: Validator, body: Document) -> Document:
    mistakes = validator.mistakes(body)
    if mistakes:
        raise BodyInvalid(mistakes[0]["message"], errors=mistakes[:MISTAKES_AT_MOST])
    return body


def _unstorable(value: Any, depth: int) -> str | None:
    """What JSON allows and PostgreSQL or the specification does not: NUL, lone surrogates, NaN, bottomless nesting."""
    if depth > DEEPEST:
        return f"nested deeper than {DEEPEST} levels"
    if isinstance(value, str):
        return _unstorable_text(value)
    if isinstance(value, int | float) and not _fits(value):
        return "numbers must be finite, and whole ones must fit 64 bits"
    parts = [*value.keys(), *value.values()] if isinstance(value, dict) else value
    if not isinstance(parts, list):
        return None
    return next((mistake for part in parts if (mistake := _unstorable(part, depth + 1))), None)


def _fits(number: float) -> bool:
    return abs(number) < 2**63 if isinstance(number, int) else math.isfinite(number)


def _unstorable_text(text: str) -> str | None:
    storable = "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
    return None if storable else "text must not hold NUL or half characters"
