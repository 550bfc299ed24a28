"""Where the business knows more than the specification: the bodies that a resource needs to be taken by us."""

from typing import Any

from fastapi.testclient import TestClient
from samples import least, whole

from backend.infra.tmf630.resource import TmfResource

Document = dict[str, Any]
Headers = dict[str, str]
# attributes that PATCH may not change in a resource that was made whole, because a rule of the business keeps them
UNCHANGEABLE: set[tuple[str, str]] = set()


def least_of(api: TestClient, resource: TmfResource, headers: Headers) -> Document:
    """The least that is taken."""
    body = least(resource)
    if resource.api == "TMF676":
        return _of_an_account(api, resource, body, headers)
    return _of_an_order(api, body, headers) if resource.name == "cancelProductOrder" else body


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
    if resource.name == "topupBalance":
        del body["voucher"]  # codes are kept nowhere
    if resource.name == "productOrder":
        del body["productOfferingQualification"]  # it would be an application
        _without_unknown_things(body["productOrderItem"][0])
    if resource.api == "TMF676":
        return _of_an_account(api, resource, body, headers)
    return _of_an_order(api, body, headers) if resource.name == "cancelProductOrder" else body


def _of_an_account(api: TestClient, resource: TmfResource, body: Document, headers: Headers) -> Document:
    """Money is paid on an account of a customer's, in our currency and in cash; a refund is of such a payment."""
    individual = {"givenName": "Noura", "familyName": "Al Qahtani"}
    party = api.post("/tmf-api/party/v4/individual", json=individual, headers=headers).json()
    owner = {"id": party["id"], "name": "Noura", "role": "customer", "@referredType": "Individual"}
    account = {"name": "paid", "relatedParty": [owner]}
    made = api.post("/tmf-api/accountManagement/v4/billingAccount", json=account, headers=headers).json()
    body["account"] = body["account"] | {"id": made["id"]}
    body["totalAmount"] = {"unit": "SAR", "value": 12.5}
    body["paymentMethod"] = body["paymentMethod"] | {"@type": "cash"}
    if resource.name == "refund":
        payment = {name: body[name] for name in ("account", "totalAmount", "paymentMethod")}
        paid = api.post(f"{resource.base}/payment", json=payment, headers=headers).json()
        body["payment"] = body.get("payment", {}) | {"id": paid["id"]}
        body["payment"].update({name: body[name] for name in ("account", "totalAmount") if name in body["payment"]})
    return body


def _of_an_order(api: TestClient, body: Document, headers: Headers) -> Document:
    """A cancellation is of an order that there is."""
    draft = {"productOrderItem": [{"id": "1", "action": "add"}]}
    order = api.post("/tmf-api/productOrderingManagement/v4/productOrder", json=draft, headers=headers).json()
    return body | {"productOrder": body["productOrder"] | {"id": order["id"]}}


def _without_unknown_things(item: Document) -> None:
    """What is ordered must be in the catalogue, and what it relies on in the order."""
    del item["productOffering"], item["productOrderItemRelationship"]
    del item["product"]["productOffering"], item["product"]["productRelationship"]
