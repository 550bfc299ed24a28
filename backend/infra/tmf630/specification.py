"""The specifications of TM Forum: what a resource may hold, which paths it has, what a body must keep."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import jsonschema_rs

HERE = Path(__file__).parent / "specifications"
Kind = Literal["text", "number", "boolean", "moment", "any"]
Document = dict[str, Any]
ANYTHING: Document = {}


class Specification:
    """One API's definitions."""

    def __init__(self, api: str, content: Document) -> None:
        self.api = api
        self.title: str = content["title"]
        self.definitions: dict[str, Document] = {
            name: _mended(name, schema) for name, schema in content["definitions"].items()
        }

    def schema_of(self, definition: str, extensions: Mapping[str, Document]) -> Document:
        """The definition with the attributes that we add to it."""
        schema = self.definitions[definition]
        return schema | {"properties": schema["properties"] | dict(extensions)}

    def kind_of(self, definition: str, path: str, extensions: Mapping[str, Document]) -> Kind | None:
        """What a dotted path leads to; None when the definition has no such attribute.

        Paths go through arrays without an index. A path into a value of any type is "any".
        """
        schema: Document = self.schema_of(definition, extensions)
        for step in path.split("."):
            schema = self._resolved(schema)
            if schema == ANYTHING:
                return "any"
            if step not in schema.get("properties", {}):
                return None
            schema = schema["properties"][step]
        return _kind(self._resolved(schema))

    def components(self) -> Iterator[tuple[str, Document]]:
        """Every definition as an OpenAPI component: `TMF632_Individual`."""
        for name, schema in self.definitions.items():
            yield f"{self.api}_{name}", _with_refs(schema, f"#/components/schemas/{self.api}_")

    def _resolved(self, schema: Document) -> Document:
        while "$ref" in schema or schema.get("type") == "array":
            inner: Document = schema["items"] if "$ref" not in schema else self._named(schema["$ref"])
            schema = inner
        return {} if set(schema) <= {"description"} else schema

    def _named(self, reference: str) -> Document:
        return self.definitions[reference.rsplit("/", 1)[1]]


class Validator:
    """Checks JSON against a definition: types, required attributes, enums, formats; `strict` refuses unknown names."""

    def __init__(
        self,
        specification: Specification,
        definition: str,
        *,
        extensions: Mapping[str, Document] = ANYTHING,
        strict: bool,
        required: Literal["all", "nested", "none"] = "all",
    ) -> None:
        definitions = {
            name: _closed(schema, strict=strict, required=required != "none")
            for name, schema in specification.definitions.items()
        }
        top = specification.schema_of(definition, extensions)
        self.properties = frozenset(top["properties"])
        self.mandatory = frozenset(top.get("required", ()))
        root = _closed(top, strict=strict, required=required == "all")
        self._schema = jsonschema_rs.Draft7Validator(root | {"definitions": definitions}, validate_formats=True)

    def mistakes(self, body: object) -> list[dict[str, str]]:
        """What is wrong, with the path of each mistake; empty when nothing is."""
        return [
            {"field": ".".join(map(str, error.instance_path)), "message": error.message[:300]}
            for error in self._schema.iter_errors(body)
        ]


@cache
def specification(api: str) -> Specification:
    """The specification of an API ("TMF632"), read once a process."""
    return Specification(api, json.loads((HERE / f"{api}.json").read_text(encoding="utf-8")))


def _mended(name: str, schema: Document) -> Document:
    """What TM Forum's files get wrong: a required name without a property, an enum value with a blank at its end.

    TMF622 forgot the value of a characteristic, a "name/value pair".
    """
    missing = {name: {"type": "string"} for name in schema.get("required", ()) if name not in schema["properties"]}
    if name == "Characteristic" and "value" not in schema["properties"]:
        missing["value"] = ANYTHING
    mended = schema | {"properties": schema["properties"] | missing} if missing else schema
    if "enum" in mended:
        mended = mended | {"enum": list(dict.fromkeys([*mended["enum"], *(value.strip() for value in mended["enum"])]))}
    return mended


def _kind(schema: Document) -> Kind | None:
    if schema == ANYTHING:
        return "any"
    if schema.get("format") == "date-time":
        return "moment"
    kinds: dict[str, Kind] = {"string": "text", "number": "number", "integer": "number", "boolean": "boolean"}
    return kinds.get(schema.get("type", ""))


def _closed(schema: Document, *, strict: bool, required: bool) -> Document:
    kept = {name: _with_uri_references(part) for name, part in schema.items() if name != "required"}
    if required and schema.get("required"):
        kept["required"] = schema["required"]
    if strict and "properties" in schema:
        kept["additionalProperties"] = False
    return kept


def _with_uri_references(part: Any) -> Any:
    """Callers may refer to our own resources by path alone."""
    if isinstance(part, list):
        return [_with_uri_references(one) for one in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return {"$ref": part["$ref"]}
    known = {"format": "uri-reference"} if part.get("format") == "uri" else {}
    dropped = {"float", "base64"}
    kept = {
        k: _with_uri_references(v)
        for k, v in part.items()
        if not (k == "format" and isinstance(v, str) and v in dropped)
    }
    return kept | known


def _with_refs(part: Any, prefix: str) -> Any:
    if isinstance(part, list):
        return [_with_refs(one, prefix) for one in part]
    if not isinstance(part, dict):
        return part
    if isinstance(part.get("$ref"), str):
        return {"$ref": prefix + part["$ref"].rsplit("/", 1)[1]}
    return {key: _with_refs(value, prefix) for key, value in part.items()}
