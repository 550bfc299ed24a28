"""Where the business knows more than the specification: the bodies that a resource needs to be taken by us."""

from typing import Any

from fastapi.testclient import TestClient
from samples import least, whole

from backend.infra.tmf630.resource import TmfResource

Document = dict[str, Any]
Headers = dict[str, str]
# attributes that PATCH may not change in a resource that was made whole, because a rule of the business keeps them
UNCHANGEABLE: set[tuple[str, str]] = set()


def least_of(_api: TestClient, resource: TmfResource, _headers: Headers) -> Document:
    """The least that is taken."""
    return least(resource)


def whole_of(api: TestClient, resource: TmfResource, headers: Headers) -> Document:
    """Everything that is taken."""
    body = whole(resource)
    if resource.name == "organization":
        parent = api.post(resource.path, json={"tradingName": "parent"}, headers=headers).json()
        child = api.post(resource.path, json={"tradingName": "child"}, headers=headers).json()
        body["organizationParentRelationship"] = {"organization": {"id": parent["id"]}}
        body["organizationChildRelationship"] = [{"organization": {"id": child["id"]}}]
    if resource.name == "billingAccount":
        del body["accountRelationship"], body["accountBalance"]
    return body
