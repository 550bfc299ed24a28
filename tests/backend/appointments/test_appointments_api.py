"""TMF646 as other systems see it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from customers import Customer
from fastapi.testclient import TestClient

from backend.access.rules import Level, Role
from backend.appointments.resources import APPOINTMENT, SEARCH
from backend.appointments.schemas import BASE
from backend.infra.tmf630.resource import TmfResource
from backend.infra.tmf630.specification import Validator, specification
from backend.kernel.clock import Clock

Headers = dict[str, str]
PATH, SEARCHES = f"{BASE}/appointment", f"{BASE}/searchTimeSlot"
WEDNESDAY = {"startDateTime": "2026-11-25T09:00:00+03:00", "endDateTime": "2026-11-25T12:00:00+03:00"}
AFTERNOON = {"startDateTime": "2026-11-25T13:00:00+03:00", "endDateTime": "2026-11-25T16:00:00+03:00"}
LONG_AGO = {"startDateTime": "2018-02-15T14:00:00.000Z", "endDateTime": "2018-02-15T16:00:00.000Z"}
HAIL = {"role": "installation place", "name": "حائل، حي المطار"}


@pytest.fixture
def agent(staff: Callable[..., Headers]) -> Headers:
    return staff(Role.AGENT)


def keeps(resource: TmfResource, body: Any) -> list[dict[str, str]]:
    return Validator(
        specification("TMF646"), resource.definition, extensions=resource.extensions, strict=True
    ).mistakes(body)


def test_the_fewest_words_are_enough(api: TestClient, agent: Headers) -> None:
    noted = api.post(PATH, json={"validFor": LONG_AGO}, headers=agent)
    search = api.post(SEARCHES, json={}, headers=agent)

    assert (noted.status_code, search.status_code) == (201, 201), noted.text + search.text
    assert (noted.json()["status"], search.json()["status"]) == ("initialized", "done")
    assert (keeps(APPOINTMENT, noted.json()), keeps(SEARCH, search.json())) == ([], [])
    for answer in (noted, search):
        assert api.get(answer.headers["location"], headers=agent).json() == answer.json()
        assert api.delete(answer.headers["location"], headers=agent).status_code == 204


def test_a_found_slot_can_be_booked_and_everything_shown_can_be_searched(
    api: TestClient, agent: Headers, customer: Callable[..., Customer]
) -> None:
    who = customer()
    search = api.post(
        SEARCHES, json={"relatedPlace": HAIL, "requestedTimeSlot": [{"validFor": WEDNESDAY}]}, headers=agent
    ).json()
    body = {
        "category": "technicianVisit",
        "validFor": search["availableTimeSlot"][0]["validFor"],
        "relatedPlace": HAIL,
        "relatedParty": [{"id": str(who.party_id), "@referredType": "Individual"}],
        "relatedEntity": [{"id": str(uuid4()), "role": "productOrder", "@referredType": "ProductOrder"}],
        "description": "Two sockets",
    }

    made = api.post(PATH, json=body, headers=agent).json()

    assert (made["status"], made["category"], made["relatedEntity"]) == (
        "confirmed",
        "technicianVisit",
        body["relatedEntity"],
    )
    assert keeps(APPOINTMENT, made) == []
    for query in (
        "status=confirmed",
        f"relatedParty.id={who.party_id}",
        f"relatedParty.name={made['relatedParty'][0]['name']}",
        f"relatedEntity.id={body['relatedEntity'][0]['id']}",
        f'relatedPlace.name="{HAIL["name"]}"',
        "validFor.startDateTime.gte=2026-11-25T06:00:00Z",
        "category=technicianVisit&description=Two sockets",
    ):
        assert [one["id"] for one in api.get(f"{PATH}?{query}", headers=agent).json()] == [made["id"]], query


def test_a_visit_that_cannot_be_is_refused_with_a_reason(api: TestClient, agent: Headers) -> None:
    def tried(**changes: Any) -> tuple[int, str]:
        body = {"category": "technicianVisit", "validFor": WEDNESDAY, "relatedPlace": HAIL} | changes
        answer = api.post(PATH, json=body, headers=agent)
        return answer.status_code, answer.json().get("code", "")

    friday = {"startDateTime": "2026-11-27T09:00:00+03:00", "endDateTime": "2026-11-27T12:00:00+03:00"}
    assert tried(validFor=LONG_AGO) == (422, "slot_past")
    assert tried(validFor=friday) == (422, "not_a_working_day")
    assert tried(validFor=WEDNESDAY | {"endDateTime": "2026-11-25T10:00:00+03:00"}) == (422, "slot_unknown")
    assert tried(validFor={"startDateTime": "2026-11-25T09:00:00+03:00"}) == (400, "period_missing")
    assert tried(validFor={"startDateTime": "0000-01-01T00:00:00Z", "endDateTime": "9999-12-31T23:59:59Z"})[0] == 400
    assert [tried()[0] for _ in range(5)] == [201] * 4 + [409]


def test_a_slot_that_is_named_without_a_category_is_a_visit_too(api: TestClient, agent: Headers) -> None:
    made = api.post(PATH, json={"validFor": WEDNESDAY, "relatedPlace": HAIL}, headers=agent).json()

    assert (made["status"], made["category"]) == ("confirmed", "technicianVisit")


def test_a_customer_books_moves_and_cancels_their_own_visit_until_the_day_before(
    api: TestClient, customer: Callable[..., Customer], conversation: Callable[..., Headers], clock: Clock
) -> None:
    who, other = customer(), customer()
    mine, theirs = (conversation(Level.VERIFIED, one.party_id) for one in (who, other))
    body = {"category": "technicianVisit", "validFor": WEDNESDAY, "relatedPlace": HAIL}

    made = api.post(PATH, json=body, headers=mine)
    place = made.headers["location"]
    moved = api.patch(place, json={"validFor": AFTERNOON}, headers=mine)

    assert made.json()["relatedParty"][0]["id"] == str(who.party_id)
    assert moved.json()["validFor"]["startDateTime"].startswith("2026-11-25T1")
    assert [api.get(place, headers=one).status_code for one in (mine, theirs)] == [200, 404]
    assert api.patch(place, json={"status": "cancelled"}, headers=theirs).status_code == 404
    clock.offset = timedelta(hours=13)
    late = api.patch(place, json={"status": "cancelled"}, headers=mine)
    assert (late.status_code, late.json()["code"]) == (409, "too_late_to_change")
    assert api.delete(place, headers=mine).status_code == 409
    clock.offset = timedelta(0)
    assert api.patch(place, json={"status": "cancelled"}, headers=mine).json()["status"] == "cancelled"
    assert api.patch(place, json={"status": "confirmed"}, headers=mine).status_code == 409


def test_a_customer_names_nobody_else_and_says_where(
    api: TestClient, customer: Callable[..., Customer], conversation: Callable[..., Headers]
) -> None:
    who, other = customer(), customer()
    mine = conversation(Level.VERIFIED, who.party_id)
    body = {"category": "technicianVisit", "validFor": WEDNESDAY}
    theirs = {"relatedParty": [{"id": str(other.party_id), "@referredType": "Individual"}], "relatedPlace": HAIL}

    assert api.post(PATH, json=body | theirs, headers=mine).json()["code"] == "party_unknown"
    assert api.post(PATH, json=body, headers=mine).json()["code"] == "place_missing"


def test_staff_close_a_visit_and_what_is_closed_stays(api: TestClient, agent: Headers) -> None:
    place = api.post(PATH, json={"validFor": WEDNESDAY, "relatedPlace": HAIL}, headers=agent).headers["location"]

    assert api.patch(place, json={"status": "completed"}, headers=agent).json()["status"] == "completed"
    assert api.patch(place, json={"status": "cancelled"}, headers=agent).status_code == 409
    assert api.patch(place, json={"validFor": AFTERNOON}, headers=agent).status_code == 409
    assert api.patch(place, json={"description": "done well"}, headers=agent).json()["description"] == "done well"


def test_a_search_is_asked_again_when_it_changes(api: TestClient, agent: Headers) -> None:
    place = api.post(SEARCHES, json={"relatedPlace": HAIL}, headers=agent).headers["location"]
    body = {"requestedTimeSlot": [{"validFor": AFTERNOON}]}

    changed = api.patch(place, json=body, headers=agent).json()

    assert len(changed["availableTimeSlot"]) == 1
    assert keeps(SEARCH, changed) == []
    nothing = api.post(SEARCHES, json={"requestedTimeSlot": [{"validFor": LONG_AGO}]}, headers=agent).json()
    assert (nothing["availableTimeSlot"], nothing["searchResult"]) == ([], "no free time slot")


def test_visitors_see_no_appointments(api: TestClient, conversation: Callable[..., Headers]) -> None:
    assert api.get(PATH).status_code == 401
    assert api.get(PATH, headers=conversation()).status_code == 403
