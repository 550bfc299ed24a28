"""Orders, cancellations, products and services as TM Forum resources: bodies, filters, patches, and who may."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from customers import Customer
from fastapi.testclient import TestClient
from shopping import item
from sqlalchemy.orm import Session

from backend.access.rules import Level, Role
from backend.ordering import service

ORDER = "/tmf-api/productOrderingManagement/v4/productOrder"
CANCEL = "/tmf-api/productOrderingManagement/v4/cancelProductOrder"
PRODUCT = "/tmf-api/productInventory/v4/product"
SERVICE = "/tmf-api/serviceInventory/v4/service"
MakeCustomer = Callable[..., Customer]
Headers = Callable[..., dict[str, str]]


def party(customer: Customer) -> dict[str, str]:
    return {"id": str(customer.party_id), "role": "customer", "@referredType": "Individual"}


def order_for(customer: Customer, *items: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"relatedParty": [party(customer)], "productOrderItem": list(items), **more}


@pytest.fixture
def admin(staff: Headers) -> dict[str, str]:
    """Headers of an administrator."""
    return staff(Role.ADMIN)


def test_a_minimal_order_is_taken_and_says_what_it_lacks(api: TestClient, admin: dict[str, str]) -> None:
    body = {"productOrderItem": [{"id": "1", "action": "add"}]}

    english = api.post(ORDER, json=body, headers=admin)
    arabic = api.get(english.json()["href"], headers=admin | {"Accept-Language": "ar"}).json()

    order = english.json()
    assert (english.status_code, order["state"], order["productOrderItem"][0]["state"]) == (201, "pending", "pending")
    assert english.headers["location"].endswith(order["id"])
    assert [note["text"] for note in order["note"]] == [
        "The order lacks its customer (relatedParty).",
        "Item 1 lacks its productOffering.",
    ]
    assert "تحديد العميل" in arabic["note"][0]["text"]


def test_what_was_said_comes_back_and_is_found(
    session: Session, api: TestClient, admin: dict[str, str], customer: MakeCustomer
) -> None:
    nora = customer()
    body = order_for(
        nora,
        item(offering="yalla-30", deviceImei="490154203237518"),
        externalId="CRM-77",
        description="second line",
        priority="1",
        channel=[{"id": "shop-3", "name": "Olaya", "role": "shop", "@referredType": "Channel"}],
        note=[{"text": "call before"}],
        requestedStartDate="2026-12-24T08:00:00Z",
    )

    order = api.post(ORDER, json=body, headers=admin).json()

    assert order.get("state") == "acknowledged", order
    assert (order["externalId"], order["channel"][0]["name"], order["note"]) == (
        "CRM-77",
        "Olaya",
        [{"text": "call before"}],
    )
    assert order["relatedParty"][0]["id"] == str(nora.party_id)
    found = order["productOrderItem"][0]
    assert found["itemPrice"][0]["price"]["taxIncludedAmount"] == {"unit": "SAR", "value": 30.0}
    assert found["product"]["productCharacteristic"][0]["value"] == "490154203237518"
    for query in (
        f"externalId=CRM-77&orderNo={order['orderNo'].lower()}",
        "channel.name=Olaya",
        "productOrderItem.productOffering.id=yalla-30",
        "productOrderItem.productOffering.name=Yalla 30",
        "productOrderItem.product.status=created",
        "productOrderItem.itemPrice.priceType=recurring&externalId.ne=other&description=second line",
        f"relatedParty.id={nora.party_id}&state=acknowledged",
        "requestedStartDate.gte=2026-12-24&requestedStartDate.lt=2026-12-25",
        "note.text=call before",
    ):
        listed = api.get(f"{ORDER}?{query}", headers=admin).json()
        assert [one["id"] for one in listed] == [order["id"]], query
    assert api.get(f"{ORDER}?nonsense=1", headers=admin).status_code == 400
    session.expire_all()


def test_a_patch_amends_and_supplies_what_was_missing(
    session: Session, api: TestClient, admin: dict[str, str], customer: MakeCustomer
) -> None:
    body = {"productOrderItem": [{"id": "1", "action": "add"}]}
    order = api.post(ORDER, json=body, headers=admin).json()
    address = order["href"]
    named = api.patch(address, json={"description": "for later", "externalId": "X-1"}, headers=admin).json()
    assert (named["state"], named["description"], named["externalId"], len(named["note"])) == (
        "pending", "for later", "X-1", 2,
    )  # fmt: skip

    whole = order_for(customer(), item(offering="yalla-30"))
    fixed = api.patch(address, json=whole, headers=admin).json()

    assert (fixed["state"], fixed["description"], "note" in fixed) == ("acknowledged", "for later", False)
    service.fulfil_order(session, fixed["id"])
    session.expire_all()
    done = api.get(address, headers=admin).json()
    assert (done["state"], done["productOrderItem"][0]["product"]["msisdn"][:8]) == ("completed", "+9665501")
    refused = api.patch(address, json={"productOrderItem": [{"id": "1", "action": "add"}]}, headers=admin)
    assert (refused.status_code, refused.json()["code"]) == (409, "order_under_way")
    assert api.patch(address, json={"state": "cancelled"}, headers=admin).json()["code"] == "state_is_not_written"
    assert api.patch(address, json={"description": "done"}, headers=admin).json()["description"] == "done"
    assert api.delete(address, headers=admin).json()["code"] == "order_is_a_record"


def test_an_order_is_cancelled_by_a_resource_of_its_own(
    api: TestClient, admin: dict[str, str], customer: MakeCustomer
) -> None:
    body = order_for(customer(), item(offering="yalla-30"), requestedStartDate="2026-12-24T08:00:00Z")
    order = api.post(ORDER, json=body, headers=admin).json()

    wish = api.post(
        CANCEL, json={"productOrder": {"id": order["id"]}, "cancellationReason": "moved away"}, headers=admin
    )

    assert (wish.status_code, wish.json()["state"], wish.json()["cancellationReason"]) == (201, "done", "moved away")
    assert api.get(wish.json()["href"], headers=admin).json()["state"] == "done"
    assert [one["id"] for one in api.get(f"{CANCEL}?productOrder.id={order['id']}&state=done", headers=admin).json()]
    again = api.post(CANCEL, json={"productOrder": {"id": order["id"]}}, headers=admin)
    assert (again.status_code, again.json()["code"]) == (409, "order_past_cancelling")
    unknown = api.post(CANCEL, json={"productOrder": {"id": str(uuid4())}}, headers=admin)
    assert unknown.status_code == 404


def test_a_verified_customer_orders_for_themselves_only(
    api: TestClient, conversation: Headers, customer: MakeCustomer
) -> None:
    nora, other = customer(), customer(offering="yalla-30")
    body = {"productOrderItem": [item(offering="data-1gb", line=nora.product_id)]}

    known = api.post(ORDER, json=body, headers=conversation(Level.CHANNEL, nora.party_id))
    mine = api.post(ORDER, json=body, headers=conversation(Level.VERIFIED, nora.party_id))
    theirs = api.post(
        ORDER, json=order_for(other, item(offering="yalla-30")), headers=conversation(Level.VERIFIED, nora.party_id)
    )
    unchecked = api.post(
        ORDER,
        json={"productOrderItem": [item(offering="mofawtar-200")]},
        headers=conversation(Level.VERIFIED, other.party_id),
    )

    assert (known.status_code, known.json()["code"]) == (403, "verification_required")
    assert (mine.status_code, mine.json()["relatedParty"][0]["id"]) == (201, str(nora.party_id))
    assert (theirs.status_code, theirs.json()["code"]) == (422, "customer_unknown")
    assert (unchecked.status_code, unchecked.json()["code"]) == (422, "credit_check_needed")
    seen = api.get(ORDER, headers=conversation(Level.VERIFIED, other.party_id)).json()
    assert mine.json()["id"] not in [one["id"] for one in seen]


def test_a_product_tells_what_it_stands_on_and_is_found_by_it(
    api: TestClient, admin: dict[str, str], customer: MakeCustomer
) -> None:
    nora = customer(offering="fibre-100")

    product = api.get(f"{PRODUCT}/{nora.product_id}", headers=admin).json()

    assert product["accountNumber"] == nora.number
    assert [one["name"] for one in product["realizingService"]] == ["fixedInternet", "fibreAccess"]
    assert [one["name"] for one in product["realizingResource"]] == ["number", "port"]
    assert product["productTerm"][0]["duration"] == {"amount": 12, "units": "month"}
    assert product["productOrderItem"][0]["orderItemAction"] == "add"
    for query in (
        "productCharacteristic.value=" + quote(nora.number),
        "accountNumber=" + quote(nora.number),
        "realizingService.name=fibreAccess",
        "productPrice.price.dutyFreeAmount.value=180",
        "productPrice.recurringChargePeriod=1 month",
        "productOffering.name=Fibre 100&status=active",
        "name.regex=^Fibre",
        "place.name=الرياض",
        "productTerm.duration.amount=12",
    ):
        assert [one["id"] for one in api.get(f"{PRODUCT}?{query}", headers=admin).json()] == [product["id"]], query


def test_records_from_elsewhere_are_kept_changed_and_forgotten(api: TestClient, admin: dict[str, str]) -> None:
    for address, body, state in (
        (PRODUCT, {"status": "created"}, "status"),
        (SERVICE, {"state": "designed", "serviceSpecification": {"id": "7", "href": "http://a.example/7"}}, "state"),
    ):
        made = api.post(address, json=body, headers=admin)
        assert made.status_code == 201, made.text
        own = made.json()["href"]
        changed = api.patch(own, json={state: "active", "description": "legacy"}, headers=admin).json()
        assert (changed[state], changed["description"]) == ("active", "legacy")
        assert api.get(f"{address}?description=legacy", headers=admin).json()[0]["id"] == made.json()["id"]
        assert api.delete(own, headers=admin).status_code == 204
        assert api.get(own, headers=admin).status_code == 404


def test_a_product_that_we_carry_changes_its_status_by_orders_only(
    api: TestClient, admin: dict[str, str], staff: Headers, customer: MakeCustomer
) -> None:
    own = f"{PRODUCT}/{customer().product_id}"

    refused = api.patch(own, json={"status": "suspended"}, headers=admin)
    described = api.patch(own, json={"description": "for my mother", "name": "Mum"}, headers=admin).json()
    priced = api.patch(own, json={"productPrice": []}, headers=admin)

    assert (refused.status_code, refused.json()["code"]) == (409, "status_is_ordered")
    assert "modify (status: suspended)" in refused.json()["title"]
    assert (described["description"], described["name"], described["status"]) == ("for my mother", "Mum", "active")
    assert priced.json()["code"] == "not_ours_to_change"
    assert api.delete(own, headers=admin).json()["code"] == "product_is_provisioned"
    assert api.patch(own, json={"description": "x"}, headers=staff(Role.AGENT)).status_code == 403


def test_a_service_names_its_parts_and_changes_by_orders_only(
    api: TestClient, admin: dict[str, str], customer: MakeCustomer
) -> None:
    nora = customer()

    found = api.get(f"{SERVICE}?relatedEntity.id={nora.product_id}", headers=admin).json()

    assert [(one["name"], one["category"], one["state"]) for one in found] == [
        ("mobileLine", "CustomerFacingService", "active")
    ]
    assert found[0]["supportingService"][0]["name"] == "mobileAccess"
    assert [one["name"] for one in found[0]["supportingResource"]] == ["msisdn", "iccid"]
    refused = api.patch(found[0]["href"], json={"state": "terminated"}, headers=admin)
    assert (refused.status_code, refused.json()["code"]) == (409, "service_is_carried")
    kept = api.patch(found[0]["href"], json={"description": "main"}, headers=admin)
    assert kept.json()["description"] == "main"


def test_staff_see_the_fallout_queue_and_only_leaders_settle_it(api: TestClient, staff: Headers) -> None:
    queue = "/ordering/v1/fallout"

    assert api.get(queue, headers=staff(Role.AGENT)).json() == []
    assert api.post(f"{queue}/{uuid4()}/retry", headers=staff(Role.AGENT)).status_code == 403
    unknown = api.post(f"{queue}/{uuid4()}/cancel", headers=staff(Role.SUPERVISOR))
    assert (unknown.status_code, unknown.json()["code"]) == (404, "fallout_not_found")
