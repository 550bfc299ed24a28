"""Every TM Forum resource, as a conformance kit would try it: made, read, found by each attribute, changed, deleted."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from own_bodies import UNCHANGEABLE, least_of, whole_of
from samples import leaves

from backend.access.rules import Role
from backend.infra.tmf630.conditions import attribute_of
from backend.infra.tmf630.resource import Hidden, TmfResource
from backend.infra.tmf630.specification import Validator, specification
from backend.main import RESOURCES

pytestmark = pytest.mark.slow

Headers = dict[str, str]
# What only the business makes (bills, balances) has no body to be made from; its domain's own tests look at it.
WRITTEN = [
    one for one in RESOURCES if one.api != "TMF678" and f"{one.definition}_Create" in specification(one.api).definitions
]
every = pytest.mark.parametrize("resource", WRITTEN, ids=lambda resource: f"{resource.api}-{resource.name}")


@pytest.fixture
def admin(staff: Callable[..., Headers]) -> Headers:
    return staff(Role.ADMIN)


def keeps(resource: TmfResource, body: Any) -> list[dict[str, str]]:
    """What the published specification finds wrong with an answer."""
    return Validator(specification(resource.api), resource.definition, strict=False).mistakes(body)


def made(api: TestClient, resource: TmfResource, headers: Headers, *, whole: bool = False) -> dict[str, Any]:
    body = whole_of(api, resource, headers) if whole else least_of(api, resource, headers)
    answer = api.post(resource.path, json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    assert answer.headers["Location"].endswith(answer.json()["href"])
    found: dict[str, Any] = answer.json()
    return found


def wanted(api: TestClient, resource: TmfResource, verb: str) -> bool:
    return verb.lower() in api.app.openapi()["paths"][resource.path + "/{id}"]


@every
def test_the_least_that_the_specification_allows_is_taken(
    api: TestClient, admin: Headers, resource: TmfResource
) -> None:
    new = made(api, resource, admin)

    one = api.get(f"{resource.path}/{new['id']}", headers=admin)
    page = api.get(resource.path, params={"id": new["id"]}, headers=admin)

    assert one.status_code == page.status_code == 200
    assert keeps(resource, one.json()) == keeps(resource, page.json()[0]) == keeps(resource, new) == []
    assert one.json()["id"] == new["id"]
    assert page.headers["X-Total-Count"] == page.headers["X-Result-Count"] == "1"


@every
def test_everything_that_the_specification_allows_comes_back(
    api: TestClient, admin: Headers, resource: TmfResource
) -> None:
    body = whole_of(api, resource, admin)
    answer = api.post(resource.path, json=body, headers=admin)
    assert answer.status_code == 201, answer.text

    shown = api.get(f"{resource.path}/{answer.json()['id']}", headers=admin).json()

    assert keeps(resource, shown) == []
    lost = {name for name in body if name not in shown}
    assert not lost


@every
def test_every_attribute_that_is_shown_can_be_searched(api: TestClient, admin: Headers, resource: TmfResource) -> None:
    new = made(api, resource, admin, whole=True)
    failures = []
    for path, value in dict.fromkeys(leaves(new)):
        masked = isinstance(value, str) and value.startswith("•")
        if masked or path.split(".")[-1] == "href" or isinstance(attribute_of(resource, path), Hidden):
            continue
        text = str(value).lower() if isinstance(value, bool) else str(value)
        quoted = f'"{text}"' if "," in text else text
        answer = api.get(f"{resource.path}?{quote(path)}={quote(quoted)}&fields=id", headers=admin)
        found = [one["id"] for one in answer.json()] if answer.status_code in (200, 206) else answer.text
        if new["id"] not in found:
            failures.append((path, value, answer.status_code, str(found)[:120]))
    assert not failures


@every
def test_unknown_attributes_and_ids_are_refused(api: TestClient, admin: Headers, resource: TmfResource) -> None:
    unknown = api.get(resource.path, params={"nonsense": "1"}, headers=admin)
    missing = api.get(f"{resource.path}/00000000-0000-4000-8000-000000000000", headers=admin)
    body = least_of(api, resource, admin) | {"nonsense": 1}
    refused = api.post(resource.path, json=body, headers=admin)

    assert (unknown.status_code, missing.status_code, refused.status_code) == (400, 404, 400)
    error = Validator(specification(resource.api), "Error", strict=False)
    assert [error.mistakes(one.json()) for one in (unknown, missing, refused)] == [[], [], []]
    assert "nonsense" in refused.text


@every
def test_what_is_required_is_required(api: TestClient, admin: Headers, resource: TmfResource) -> None:
    body = least_of(api, resource, admin)
    required = specification(resource.api).definitions[f"{resource.definition}_Create"].get("required", ())
    answers = {
        name: api.post(resource.path, json={k: v for k, v in body.items() if k != name}, headers=admin).status_code
        for name in required
    }
    assert set(answers.values()) <= {400}


@every
def test_fields_select_attributes(api: TestClient, admin: Headers, resource: TmfResource) -> None:
    new = made(api, resource, admin)
    name = next(name for name in new if name not in {"id", "href", "@type"})
    shown = api.get(f"{resource.path}/{new['id']}", params={"fields": name}, headers=admin).json()
    assert set(shown) - {"@type"} == {"id", "href", name}
    assert set(api.get(resource.path, params={"fields": "none"}, headers=admin).json()[0]) - {"@type"} == {"id", "href"}


@every
def test_pages_are_counted(api: TestClient, admin: Headers, resource: TmfResource) -> None:
    for _ in range(2):
        made(api, resource, admin)
    first = api.get(resource.path, params={"limit": 1}, headers=admin)
    past = api.get(resource.path, params={"offset": 100000}, headers=admin)
    wrong = api.get(resource.path, params={"limit": "many"}, headers=admin)

    assert (first.status_code, past.status_code, wrong.status_code) == (206, 416, 400)
    assert first.headers["X-Result-Count"] == "1"
    assert int(first.headers["X-Total-Count"]) >= 2


@every
def test_a_merge_patch_changes_what_it_says_and_nothing_else(
    api: TestClient, admin: Headers, resource: TmfResource
) -> None:
    if not wanted(api, resource, "PATCH"):
        return
    new = made(api, resource, admin, whole=True)
    path = f"{resource.path}/{new['id']}"
    name = next((n for n in ("description", "name", "gender", "reason") if isinstance(new.get(n), str)), None)
    name = None if (resource.name, name) in UNCHANGEABLE else name
    headers = admin | {"Content-Type": "application/merge-patch+json"}
    before = api.get(path, headers=admin)

    stale = api.patch(path, content=b'{"description": "x"}', headers=headers | {"If-Match": '"stale"'})
    assert stale.status_code in (400, 412)
    if name is not None:
        answer = api.patch(path, json={name: "another"}, headers=headers | {"If-Match": before.headers["ETag"]})
        assert answer.status_code == 200, answer.text
        changed = {k for k in answer.json() if answer.json()[k] != before.json().get(k)}
        assert changed - {"lastUpdate", "lastModified", "statusChangeDate"} == {name}
        assert keeps(resource, answer.json()) == []
        assert (
            api.patch(path, json={name: "again"}, headers=headers | {"If-Match": before.headers["ETag"]}).status_code
            == 412
        )
    assert api.patch(path, json={"id": "another"}, headers=headers).status_code == 400
    assert api.patch(path, json={"nonsense": None}, headers=headers).status_code == 400


@every
def test_what_is_deleted_is_gone(api: TestClient, admin: Headers, resource: TmfResource) -> None:
    if not wanted(api, resource, "DELETE"):
        return
    new = made(api, resource, admin)
    path = f"{resource.path}/{new['id']}"
    assert api.delete(path, headers=admin).status_code == 204
    assert api.get(path, headers=admin).status_code == 404
    assert api.delete(path, headers=admin).status_code == 404


@every
def test_a_repeated_request_is_answered_once(api: TestClient, admin: Headers, resource: TmfResource) -> None:
    headers = admin | {"Idempotency-Key": f"key-of-{resource.api}-{resource.name}"}
    body = least_of(api, resource, admin)
    first, again = (api.post(resource.path, json=body, headers=headers) for _ in range(2))
    other = api.post(resource.path, json=body | {"@baseType": "other"}, headers=headers)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert first.headers["Location"] == again.headers["Location"]
    assert other.status_code in (400, 422)


@every
def test_nobody_without_a_token_writes(api: TestClient, admin: Headers, resource: TmfResource) -> None:
    body = least_of(api, resource, admin)
    assert api.post(resource.path, json=body).status_code == 401
