"""The only way into Rasa: one POST a turn from the backend's gateway, guarded by a secret."""

from __future__ import annotations

import asyncio
import hmac
import json
import os
from collections.abc import Awaitable, Callable
from itertools import takewhile
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from assistant.components.isolation import isolate
from assistant.components.reply_language import REPLY_LANGUAGE

RASA_COMMANDS = frozenset({"/restart", "/back", "/session_start"})
FALLBACK_ACTION = "action_fallback"


def is_authorised(header: str | None, secret: str) -> bool:
    """Whether an Authorization header carries the secret; compared in constant time, and never against an empty one."""
    scheme, _, given = (header or "").partition(" ")
    matches = hmac.compare_digest(given.encode(), secret.encode())
    return bool(secret) and scheme.lower() == "bearer" and matches


def prepared_text(message: str, language: str | None) -> str:
    """What Rasa gets: a button's payload with the conversation's language added, or free text that cannot be a payload.

    Rasa strips a message before it looks for "/", so a leading space is no escape: the slash itself goes.
    """
    intent, brace, rest = message.partition("{")
    if not message.startswith("/") or intent in RASA_COMMANDS:
        return message.strip().lstrip("/").strip()
    entities = json.loads(brace + rest) if brace else {}
    if language in ("ar", "en"):
        entities.setdefault(REPLY_LANGUAGE, language)
    return intent + json.dumps(entities, ensure_ascii=False) if entities else intent


def as_answer(messages: list[dict[str, Any]], tracker: DialogueStateTracker | None) -> dict[str, Any]:
    """The turn as the gateway wants it: messages, and what was understood."""
    language = (tracker and tracker.get_slot("language")) or "ar"
    intent = tracker.latest_message.intent if tracker and tracker.latest_message else {}
    return {
        "messages": [_as_message(message, language) for message in messages if message.get("text")],
        "language": language,
        "intent": intent.get("name"),
        "confidence": round(intent.get("confidence") or 0.0, 4),
        "misunderstood": bool(tracker) and _fell_back(tracker),
    }


def already_said(tracker: DialogueStateTracker | None, message_id: str | None) -> list[dict[str, Any]]:
    """What the last turn said, if it answered this very message: the gateway sends it again when the reply got lost."""
    last = tracker.latest_message if tracker else None
    if not last or not message_id or (last.metadata or {}).get("message_id") != message_id:
        return []
    since = takewhile(lambda event: not isinstance(event, UserUttered), reversed(tracker.events))
    return [{"text": event.text, **event.data} for event in reversed(list(since)) if isinstance(event, BotUttered)]


def _as_message(message: dict[str, Any], language: str) -> dict[str, Any]:
    buttons = [{"title": button["title"], "payload": button["payload"]} for button in message.get("buttons") or []]
    return {"text": isolate(message["text"], language), "buttons": buttons}


def _fell_back(tracker: DialogueStateTracker) -> bool:
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return False
        if isinstance(event, ActionExecuted) and event.action_name == FALLBACK_ACTION:
            return True
    return False


async def answered_once(
    message: UserMessage, on_new_message: Callable[[UserMessage], Awaitable[Any]], trackers: TrackerStore
) -> dict[str, Any]:
    """The answer of the turn: the one given before where a message is repeated."""
    said = already_said(await trackers.retrieve(message.sender_id), (message.metadata or {}).get("message_id"))
    if said:
        return as_answer(said, await trackers.retrieve(message.sender_id))
    await on_new_message(message)
    return as_answer(message.output_channel.messages, await trackers.retrieve(message.sender_id))


class GatewayChannel(InputChannel):
    """Rasa's side of the contract with the backend."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @classmethod
    def name(cls) -> str:
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> GatewayChannel:
        return cls(os.environ["HATIF_RASA_SECRET"])

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        routes = Blueprint("gateway_webhook")

        @routes.get("/")
        async def health(request: Request) -> HTTPResponse:
            ready = getattr(request.app.ctx, "agent", None) is not None
            return response.json({"status": "ok" if ready else "starting"}, status=200 if ready else 503)

        @routes.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            if not is_authorised(request.headers.get("Authorization"), self.secret):
                return response.json({"error": "unauthorized"}, status=401)
            return await self._turn(request, on_new_message)

        return routes

    async def _turn(self, request: Request, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> HTTPResponse:
        body = request.json or {}
        sender, metadata = body.get("sender"), body.get("metadata") or {}
        text = prepared_text(body.get("message") or "", metadata.get("language"))
        if not sender or not text:
            return response.json({"error": "sender and message are needed"}, status=422)
        message = UserMessage(text, CollectingOutputChannel(), sender, input_channel=self.name(), metadata=metadata)
        lock = self._locks.setdefault(sender, asyncio.Lock())
        async with lock:
            answer = await answered_once(message, on_new_message, request.app.ctx.agent.tracker_store)
        return response.json(answer)
