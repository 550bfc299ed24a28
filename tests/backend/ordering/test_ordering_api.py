"""Orders, products, people and services over HTTP: each caller sees only what is theirs."""

from collections.abc import Callable
from uuid import UUID, uuid4

from fastapi.testclient import TestClient

from backend.access.rules import Caller
from backend.infra.database import Database
from backend.ordering import jobs
from tests.backend.ordering.conftest import approved, converse

ORDERS = "/tmf-api/productOrderingManagement/v4/productOrder"
PRODUCTS = "/tmf-api/productInventory/v4/product"
SERVICES = "/tmf-api/serviceInventory/v4/service"
PEOPLE = "/tmf-api/party/v4/individual"
Headers = Callable[[Caller], dict[str, str]]
Verify = Callable[[Caller], None]


def approved_order(application_id: object) -> dict[str, object]:
    """The body that orders what an application was approved for."""
    return {
        "productOfferingQualification": [{"id": str(application_id)}],
        "productOrderItem": [{"id": "1", "action": "add"}],
    }


def applicant(database: Database, n: int, offering: str = "mofawtar-100") -> tuple[Caller, UUID]:
    with database.transaction() as session:
        caller = converse(session)
        return caller, approved(session, caller, n, offering)


def test_an_order_is_placed_once_a_key_and_seen_once_verified(
    client: TestClient, shop_database: Database, headers: Headers, verified: Verify
) -> None:
    caller, application_id = applicant(shop_database, 51)
    asked = headers(caller) | {"Idempotency-Key": str(uuid4()), "Accept-Language": "ar"}
    body = approved_order(application_id)

    first = client.post(ORDERS, json=body, headers=asked)
    again = client.post(ORDERS, json=body, headers=asked)
    keyless = client.post(ORDERS, json=body, headers=headers(caller))

    order = first.json()
    assert (first.status_code, again.json()) == (201, order)
    assert keyless.json()["orderNo"] == order["orderNo"]
    assert (order["state"], order["@type"]) == ("acknowledged", "ProductOrder")
    item = order["productOrderItem"][0]
    assert (item["productOffering"]["name"], "msisdn" in item["product"]) == ("مفوتر ١٠٠", False)

    hidden = client.get(ORDERS, headers=asked)
    assert (hidden.status_code, hidden.json()["code"]) == (403, "verification_required")
    assert hidden.json()["customerKnown"] is True

    jobs.fulfil(shop_database, UUID(order["id"]), last_try=False)
    verified(caller)
    listed = client.get(f"{ORDERS}?sort=-orderDate&limit=5", headers=asked).json()
    assert [(o["orderNo"], o["state"]) for o in listed] == [(order["orderNo"], "completed")]
    assert listed[0]["productOrderItem"][0]["product"]["msisdn"].startswith("+9665501")
    assert client.get(f"{ORDERS}?orderNo={order['orderNo'].lower()}", headers=asked).json() == listed
    assert client.get(f"{ORDERS}?orderNo=ORD-2026-999999", headers=asked).json() == []


def test_the_same_key_with_another_body_is_refused(
    client: TestClient, shop_database: Database, headers: Headers
) -> None:
    caller, application_id = applicant(shop_database, 52)
    asked = headers(caller) | {"Idempotency-Key": str(uuid4())}
    client.post(ORDERS, json=approved_order(application_id), headers=asked)

    other = client.post(ORDERS, json=approved_order(uuid4()), headers=asked)

    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_each_refused_order_says_why(client: TestClient, shop_database: Database, headers: Headers) -> None:
    caller, application_id = applicant(shop_database, 53)
    with shop_database.transaction() as session:
        stranger = converse(session)
    draft = client.post("/acquisition/v1/application", json={}, headers=headers(stranger)).json()["id"]

    def code(application: object, asked: dict[str, str]) -> tuple[int, str]:
        answer = client.post(ORDERS, json=approved_order(application), headers=asked)
        return answer.status_code, answer.json()["code"]

    assert code(application_id, headers(stranger)) == (404, "application_not_found")
    assert code(uuid4(), headers(caller)) == (404, "application_not_found")
    assert code(draft, headers(stranger)) == (409, "application_not_approved")
    assert code("nothing", headers(caller)) == (404, "application_not_found")
    assert code(application_id, {}) == (401, "unauthorized")


def test_a_customer_sees_their_own_things_and_nobody_elses(
    client: TestClient, shop_database: Database, headers: Headers, verified: Verify, agent: dict[str, str]
) -> None:
    seen: list[dict[str, str]] = []
    for n in (54, 55):
        caller, application_id = applicant(shop_database, n, "fibre-100" if n == 55 else "yalla-30")
        order = client.post(ORDERS, json=approved_order(application_id), headers=headers(caller)).json()
        jobs.fulfil(shop_database, UUID(order["id"]), last_try=False)
        verified(caller)
        asked = headers(caller)
        addresses = {"order": f"{ORDERS}/{order['id']}"}
        for name, path in (("product", PRODUCTS), ("service", SERVICES), ("person", PEOPLE)):
            found = client.get(path, headers=asked)
            facing = [one for one in found.json() if one.get("category") != "ResourceFacingService"]
            assert (found.status_code, len(facing)) == (200, 1)
            addresses[name] = f"{path}/{facing[0]['id']}"
        seen.append(asked | addresses)

    for name in ("order", "product", "service", "person"):
        for mine, theirs in (seen, seen[::-1]):
            own = {k: mine[k] for k in ("Authorization", "X-Conversation-Id")}
            assert client.get(mine[name], headers=own).status_code == 200
            assert client.get(theirs[name], headers=own).status_code == 404
            assert client.get(theirs[name], headers=agent).status_code == 200
            assert client.get(mine[name]).status_code == 401


def test_products_carry_number_or_line_number_and_their_price(
    client: TestClient, shop_database: Database, agent: dict[str, str]
) -> None:
    for n, offering in ((56, "mofawtar-200"), (57, "fibre-300")):
        caller, application_id = applicant(shop_database, n, offering)
        body = approved_order(application_id)
        conversation = {"Authorization": "Bearer " + "a" * 40, "X-Conversation-Id": str(caller.conversation_id)}
        order = client.post(ORDERS, json=body, headers=conversation).json()
        jobs.fulfil(shop_database, UUID(order["id"]), last_try=False)

    newest = client.get(
        f"{PRODUCTS}?status=active&sort=-startDate&limit=2", headers=agent | {"Accept-Language": "en"}
    ).json()

    fibre, mobile = newest
    assert (fibre["name"], "msisdn" in fibre, "accountNumber" in mobile) == ("Fibre 300", False, False)
    assert fibre["accountNumber"].startswith("+96611")
    assert mobile["msisdn"].startswith("+96655")
    price = {"price": {"dutyFreeAmount": {"unit": "SAR", "value": 250.0}}, "recurringChargePeriod": "1 month"}
    assert fibre["productPrice"][0] | price == fibre["productPrice"][0]
    assert client.get(f"{PRODUCTS}?status=suspended", headers=agent).json() == []


def test_a_persons_identity_number_is_masked(
    client: TestClient, shop_database: Database, headers: Headers, agent: dict[str, str]
) -> None:
    caller, application_id = applicant(shop_database, 58)
    client.post(ORDERS, json=approved_order(application_id), headers=headers(caller))

    person = client.get(f"{PEOPLE}?limit=1", headers=agent).json()[0]

    assert person["individualIdentification"][0]["identificationId"].startswith("••••••••")
    assert person["@type"] == "Individual"
    assert person["status"] == "validated"
