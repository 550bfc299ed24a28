"""Bodies made from the specifications: the least that one allows, and one with every attribute in it."""

from collections.abc import Iterator
from typing import Any

from backend.infra.tmf630.resource import TmfResource
from backend.infra.tmf630.specification import Specification, specification

Document = dict[str, Any]
DEEPEST = 3
MOMENT = "2026-11-20T10:15:30Z"
SAMPLES: dict[str, Any] = {"string": "sample", "integer": 3, "number": 2.5, "boolean": True}


def least(resource: TmfResource) -> Document:
    """Only what must be there."""
    return _object(specification(resource.api), f"{resource.definition}_Create", 0, whole=False)


def whole(resource: TmfResource) -> Document:
    """Every attribute, down to some depth."""
    return _object(specification(resource.api), f"{resource.definition}_Create", 0, whole=True)


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted paths of a document and the scalar at each; of arrays all elements, under one path."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(part, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for part in value:
            yield from leaves(part, path)
    else:
        yield path, value


def _object(spec: Specification, definition: str, depth: int, *, whole: bool) -> Document:
    schema = spec.definitions[definition]
    required = set(schema.get("required", ()))
    found: Document = {}
    for name, part in schema["properties"].items():
        value = _value(spec, part, depth, whole=whole) if whole or name in required else None
        if value is not None or name in required:
            found[name] = {} if value is None else value
    return found


def _value(spec: Specification, part: Document, depth: int, *, whole: bool) -> Any:
    if "$ref" in part:
        return _referred(spec, part["$ref"].rsplit("/", 1)[1], depth, whole=whole)
    if part.get("type") == "array":
        one = _value(spec, part["items"], depth, whole=whole)
        return None if one is None else [one]
    if part.get("format") == "date-time":
        return MOMENT
    if part.get("format") == "uri":
        return "https://example.com/schema.json"
    if part.get("format") == "base64":
        return "aGF0aWY="
    return SAMPLES.get(part.get("type", ""), "sample")


def _referred(spec: Specification, name: str, depth: int, *, whole: bool) -> Any:
    schema = spec.definitions[name]
    if "enum" in schema:
        return schema["enum"][0]
    if not schema.get("properties"):
        return "sample"
    if depth >= DEEPEST:
        must = schema.get("required", ())
        found = {n: _value(spec, schema["properties"][n], depth + 1, whole=False) for n in must}
        return {name: {} if value is None else value for name, value in found.items()} or None
    return _object(spec, name, depth + 1, whole=whole)
