"""What the assistant learns the operator's words from."""

import pytest
from catalog_files import entry, file_of
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from backend.catalog import service

NAMES = "/catalog/v1/names"


@pytest.fixture(autouse=True)
def catalogue(session: Session) -> None:
    service.load(session)


def test_every_offering_and_covered_area_is_named_with_its_spellings(api: TestClient) -> None:
    told = api.get(NAMES).json()

    plan = next(one for one in told["offerings"] if one["id"] == "fibre-300")
    assert plan["name"] == {"ar": "ألياف ٣٠٠", "en": "Fibre 300"}
    assert "fiber 300" in plan["spellings"]
    assert plan["kind"] == "fixedPostpaid"
    assert "Riyadh" in [place["name"]["en"] for place in told["places"]]


def test_what_is_retired_is_still_understood(session: Session, api: TestClient) -> None:
    service.load_file(session, "small.yml", file_of(entry()), by="test")

    told = {one["id"] for one in api.get(NAMES).json()["offerings"]}

    assert {"plan", "fibre-300"} <= told


def test_an_unchanged_catalogue_is_not_sent_again(api: TestClient) -> None:
    first = api.get(NAMES)

    again = api.get(NAMES, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
