"""TMF620 as other systems see it: what the file says is served whole, and may be written over the API."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from catalog_files import entry
from customers import Customer
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from backend.access.rules import Role
from backend.catalog import resources, service
from backend.catalog.documents import BASE
from backend.infra.tmf630.resource import TmfResource
from backend.infra.tmf630.specification import Validator, specification
from backend.kernel.clock import Clock

Headers = dict[str, str]
OFFERING, PRICE = f"{BASE}/productOffering", f"{BASE}/productOfferingPrice"
EVERY = [resource for resource, _ in (*resources.WRITINGS, *resources.JOBS)]
MINIMAL: dict[str, dict[str, Any]] = {"importJob": {"url": "file:x.yml"}, "exportJob": {"url": "file:x.yml"}}


@pytest.fixture(autouse=True)
def catalogue(session: Session) -> None:
    service.load(session)


@pytest.fixture
def admin(staff: Callable[..., Headers]) -> Headers:
    return staff(Role.ADMIN)


def body_of(api: TestClient, path: str, **headers: str) -> Any:
    answer = api.get(path, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("resource", EVERY, ids=lambda resource: resource.name)
def test_the_fewest_words_are_enough_and_every_answer_keeps_the_specification(
    resource: TmfResource, api: TestClient, admin: Headers
) -> None:
    made = api.post(resource.path, json=MINIMAL.get(resource.name, {"name": "Mine"}), headers=admin)
    listed = api.get(resource.path, headers=admin)
    read = api.get(f"{resource.path}/{made.json()['id']}", headers=admin)

    keeps = Validator(specification(resource.api), resource.definition, extensions=resource.extensions, strict=False)
    assert (made.status_code, listed.status_code, read.status_code) == (201, 200, 200)
    assert made.json() == read.json() in listed.json()
    assert made.headers["location"] == made.json()["href"]
    assert [keeps.mistakes(one) for one in listed.json()] == [[]] * len(listed.json())
    assert api.delete(f"{resource.path}/{made.json()['id']}", headers=admin).status_code == 204
    assert api.get(f"{resource.path}/{made.json()['id']}", headers=admin).status_code == 404


@pytest.mark.parametrize("resource", EVERY, ids=lambda resource: resource.name)
def test_every_attribute_that_is_shown_can_be_searched(resource: TmfResource, api: TestClient, admin: Headers) -> None:
    api.post(resource.path, json=MINIMAL.get(resource.name, {"name": "Mine"}), headers=admin)
    for body in api.get(resource.path, headers=admin).json():
        for name, value in body.items():
            if isinstance(value, str | bool | int | float) and name not in {"@type", "href"}:
                asked = f'"{value}"' if isinstance(value, str) else str(value).lower()
                found = api.get(resource.path, params={name: asked}, headers=admin)
                assert body["id"] in [one["id"] for one in found.json()], (name, value, found.text[:200])


def test_an_offering_of_the_file_is_served_with_all_its_conditions(api: TestClient) -> None:
    plan = body_of(api, f"{OFFERING}/shabab-75")

    assert (plan["name"], plan["lifecycleStatus"], plan["isSellable"], plan["version"]) == (
        "Shabab 75",
        "Launched",
        True,
        "1.0",
    )
    assert [one["priceType"] for one in plan["productOfferingPrice"]] == [
        "recurring",
        "oneTime",
        "usage",
        "usage",
        "usage",
        "discount",
    ]
    assert plan["productOfferingPrice"][0]["price"] == {"unit": "SAR", "value": 75.0}
    assert plan["category"][0] == {
        "id": "mobilePostpaid",
        "href": f"{BASE}/category/mobilePostpaid",
        "name": "Mobile postpaid",
    } | {"href": plan["category"][0]["href"]}
    assert plan["allowances"] == ["12 GB", "300 minutes"]


def test_a_contract_and_its_exit_fee_are_told(api: TestClient) -> None:
    plan = body_of(api, f"{OFFERING}/fibre-100")

    assert plan["productOfferingTerm"] == [
        {
            "name": "Contract",
            "duration": {"amount": 12.0, "units": "month"},
            "description": "Leaving early costs SAR 50.00 for each month of the contract that is left.",
        }
    ]
    assert (plan["contractMonths"], plan["exitFeePerMonth"]) == (12, {"unit": "SAR", "value": 50.0})


def test_every_reference_of_an_offering_leads_somewhere(api: TestClient) -> None:
    for offering in body_of(api, OFFERING):
        refs = [*offering["productOfferingPrice"], *offering["category"], offering["productSpecification"]]
        refs += offering.get("bundledProductOffering", [])
        assert [api.get(ref["href"]).status_code for ref in refs] == [200] * len(refs)


def test_names_come_in_the_language_asked_for(api: TestClient) -> None:
    plan = body_of(api, f"{OFFERING}/mofawtar-100", **{"Accept-Language": "ar"})
    price = body_of(api, plan["productOfferingPrice"][1]["href"], **{"Accept-Language": "ar"})

    assert (plan["name"], plan["category"][0]["name"]) == ("مفوتر ١٠٠", "جوال مفوتر")
    assert price["name"] == "المكالمات خارج الباقة"
    assert body_of(api, f"{BASE}/category/roaming", **{"Accept-Language": "ar"})["name"] == "التجوال"


def test_a_price_of_each_type_says_what_it_is_for(api: TestClient) -> None:
    recurring = body_of(api, f"{PRICE}/yalla-30-1.0-recurring")
    usage = body_of(api, f"{PRICE}/mofawtar-100-1.0-usage-data")
    discount = body_of(api, f"{PRICE}/shabab-75-1.0-discount-1")

    assert (recurring["recurringChargePeriodType"], recurring["recurringChargePeriodLength"]) == ("day", 28)
    assert (recurring["price"], recurring["taxIncluded"]) == ({"unit": "SAR", "value": 30.0}, True)
    assert (usage["unitOfMeasure"], usage["monthlyCap"]["value"]) == ({"amount": 1.0, "units": "MB"}, 50.0)
    assert (discount["percentage"], discount["productOfferingTerm"][0]["duration"]["amount"]) == (20.0, 6.0)
    assert discount["validFor"]["endDateTime"].startswith("2027-08-31T23:59:59")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=fixedPostpaid", ["fibre-100", "fibre-300", "landline"]),
        ("customerType=business", ["business-line", "business-world"]),
        ("customerTypes=business&kind=addOn", ["data-1gb", "data-5gb", "gulf-plus"]),
        ("name=يلا ٣٠", ["yalla-30"]),
        ("category.id=roaming", ["gulf-plus"]),
        ("productOfferingPrice.id=fibre-300-1.0-recurring", ["fibre-300"]),
        ("isBundle=true", ["family-pack"]),
        ("bundledProductOffering.id=fibre-300", ["family-pack"]),
        ("match=فايبر", ["fibre-100", "fibre-300"]),
        ("match=good morning", []),
        ("isSellable=false", []),
    ],
)
def test_offerings_are_found(query: str, found: list[str], api: TestClient) -> None:
    assert [one["id"] for one in body_of(api, f"{OFFERING}?{query}")] == found


def test_an_unknown_filter_is_refused(api: TestClient) -> None:
    assert api.get(f"{OFFERING}?colour=red").status_code == 400


def test_an_offering_of_the_api_is_sold_once_it_is_launched_with_kind_and_price(
    session: Session, api: TestClient, admin: Headers
) -> None:
    price = {
        "name": "Monthly",
        "priceType": "recurring",
        "price": {"unit": "SAR", "value": 55.5},
        "recurringChargePeriodType": "monthly",
        "recurringChargePeriodLength": 1,
        "taxIncluded": False,
    }
    made_price = api.post(PRICE, json=price, headers=admin).json()
    made = api.post(OFFERING, json={"name": "Partner plan"}, headers=admin).json()
    sold = [{one.id for one in service.sold(session)}]
    body = {
        "kind": "mobilePostpaid",
        "productOfferingPrice": [{"id": made_price["id"]}],
        "productOfferingTerm": [{"duration": {"amount": 6, "units": "month"}}],
    }

    api.patch(f"{OFFERING}/{made['id']}", json=body, headers=admin)
    sold.append({one.id for one in service.sold(session)})
    changed = api.patch(f"{OFFERING}/{made['id']}", json={"lifecycleStatus": "Launched"}, headers=admin).json()
    sold.append({one.id for one in service.sold(session)})

    offering = service.offering(session, made["id"])
    assert (made["lifecycleStatus"], made["isSellable"]) == ("In study", False)
    assert [made["id"] in ids for ids in sold] == [False, False, True]
    assert (str(offering.price.amount), offering.contract_months) == ("55.50 SAR", 6)
    assert changed["productOfferingPrice"][0]["price"]["value"] == 55.5
    assert changed["isSellable"]


def test_what_a_caller_says_comes_back_as_it_was_said(api: TestClient, admin: Headers) -> None:
    said = {
        "name": "Kit offering",
        "description": "From a kit",
        "isBundle": False,
        "isSellable": True,
        "lifecycleStatus": "Active",
        "version": "3.1",
        "statusReason": "tested",
        "validFor": {"startDateTime": "2020-09-23T16:42:23.0Z", "endDateTime": "2030-09-23T16:42:23.0Z"},
        "productOfferingPrice": [{"id": "1747", "href": "/elsewhere/1747", "name": "A price"}],
        "attachment": [{"id": "22", "name": "Picture", "url": "http://example.org/p.jpg"}],
        "channel": [{"id": "1", "name": "Online"}],
    }

    made = api.post(OFFERING, json=said, headers=admin)

    assert made.status_code == 201, made.text
    assert {name: made.json()[name] for name in said} | {"productOfferingPrice": said["productOfferingPrice"]} == said
    assert made.json()["productOfferingPrice"][0]["id"] == "1747"


def test_a_patch_of_the_files_offering_holds_until_the_next_load(
    session: Session, api: TestClient, admin: Headers
) -> None:
    path = f"{OFFERING}/fibre-100"
    api.patch(path, json={"name": "Fibre hundred", "statusReason": "renamed", "place": []}, headers=admin)
    changed = body_of(api, path)
    arabic = body_of(api, path, **{"Accept-Language": "ar"})
    found = [one["id"] for one in body_of(api, f"{OFFERING}?name=Fibre hundred")]

    service.load(session)

    assert (changed["name"], changed["statusReason"], arabic["name"]) == ("Fibre hundred", "renamed", "ألياف ١٠٠")
    assert found == ["fibre-100"]
    assert body_of(api, path)["name"] == "Fibre 100"
    assert "statusReason" not in body_of(api, path)


def test_a_patched_price_is_what_new_customers_pay(session: Session, api: TestClient, admin: Headers) -> None:
    body = {"price": {"unit": "SAR", "value": 190}}
    answer = api.patch(f"{PRICE}/fibre-100-1.0-recurring", json=body, headers=admin)

    assert answer.json()["price"] == {"unit": "SAR", "value": 190}
    assert service.offering(session, "fibre-100").price.amount.value == 190
    assert body_of(api, f"{OFFERING}/fibre-100")["productOfferingPrice"][0]["price"]["value"] == 190


def test_a_retired_offering_is_not_sold_any_more(session: Session, api: TestClient, admin: Headers) -> None:
    api.patch(f"{OFFERING}/home-5g", json={"lifecycleStatus": "Retired"}, headers=admin)

    assert not service.offering(session, "home-5g").is_sold
    assert not body_of(api, f"{OFFERING}/home-5g")["isSellable"]


def test_an_offering_that_somebody_has_is_not_deleted(
    customer: Callable[..., Customer], api: TestClient, admin: Headers
) -> None:
    customer(offering="mofawtar-200")

    refused = api.delete(f"{OFFERING}/mofawtar-200", headers=admin)
    bundled = api.delete(f"{OFFERING}/fibre-300", headers=admin)
    free = api.delete(f"{OFFERING}/gulf-plus", headers=admin)

    assert [answer.status_code for answer in (refused, bundled, free)] == [409, 409, 204]
    assert "Retire it instead" in refused.text


def test_a_price_that_an_offering_has_is_not_deleted(api: TestClient, admin: Headers) -> None:
    assert api.delete(f"{PRICE}/fibre-100-1.0-recurring", headers=admin).status_code == 409


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (OFFERING, {"name": "x", "validFor": {"startDateTime": "0000-01-01T00:00:00Z"}}),
        (OFFERING, {"name": "x", "validFor": {"endDateTime": "9999-12-31T23:59:59Z"}}),
        (
            OFFERING,
            {
                "name": "x",
                "validFor": {"startDateTime": "2027-01-01T00:00:00Z", "endDateTime": "2026-01-01T00:00:00Z"},
            },
        ),
        (OFFERING, {"name": "x", "kind": "landline"}),
        (OFFERING, {"description": "nameless"}),
        (OFFERING, {"name": "x", "contractMonths": 3}),
        (PRICE, {"name": "x", "percentage": "much"}),
        (PRICE, {"name": "x", "price": {"unit": "SAR", "value": 1e30}}),
        (PRICE, {"name": "x", "recurringChargePeriodLength": 2**40}),
    ],
)
def test_a_body_that_makes_no_sense_is_refused(path: str, body: Any, api: TestClient, admin: Headers) -> None:
    assert api.post(path, json=body, headers=admin).status_code in (400, 422)


def test_anyone_may_read_and_only_admins_write(
    api: TestClient, staff: Callable[..., Headers], conversation: Callable[..., Headers]
) -> None:
    for headers in ({}, staff(Role.AGENT), conversation()):
        assert api.get(OFFERING, headers=headers).status_code == 200
        assert api.post(OFFERING, json={"name": "x"}, headers=headers).status_code in (401, 403)
        assert api.get(f"{BASE}/importJob", headers=headers).status_code in (401, 403)


def test_the_version_of_its_day_is_served_without_a_restart(
    api: TestClient, clock: Clock, loaded: Callable[..., Any]
) -> None:
    loaded(entry(validFor="{to: 2026-11-30}"), entry(version="'2.0'", validFor="{from: 2026-12-01}"))
    shown = [body_of(api, f"{OFFERING}/plan")["version"]]

    clock.offset = timedelta(days=10)
    shown += [body_of(api, f"{OFFERING}/plan")["version"], body_of(api, f"{OFFERING}?version=2.0")[0]["id"]]

    assert shown == ["1.0", "2.0", "plan"]
