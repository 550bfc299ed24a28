"""The form over HTTP, as the assistant and staff use it."""

import json
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from tests.backend.acquisition.conftest import NOURA

PATH = "/acquisition/v1/application"
JSON = {"Content-Type": "application/json"}
Headers = Callable[[], dict[str, str]]


def test_somebody_fills_the_form_in_and_is_approved(client: TestClient, assistant: Headers) -> None:
    headers = assistant() | {"Accept-Language": "ar"}
    created = client.post(PATH, json={}, headers=headers)
    assert (created.status_code, created.json()["state"]) == (201, "draft")
    assert client.post(PATH, json={}, headers=headers).status_code == 200
    address = created.headers["location"]
    for field, value in NOURA.items():
        assert created.json()["missing"][0] == field
        created = client.patch(address, json={field: value}, headers=headers)
        assert created.status_code == 200, created.text

    decided = client.post(f"{address}/submit", headers=headers).json()

    assert (decided["state"], decided["creditClass"], decided["nationalId"]) == ("approved", "A", "••••••••03")
    assert decided["productOffering"] == {"id": "mofawtar-100", "name": "مفوتر ١٠٠", "kind": "mobilePostpaid"}
    assert decided["summary"]["recurring"] == {"unit": "SAR", "value": "100.00"}
    assert decided["summary"]["taxIncluded"] is False
    assert decided["missing"] == []


def test_each_wrong_field_has_its_own_code_and_a_sentence_in_the_asked_language(
    client: TestClient, assistant: Headers
) -> None:
    headers = assistant() | {"Accept-Language": "ar"}
    address = client.post(PATH, json={}, headers=headers).headers["location"]
    wrong = {
        "productOffering": ("mofawtar-900", "offering_unknown"),
        "personName": ("نورة", "name_invalid"),
        "nationalId": ("1012345004", "national_id_invalid"),
        "birthDate": ("30/2/1990", "birth_date_invalid"),
        "contactNumber": ("011", "contact_number_invalid"),
        "email": ("nobody", "email_invalid"),
        "monthlyIncome": ("كثير", "income_invalid"),
        "place": ("١", "place_invalid"),
    }
    for field, (value, code) in wrong.items():
        answer = client.patch(address, json={field: value}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert any("\u0600" <= letter <= "\u06ff" for letter in answer.json()["title"])
    child = client.patch(address, json={"birthDate": "2011-02-14"}, headers=headers).json()
    assert child["code"] == "under_age"
    assert "18" in child["title"]


def test_given_and_family_name_make_the_name(client: TestClient, assistant: Headers) -> None:
    headers = assistant()
    address = client.post(PATH, json={}, headers=headers).headers["location"]

    answer = client.patch(address, json={"givenName": "Omar", "familyName": "Saleh"}, headers=headers)

    assert answer.json()["personName"] == "Omar Saleh"


def test_the_register_being_down_keeps_the_form(client: TestClient, assistant: Headers) -> None:
    headers = assistant()
    address = client.post(PATH, json={}, headers=headers).headers["location"]
    hind = {"personName": "هند السبيعي", "nationalId": "1012345771", "birthDate": "1994-12-01"}
    client.patch(address, json=NOURA | hind, headers=headers)

    answer = client.post(f"{address}/submit", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (503, "registry_unavailable")
    assert client.get(address, headers=headers).json()["state"] == "submitted"


def test_nobody_else_finds_the_form(client: TestClient, assistant: Headers) -> None:
    address = client.post(PATH, json={}, headers=assistant()).headers["location"]

    assert client.get(address, headers=assistant()).status_code == 404
    assert client.patch(address, json={"email": "x@y.sa"}, headers=assistant()).status_code == 404
    assert client.get(address).status_code == 401


def test_staff_list_forms_with_masked_identity(
    client: TestClient, assistant: Headers, shop_staff: dict[str, str]
) -> None:
    headers = assistant()
    address = client.post(PATH, json={}, headers=headers).headers["location"]
    client.patch(address, json=NOURA, headers=headers)

    listed = client.get(f"{PATH}?sort=-creationDate&limit=1", headers=shop_staff)

    assert listed.status_code in (200, 206)
    assert listed.json()[0]["nationalId"] == "••••••••03"
    assert client.get(PATH, headers=headers).status_code == 403


def test_a_member_the_form_does_not_have_is_refused(client: TestClient, assistant: Headers) -> None:
    headers = assistant()
    address = client.post(PATH, json={}, headers=headers).headers["location"]

    answer = client.patch(address, json={"creditClass": "A"}, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (422, "request_malformed")


def test_a_given_up_form_is_cancelled(client: TestClient, assistant: Headers) -> None:
    headers = assistant()
    address = client.post(PATH, json={}, headers=headers).headers["location"]

    assert client.delete(address, headers=headers).json()["state"] == "cancelled"
    assert client.post(f"{address}/submit", headers=headers).json()["code"] == "application_not_open"


def test_the_catalogue_speaks_the_asked_language(client: TestClient) -> None:
    path = "/tmf-api/productCatalogManagement/v4/productOffering"

    arabic = client.get(f"{path}?match=fiber 300", headers={"Accept-Language": "ar"}).json()
    english = client.get(f"{path}?kind=mobilePrepaid&lifecycleStatus=Launched").json()

    assert [(o["id"], o["name"], o["exitFeePerMonth"]["value"]) for o in arabic] == [("fibre-300", "ألياف ٣٠٠", 50.0)]
    assert [(o["name"], o["allowances"], o["productOfferingPrice"][0]["taxIncluded"]) for o in english] == [
        ("Yalla 30", ["3 GB"], True)
    ]
    assert client.get(f"{path}/nothing").status_code == 404


@pytest.mark.parametrize(
    "typed", ["", " ", "\x00", "\ud800", "\u202e١٢", "😀" * 100, "9" * 300, "'; DROP TABLE x", "/restart"]
)
def test_nothing_that_anybody_types_breaks_the_form(client: TestClient, assistant: Headers, typed: str) -> None:
    headers = assistant()
    address = client.post(PATH, json={}, headers=headers).headers["location"]
    for field in [*(name for name in NOURA if name != "termsAccepted"), "email", "place", "givenName"]:
        body = json.dumps({field: typed})
        answer = client.patch(address, content=body, headers=headers | JSON)
        assert answer.status_code in (200, 422), (field, answer.text)
    for body in (
        {"applicationNo": typed, "nationalId": typed},
        {"applicationNo": "APP-2026-000001", "nationalId": "1", "code": typed},
    ):
        answer = client.post(f"{PATH}/resume", content=json.dumps(body), headers=headers | JSON)
        assert answer.status_code in (202, 422, 429), answer.text
    path = "/tmf-api/productCatalogManagement/v4/productOffering"
    assert client.get(path, params={"match": typed.replace("\ud800", "x")}).status_code in (200, 400)


@pytest.mark.parametrize("typed", ["", "\x00", "\ud800", "\u202e١٢", "9" * 300, "'; DROP TABLE x", "{}"])
def test_nothing_that_anybody_types_breaks_a_companys_form(client: TestClient, assistant: Headers, typed: str) -> None:
    headers = assistant()
    address = client.post(PATH, json={"applicant": "organization"}, headers=headers).headers["location"]
    texts = ("tradingName", "legalName", "commercialRegistration", "vatNumber", "monthlyRevenue", "annualRevenue")
    bodies: list[dict[str, object]] = [{field: typed} for field in (*texts, "quantity", "applicant")]
    bodies += [{"branches": [{"name": typed, "place": typed}]}, {"branches": typed}, {"consents": {"marketing": typed}}]
    bodies += [
        {"rollUpBills": 7},
        {"branches": [{}] * 101},
        {"quantity": -1},
        {"quantity": 1.5},
        {"consents": {"x": True}},
    ]
    for body in bodies:
        answer = client.patch(address, content=json.dumps(body), headers=headers | JSON)
        assert answer.status_code in (200, 400, 422), (body, answer.text)
