"""Who may use which route: every route that exists, by every kind of caller."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from matrix import ANYONE, CLOSED, PUBLIC, needs, served
from sqlalchemy.orm import Session

from backend.access import service as access
from backend.access import tokens
from backend.access.models import ApiClient, StaffMember
from backend.access.permissions import Permission
from backend.access.rules import Caller, Level, Role
from backend.kernel.text import Bilingual

pytestmark = pytest.mark.slow

Headers = dict[str, str]
KEY = "t" * 40
NEEDS = needs()
BILLS, CONVERSATIONS = "/tmf-api/customerBillManagement/v4", "/conversations"
TICKETS = "/tmf-api/troubleTicket/v4/troubleTicket"
OF_ONE_CONVERSATION = ("context", "language", "handoff")
FORGED = ("Bearer nonsense", "Basic YTph", "Bearer", "Bearer ", "bearer é", f"Token {'a' * 40}", f"Bearer {'a' * 39}")
routes = pytest.mark.parametrize(("method", "path"), list(NEEDS))


@pytest.fixture
def colleagues(session: Session) -> dict[Role, Headers]:
    """A member of staff of each role; nobody signs in with their passwords."""
    members = [
        StaffMember(username=f"of-{role}", name_ar="سلمى", name_en="Salma", role=role, password_hash="-")
        for role in Role
    ]
    session.add_all(members)
    session.flush()
    issued = {Role(m.role): tokens.issue("staff", m.id, KEY, tokens.STAFF_LIFE)[0] for m in members}
    return {role: {"Authorization": f"Bearer {token}"} for role, token in issued.items()}


@pytest.fixture
def client(session: Session) -> Callable[..., Headers]:
    """The headers of an API client that was granted some permissions."""

    def signed_in(*permissions: str) -> Headers:
        row = ApiClient(name=uuid4().hex, secret_hash="-", permissions=list(permissions), created_at=datetime.now(UTC))
        session.add(row)
        session.flush()
        token, _ = tokens.issue("client", row.id, KEY, tokens.CLIENT_LIFE)
        return {"Authorization": f"Bearer {token}"}

    return signed_in


def tried(api: TestClient, method: str, path: str, headers: Headers) -> tuple[int, str]:
    """Status and code of a request whose ids are nobody's and whose body is nearly right."""
    ids = {name: str(uuid4()) for name in ("conversation_id",) if "X-Conversation-Id" not in headers}
    ids["conversation_id"] = headers.get("X-Conversation-Id", ids.get("conversation_id", ""))
    for part in [part for part in path.split("/") if part.startswith("{")]:
        path = path.replace(part, ids.get(part[1:-1]) or str(uuid4()))
    body: Any = {"language": "en"} if path.endswith("/language") else {}
    answer = api.request(method, path, headers=headers, json=None if method == "GET" else body)
    found = answer.json() if answer.headers.get("content-type", "").endswith("json") else {}
    return answer.status_code, found.get("code", "") if isinstance(found, dict) else ""


def through(status: int, code: str) -> bool:
    """Whether the guard let the request pass; what came after it does not matter, unless it is a fault."""
    assert status < 500 or status == 503, (status, code)
    return status not in (401, 403) or code == "forbidden"


def test_every_route_that_exists_has_its_place_in_the_table(app: FastAPI) -> None:
    found = set(served(app))
    assert found - (NEEDS.keys() | PUBLIC) == set()
    assert (NEEDS.keys() | PUBLIC) - found == set()


@routes
def test_callers_without_a_token_see_only_what_is_public(api: TestClient, method: str, path: str) -> None:
    assert through(*tried(api, method, path, {})) == (NEEDS[method, path].level == ANYONE)


@routes
def test_a_conversation_needs_the_level_of_the_route(
    api: TestClient, conversation: Callable[..., Headers], method: str, path: str
) -> None:
    needed = NEEDS[method, path].level
    refused = "role_forbidden" if needed == CLOSED else "verification_required"
    for level in Level:
        outcome = tried(api, method, path, conversation(level, uuid4() if level else None))
        assert through(*outcome) == (needed <= level), level
        assert needed <= level or outcome[1] == refused


@routes
def test_staff_need_a_role_of_the_route(
    api: TestClient, colleagues: dict[Role, Headers], method: str, path: str
) -> None:
    for role, headers in colleagues.items():
        assert through(*tried(api, method, path, headers)) == (role in NEEDS[method, path].staff), role


@routes
def test_an_api_client_needs_the_grant_of_the_route(
    api: TestClient, client: Callable[..., Headers], method: str, path: str
) -> None:
    grant = NEEDS[method, path].grant
    assert through(*tried(api, method, path, client())) == (grant == "")
    if grant:
        assert through(*tried(api, method, path, client(grant)))
    everything_else = client(*(permission for permission in Permission if permission != grant))
    assert through(*tried(api, method, path, everything_else)) == (grant == "")


@routes
def test_a_forged_token_opens_nothing(api: TestClient, method: str, path: str) -> None:
    for forged in FORGED:
        outcome = tried(api, method, path, {"Authorization": forged.encode()})  # type: ignore[dict-item]
        assert outcome == (401, "unauthorized"), forged


def staff_token(session: Session, *, life: timedelta = tokens.STAFF_LIFE, key: str = KEY, active: bool = True) -> str:
    member = access.add_staff(
        session,
        username=uuid4().hex,
        password="p",
        role=Role.ADMIN,
        name=Bilingual(ar="سلمى", en="Salma"),
    )
    session.get_one(StaffMember, member.id).active = active
    session.flush()
    return tokens.issue("staff", member.id, key, life)[0]


def test_expired_forged_and_retired_staff_are_turned_away(api: TestClient, session: Session) -> None:
    made = {
        "token_expired": staff_token(session, life=timedelta(seconds=-1)),
        "unauthorized": staff_token(session, key="another key that is long enough to sign"),
        "credentials_wrong": staff_token(session, active=False),
    }
    for code, token in made.items():
        answer = api.get(TICKETS, headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.json()["code"]) == (401, code)


def test_the_token_of_a_conversation_is_no_key_to_the_routes(api: TestClient) -> None:
    opened = api.post(CONVERSATIONS, json={}).json()
    headers = {"Authorization": f"Bearer {opened['token']}", "X-Conversation-Id": opened["conversationId"]}
    assert api.get(f"{CONVERSATIONS}/{opened['conversationId']}/context", headers=headers).status_code == 401


def test_the_assistant_says_for_which_conversation_it_acts(
    api: TestClient, conversation: Callable[..., Headers]
) -> None:
    headers = conversation()
    without = {name: value for name, value in headers.items() if name != "X-Conversation-Id"}
    assert api.get(TICKETS, headers=without).status_code == 401
    assert api.get(TICKETS, headers=headers | {"X-Conversation-Id": str(uuid4())}).status_code == 404
    assert api.get(TICKETS, headers=headers | {"X-Conversation-Id": "nonsense"}).status_code == 400


@pytest.mark.parametrize("part", OF_ONE_CONVERSATION)
def test_the_assistant_acts_in_no_other_conversation(
    api: TestClient, conversation: Callable[..., Headers], staff: Callable[..., Headers], part: str
) -> None:
    method = {"context": "GET", "language": "PUT", "handoff": "POST"}[part]
    body = {"language": {"language": "ar"}, "handoff": {"reason": "r"}}.get(part)
    mine, theirs = conversation(), conversation()
    for headers in (mine, staff(Role.ADMIN)):
        path = f"{CONVERSATIONS}/{theirs['X-Conversation-Id']}/{part}"
        answer = api.request(method, path, headers=headers, json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "conversation_unknown")


def test_the_refusal_says_which_level_is_needed_and_whether_the_customer_is_known(
    api: TestClient, conversation: Callable[..., Headers]
) -> None:
    for party_id in (None, uuid4()):
        answer = api.get(f"{BILLS}/customerBill", headers=conversation(Level.NOBODY, party_id, "ar")).json()
        assert (answer["level"], answer["customerKnown"]) == (2, party_id is not None)
        assert answer["title"].startswith("نحتاج إلى التحقق من هويتك")


def test_a_conversation_that_knows_nobody_is_scoped_to_nobody() -> None:
    assert Caller(conversation_id=uuid4()).scope is not None
    assert Caller(staff_id=uuid4(), role=Role.AUDITOR).scope is None
    party_id = uuid4()
    assert Caller(conversation_id=uuid4(), party_id=party_id).scope == {party_id}


def test_staff_sign_in_with_the_right_password_only(api: TestClient, session: Session) -> None:
    name = Bilingual(ar="سلمى", en="Salma")
    access.add_staff(session, username="salma", password="right horse", role=Role.AGENT, name=name)

    def signed_in(username: str, password: str) -> Any:
        return api.post("/access/v1/token", json={"username": username, "password": password})

    good = signed_in("salma", "right horse").json()
    assert (good["role"], good["tokenType"]) == ("agent", "Bearer")
    assert api.get(TICKETS, headers={"Authorization": f"Bearer {good['accessToken']}"}).status_code == 200
    wrong, unknown = signed_in("salma", "wrong horse"), signed_in("nobody", "right horse")
    assert (wrong.status_code, wrong.json()) == (unknown.status_code, unknown.json())
    assert wrong.json()["code"] == "credentials_wrong"
