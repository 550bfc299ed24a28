"""Handing a catalogue file in: over the API, by a job, and what is kept of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from catalog_files import entry, file_of
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from backend.access.rules import Role
from backend.catalog import queries, service, source
from backend.catalog.documents import BASE
from backend.catalog.folder import CatalogFolder
from backend.infra.database import Database

Headers = dict[str, str]
LOAD, ELIGIBLE = "/catalog/v1/load", "/catalog/v1/eligibleOffering"
GOOD = file_of(entry())
BROKEN = file_of(entry(kind="landline"), entry(id="other", price=""))


@pytest.fixture
def admin(staff: Callable[..., Headers]) -> Headers:
    return staff(Role.ADMIN) | {"Content-Type": "text/plain"}


@pytest.fixture
def folder(database: Database, tmp_path: Path) -> Iterator[Path]:
    database.outside.bind(CatalogFolder, CatalogFolder(tmp_path))
    yield tmp_path
    database.outside.bind(CatalogFolder, CatalogFolder(None))


def test_a_good_file_is_the_catalogue_at_once(session: Session, api: TestClient, admin: Headers) -> None:
    service.load(session)

    answer = api.post(LOAD, content=GOOD, headers=admin, params={"fileName": "prices.yml"})

    assert answer.status_code == 201, answer.text
    assert (answer.json()["outcome"], answer.json()["offerings"], answer.json()["mistakes"]) == ("loaded", 1, [])
    assert [one.id for one in service.sold(session)] == ["plan"]
    assert api.get(answer.headers["location"], headers=admin).json() == answer.json()
    assert {one["lifecycleStatus"] for one in api.get(f"{BASE}/productOffering").json()} == {"Launched", "Retired"}


def test_a_file_with_mistakes_changes_nothing_and_is_kept_with_them(
    session: Session, api: TestClient, admin: Headers
) -> None:
    service.load(session)
    before = service.sold(session)

    answer = api.post(LOAD, content=BROKEN, headers=admin, params={"fileName": "prices.yml"})

    mistakes = answer.json()["mistakes"]
    assert (answer.status_code, len(mistakes), service.sold(session)) == (422, 2, before)
    assert mistakes[0].startswith("prices.yml, line 5: offerings.0.kind (plan)")
    latest = api.get(LOAD, headers=admin, params={"limit": 1}).json()[0]
    assert (latest["outcome"], latest["mistakes"], latest["id"]) == ("refused", mistakes, answer.json()["load"])
    assert queries.load(session, latest["id"]).content == BROKEN


@pytest.mark.parametrize(("content", "status"), [(b"", 422), (b"  \n", 422), (b"x" * 1_000_001, 413)])
def test_nothing_and_too_much_are_refused(content: bytes, status: int, api: TestClient, admin: Headers) -> None:
    assert api.post(LOAD, content=content, headers=admin).status_code == status


def test_only_admins_load(api: TestClient, staff: Callable[..., Headers], conversation: Callable[..., Headers]) -> None:
    for headers in ({}, staff(Role.AGENT), conversation()):
        assert api.post(LOAD, content=GOOD, headers=headers).status_code in (401, 403)
        assert api.get(LOAD, headers=headers).status_code in (401, 403)


def test_an_unknown_load_is_not_found(api: TestClient, admin: Headers) -> None:
    assert [api.get(f"{LOAD}/{n}", headers=admin).status_code for n in (10**6, 10**12)] == [404, 404]


def test_the_products_own_file_never_replaces_the_operators(session: Session, loaded: Callable[..., Any]) -> None:
    service.load_shipped(session)
    loaded(entry())

    service.load_shipped(session)

    assert [one.id for one in service.sold(session)] == ["plan"]


def test_the_products_own_file_is_loaded_once(session: Session) -> None:
    assert service.load_shipped(session) == service.load_shipped(session) == 16
    assert len(session.scalars(queries.loads()).all()) == 1


@pytest.mark.parametrize("url", ["file:prices.yml", "file:sub/prices.yml", "file://{folder}/prices.yml"])
def test_a_job_imports_a_file_of_the_folder(
    url: str, session: Session, api: TestClient, admin: Headers, folder: Path
) -> None:
    (folder / "sub").mkdir()
    for place in (folder, folder / "sub"):
        (place / "prices.yml").write_bytes(GOOD)

    job = api.post(f"{BASE}/importJob", json={"url": url.format(folder=folder)}, headers=_json(admin)).json()

    assert (job["status"], [one.id for one in service.sold(session)]) == ("Succeeded", ["plan"])
    assert api.get(f"{BASE}/importJob?status=Succeeded", headers=admin).json() == [job]


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/catalog.yml",
        "file:///etc/passwd",
        "file:../catalog.yml",
        "file:%2e%2e/catalog.yml",
        "file:link.yml",
        "file://elsewhere/prices.yml",
        "file:a%00b",
        "file:",
        "file://[",
        "prices.yml",
        "",
    ],
)
def test_a_job_takes_nothing_from_elsewhere(
    url: str, session: Session, api: TestClient, admin: Headers, folder: Path
) -> None:
    (folder / "link.yml").symlink_to(source.DEMONSTRATION)

    job = api.post(f"{BASE}/importJob", json={"url": url}, headers=_json(admin)).json()

    assert job["status"] == "Failed", job
    assert "catalog folder" in job["errorLog"]
    assert service.sold(session) == []


def test_a_job_tells_the_mistakes_of_its_file(api: TestClient, admin: Headers, folder: Path) -> None:
    (folder / "prices.yml").write_bytes(BROKEN)

    job = api.post(f"{BASE}/importJob", json={"url": "file:prices.yml"}, headers=_json(admin)).json()

    assert (job["status"], job["errorLog"].count("prices.yml, line ")) == ("Failed", 2)


def test_a_job_exports_what_was_loaded_and_overwrites_nothing(
    api: TestClient, admin: Headers, folder: Path, loaded: Callable[..., Any]
) -> None:
    loaded(entry())
    jobs = [
        api.post(f"{BASE}/exportJob", json={"url": url}, headers=_json(admin)).json()["status"]
        for url in ("file:out.yml", "file:out.yml", "file:../out.yml")
    ]

    assert jobs == ["Succeeded", "Failed", "Failed"]
    assert (folder / "out.yml").read_bytes() == GOOD


def test_a_csr_sees_what_a_buyer_may_have_and_why_not(
    session: Session, api: TestClient, staff: Callable[..., Headers]
) -> None:
    service.load(session)
    asked = {"customerType": "individual", "creditClass": "C", "place": "Tabuk", "lineKind": "mobilePostpaid"}

    found = {one["id"]: one for one in api.get(ELIGIBLE, params=asked, headers=staff(Role.AGENT)).json()}

    assert found["mofawtar-100"]["eligible"]
    assert found["shabab-75"]["discounts"] == [
        {"name": "Welcome discount", "percent": 20.0, "months": 6, "on": "recurring"}
    ]
    assert found["fibre-100"]["reasons"] == [
        {"code": "area_not_covered", "text": "This offer is not available at your place at present."}
    ]
    assert [reason["code"] for reason in found["smartphone-24"]["reasons"]] == ["credit_class"]


def test_visitors_do_not_ask_for_eligibility(api: TestClient) -> None:
    assert api.get(ELIGIBLE).status_code == 401


def _json(headers: Headers) -> Headers:
    return headers | {"Content-Type": "application/json"}
