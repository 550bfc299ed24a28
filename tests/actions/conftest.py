"""A conversation at the seam: a fake wire to the backend, a tracker as Rasa sends it, and what the action did."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import BackendAction, Connection

Answer = tuple[int, Any]


class Wire:
    """Answers by "METHOD /path"; remembers what was sent."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Callable[[httpx.Request], Answer] | Exception] = {}
        self.sent: list[httpx.Request] = []

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        answer = self.answers.get(f"{request.method} {request.url.path}", (404, None))
        if isinstance(answer, Exception):
            raise answer
        status, body = answer(request) if callable(answer) else answer
        return httpx.Response(status, json=body) if body is not None else httpx.Response(status)

    def body(self, index: int = -1) -> Any:
        return json.loads(self.sent[index].content)

    def needs_code(self, *paths: str) -> None:
        problem = {
            "type": "about:blank",
            "title": "Verify first.",
            "status": 403,
            "code": "verification_required",
            "level": 2,
            "customerKnown": False,
        }
        self.answers |= dict.fromkeys(paths, (403, problem))


class Outcome:
    """What an action said and did."""

    def __init__(self, dispatcher: CollectingDispatcher, events: list[dict[str, Any]]) -> None:
        self.messages = dispatcher.messages
        self.events = events

    @property
    def said(self) -> list[str]:
        return [message["response"] for message in self.messages]

    @property
    def following(self) -> str | None:
        return next((event["name"] for event in self.events if event["event"] == "followup"), None)

    def slot(self, name: str) -> Any:
        values = [event["value"] for event in self.events if event["event"] == "slot" and event["name"] == name]
        assert values, f"{name} was not set"
        return values[-1]

    def variable(self, name: str) -> Any:
        return next(message[name] for message in self.messages if name in message)


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    wire = Wire()
    client = httpx.AsyncClient(transport=httpx.MockTransport(wire.handle), base_url="http://backend")
    monkeypatch.setattr(Connection, "client", client)
    return wire


def tracker(  # noqa: PLR0917
    text: str,
    intent: str,
    entities: dict[str, str] | None,
    slots: dict[str, Any] | None,
    form: str | None,
    events: list[dict[str, Any]],
) -> Tracker:
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": 0.95},
        "entities": [{"entity": name, "value": value} for name, value in (entities or {}).items()],
    }
    loop = {"name": form} if form else {}
    return Tracker("c1", {"language": "en", **(slots or {})}, message, events, False, None, loop, None)


@pytest.fixture
def run(wire: Wire) -> Callable[..., Any]:  # noqa: ARG001
    """`await run(Action(), text=..., intent=...)`; `asked` runs a form on an answer to that question."""

    async def play(action: BackendAction, text: str = "", intent: str = "inform", entities: dict[str, str] | None = None, slots: dict[str, Any] | None = None,  # noqa: E501, PLR0917
                   form: str | None = None, asked: str | None = None, events: list[dict[str, Any]] | None = None) -> Outcome:  # fmt: skip  # noqa: E501
        name = action.name().removeprefix("validate_")
        if asked:
            form, slots = name, {**(slots or {}), "requested_slot": asked}
            events = [
                {"event": "action", "name": "action_listen"},
                {"event": "user"},
                {"event": "action", "name": name},
            ]
        dispatcher = CollectingDispatcher()
        done = await action.run(dispatcher, tracker(text, intent, entities, slots, form, events or []), {})
        return Outcome(dispatcher, done)

    return play
