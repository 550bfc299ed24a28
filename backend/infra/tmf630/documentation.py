"""How the routes of a resource stand in the OpenAPI description: with the specification's own schemas."""

from typing import Any

from backend.infra.tmf630.resource import TmfResource
from backend.infra.tmf630.specification import specification

JSON, MERGE_PATCH = "application/json", "application/merge-patch+json"
REFUSALS = {
    400: "The request breaks the specification",
    401: "A token is missing or not valid",
    403: "The caller may not",
    404: "No such resource, as far as the caller may know",
    409: "The state forbids it",
    412: "If-Match names an older state",
    415: "The body is not JSON",
    422: "A rule of the business says no; `reason` is readable to the customer",
    429: "Too many requests",
    503: "An outside system does not answer",
}
USUAL = (400, 401, 403, 404, 503)
LIST_HELP = (
    "Filters: any attribute of the resource by its dotted path (`relatedParty.id=…`); the same parameter again, or "
    "commas, mean *or*; `.gt`, `.gte`, `.lt`, `.lte`, `.ne` and `.regex` after the path compare; an unknown attribute "
    "is refused (400). 200 when the list is complete, 206 when it is a part, 416 past its end; `X-Total-Count` and "
    "`X-Result-Count` count."
)


def of_list(resource: TmfResource) -> dict[str, Any]:
    """Keyword arguments of the list route."""
    listing = {"content": {JSON: {"schema": {"type": "array", "items": _reference(resource)}}}}
    responses = {code: listing | {"description": text} for code, text in LISTED.items()}
    return _route(resource, "list", f"List {resource.name}", responses, USUAL) | {
        "description": LIST_HELP,
        "openapi_extra": {"parameters": [*PAGING, *_filters(resource)]},
    }


def of_read(resource: TmfResource) -> dict[str, Any]:
    """Keyword arguments of the read route."""
    responses = {200: _body(resource, "The resource"), 304: {"description": "If-None-Match names the present state"}}
    extra = {"openapi_extra": {"parameters": [FIELDS]}}
    return _route(resource, "read", f"Read a {resource.name}", responses, USUAL) | extra


def of_create(resource: TmfResource) -> dict[str, Any]:
    """Keyword arguments of the POST route."""
    responses = {201: _body(resource, "Created; `Location` says where")}
    refusals = (*USUAL, 409, 415, 422, 429)
    return _route(resource, "create", f"Create a {resource.name}", responses, refusals) | {
        "openapi_extra": {"requestBody": _request(resource, "Create", (JSON,))},
    }


def of_change(resource: TmfResource) -> dict[str, Any]:
    """Keyword arguments of the PATCH route."""
    responses = {200: _body(resource, "As it is now")}
    refusals = (*USUAL, 409, 412, 415, 422)
    return _route(resource, "patch", f"Change a {resource.name} (JSON merge patch)", responses, refusals) | {
        "openapi_extra": {"requestBody": _request(resource, "Update", (MERGE_PATCH, JSON))},
    }


def of_remove(resource: TmfResource) -> dict[str, Any]:
    """Keyword arguments of the DELETE route."""
    responses = {204: {"description": "Deleted"}}
    return _route(resource, "delete", f"Delete a {resource.name}", responses, (*USUAL, 409, 412))


def _route(
    resource: TmfResource, verb: str, summary: str, responses: dict[int, dict[str, Any]], refusals: tuple[int, ...]
) -> dict[str, Any]:
    error = {"content": {JSON: {"schema": {"$ref": f"#/components/schemas/{resource.api}_Error"}}}}
    refused = {code: error | {"description": REFUSALS[code]} for code in refusals}
    return {
        "operation_id": f"{resource.api}_{verb}_{resource.name}",
        "summary": f"{summary} ({resource.api})",
        "status_code": next(iter(responses)),
        "responses": responses | refused,
        "response_model": None,
    }


def _reference(resource: TmfResource, suffix: str = "") -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{resource.api}_{resource.definition}{suffix}"}


def _body(resource: TmfResource, description: str) -> dict[str, Any]:
    return {"description": description, "content": {JSON: {"schema": _reference(resource)}}}


def _request(resource: TmfResource, verb: str, media: tuple[str, ...]) -> dict[str, Any]:
    known = f"{resource.definition}_{verb}" in specification(resource.api).definitions
    schema = _reference(resource, f"_{verb if known else 'Create'}")
    return {"required": True, "content": {one: {"schema": schema} for one in media}}


def _filters(resource: TmfResource) -> list[dict[str, Any]]:
    properties = specification(resource.api).schema_of(resource.definition, resource.extensions)["properties"]
    scalars = [name for name, schema in properties.items() if schema.get("type") in {"string", "boolean", "integer"}]
    return [_parameter(name, {"type": "string"}) for name in (*scalars, *resource.searches) if name != "href"]


def _parameter(name: str, schema: dict[str, Any], description: str = "") -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": description}


FIELDS = _parameter("fields", {"type": "string"}, "Only these attributes; id and href stay")
PAGING = [
    _parameter("offset", {"type": "integer", "minimum": 0, "default": 0}),
    _parameter("limit", {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}),
    _parameter("sort", {"type": "string"}, "`-startDate,name`"),
    FIELDS,
]
LISTED = {200: "All of them", 206: "A part of them", 416: "There are not that many"}
