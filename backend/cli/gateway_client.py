"""A client of the gateway: opens or resumes a conversation, sends a message, yields what comes back."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import websockets

REPLY_SECONDS = 60
RETRY_SECONDS = 0.7
TRIES = 20
ENDED = {"done", "failed", "delayed"}


class Unreachable(RuntimeError):
    """The product does not answer."""


class Closed(RuntimeError):
    """The conversation cannot be continued; the text says why."""


class GatewayClient:
    """One conversation. Its id, token and last sequence number rest in a file, so that it can go on later."""

    def __init__(self, url: str, folder: Path, *, name: str | None, language: str | None) -> None:
        self._url = url
        self._folder = folder
        self._language = language
        self._state: dict[str, Any] = {}
        self.name = name or ""
        self._last_seq = 0
        self._socket: websockets.ClientConnection

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """Open the conversation, or resume it, for the block."""
        self._load()
        if not self._state:
            await self._open()
        await self._connect()
        try:
            yield
        finally:
            await self._socket.close()
            self._save()

    async def exchange(self, text: str) -> AsyncIterator[dict[str, Any]]:
        """Say something; what was missed since the last time comes first, then the replies, until the turn ends.

        A message that the server could not take is sent again under the same id, so it is never taken twice.
        """
        client_id = str(uuid4())
        said = json.dumps({"type": "message", "clientId": client_id, "text": text})
        await self._socket.send(said)
        for _ in range(TRIES):
            try:
                async for frame in self._frames():
                    if _is_reply(frame):
                        yield frame
                    elif _is_refusal(frame, client_id):
                        yield frame | {"sender": "system", "buttons": [], "seq": 0, "language": _script(frame["text"])}
                        return
                    elif _is_end(frame, client_id):
                        return
                    elif _is_unavailable(frame):
                        await asyncio.sleep(RETRY_SECONDS)
                        await self._socket.send(said)
            except websockets.ConnectionClosed:
                await asyncio.sleep(RETRY_SECONDS)
                await self._connect()
                await self._socket.send(said)
        raise Unreachable("no answer came")

    async def replayed(self) -> list[dict[str, Any]]:
        """Every message after the last one seen, also the customer's own, as the server sends them on connecting."""
        messages: list[dict[str, Any]] = []
        while self._state.get("seq", 0) < self._last_seq:
            frame = await anext(self._frames())
            if frame["type"] == "message":
                messages.append(frame)
        return messages

    async def _frames(self) -> AsyncIterator[dict[str, Any]]:
        while True:
            try:
                frame: dict[str, Any] = json.loads(await asyncio.wait_for(self._socket.recv(), REPLY_SECONDS))
            except TimeoutError as error:
                raise Unreachable("no answer came within a minute") from error
            if frame["type"] == "token":
                self._state["token"] = frame["token"]
            if frame["type"] == "message":
                self._state["seq"] = max(self._state.get("seq", 0), frame["seq"])
            yield frame

    async def _open(self) -> None:
        body = {"language": self._language, "channel": "cli"}
        try:
            async with httpx.AsyncClient(timeout=10) as http:
                answer = await http.post(f"{self._url}/conversations", json=body)
        except httpx.HTTPError as error:
            raise Unreachable(f"nothing answers at {self._url}; start the product with: make run") from error
        if answer.is_error:
            raise Unreachable(str(answer.json().get("title", answer.status_code)))
        opened = answer.json()
        self._state = {"id": opened["conversationId"], "token": opened["token"], "seq": 0}
        self.name = self.name or opened["conversationId"]

    async def _connect(self) -> None:
        url = self._url.replace("http", "ws", 1) + f"/conversations/{self._state['id']}/ws"
        for attempt in range(TRIES):
            try:
                self._socket = await websockets.connect(url, max_size=2**20)
                hello = {"type": "hello", "token": self._state["token"], "resumeFrom": self._state["seq"]}
                await self._socket.send(json.dumps(hello))
                await self._welcomed()
            except (OSError, websockets.WebSocketException) as error:
                if attempt == TRIES - 1:
                    raise Unreachable(f"nothing answers at {self._url}; start the product with: make run") from error
                await asyncio.sleep(RETRY_SECONDS)
            else:
                return

    async def _welcomed(self) -> None:
        frame = json.loads(await self._socket.recv())
        if frame["type"] == "error" and frame["code"] != "unavailable":
            raise Closed(frame["text"])
        if frame["type"] == "error":
            raise OSError(frame["text"])
        self._last_seq = int(frame["lastSeq"])
        if self._language is not None:
            await self._socket.send(json.dumps({"type": "language", "language": self._language}))

    def _file(self) -> Path:
        return self._folder / (re.sub(r"[^\w.-]", "_", self.name)[:80] + ".json")

    def _load(self) -> None:
        if self.name and self._file().is_file():
            self._state = json.loads(self._file().read_text())

    def _save(self) -> None:
        if self._state:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file().touch(mode=0o600)
            self._file().write_text(json.dumps(self._state))


def _is_reply(frame: dict[str, Any]) -> bool:
    return bool(frame["type"] == "message" and frame["sender"] != "customer")


def _is_unavailable(frame: dict[str, Any]) -> bool:
    return bool(frame["type"] == "error" and frame["code"] == "unavailable")


def _is_refusal(frame: dict[str, Any], client_id: str) -> bool:
    return frame["type"] == "error" and not _is_unavailable(frame) and frame.get("clientId") in (client_id, None)


def _is_end(frame: dict[str, Any], client_id: str) -> bool:
    return frame["type"] == "turn" and frame["clientId"] == client_id and frame["state"] in ENDED


def _script(text: str) -> str:
    return "ar" if re.search("[\u0621-\u064a]", text) else "en"
