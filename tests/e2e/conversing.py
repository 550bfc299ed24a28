"""A customer at a terminal: the same client as `hatif chat`, driven by a test."""

import asyncio
import json
import re
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any, Protocol, TypeVar
from uuid import uuid4

from backend.cli.gateway_client import GatewayClient
from backend.kernel.checkdigit import with_check_digit

Result = TypeVar("Result")
_ids = count(int(time.time()) % 10_000_00)


class Outbox(Protocol):
    """Where codes are read."""

    def newest_code(self, number: str) -> str:
        """The code that was sent last to a number."""


class Conversation:
    """One conversation; `say` returns what came back, what was missed before it included."""

    def __init__(self, url: str, home: Path, language: str | None = None, name: str | None = None) -> None:
        self.name = name or f"test-{uuid4()}"
        self._url, self._home, self._language = url, home, language
        self.heard: list[dict[str, Any]] = []
        self.codes: list[str] = []

    @property
    def heard_text(self) -> str:
        """Everything that came back, as one text."""
        return "\n".join(str(reply["text"]) for reply in self.heard)

    @property
    def buttons(self) -> list[str]:
        """Titles of the buttons below the last message that had some."""
        shown = [reply["buttons"] for reply in self.heard if reply["buttons"]]
        return [button["title"] for button in shown[-1]] if shown else []

    def say(self, text: str) -> list[dict[str, Any]]:
        """The replies to a typed message; a button is pressed by its title."""
        return _run(self._say(text))

    def text(self, text: str) -> str:
        """The replies as one text."""
        return "\n".join(str(reply["text"]) for reply in self.say(text))

    def verify(self, outbox: Outbox, number: str, first: str) -> str:
        """Ask something that needs a code, give number and code, and return what came after it."""
        self.say(first)
        self.say(number)
        self.codes.append(outbox.newest_code(number))
        return self.text(self.codes[-1])

    def fills_in_the_form(self, offering: str) -> None:
        """Sign up in Arabic as somebody new, up to the read-back."""
        national_id = with_check_digit(f"10{next(_ids) % 10_000_000:07d}")
        answers = (
            "أريد خط جديد",
            offering,
            "نورة سعد القحطاني",
            national_id,
            "12/4/1991",
            "0541112233",
            "15000",
            "نعم",
        )
        for answer in answers:
            self.say(answer)

    def signs_up(self, offering: str) -> str:
        """Sign up, confirm, and wait for the line; its number."""
        self.fills_in_the_form(offering)
        self.say("نعم")
        message = self.wait_for("رقم خطك", 60)
        return re.findall(r"\+966\d{9}", message)[-1]

    def wait_for(self, pattern: str, seconds: float) -> str:
        """The first message that matches, looked for in the history until it is there."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for message in self.history():
                if message["sender"] != "customer" and re.search(pattern, message["text"]):
                    return str(message["text"])
            time.sleep(0.5)
        raise TimeoutError(f"{pattern} did not come: {[m['text'] for m in self.history()]}")

    def history(self) -> list[dict[str, Any]]:
        """The whole conversation, as a client that has seen nothing gets it."""
        return _run(self._history())

    def second_tab(self) -> "Conversation":
        """Another client of the same conversation."""
        other = Conversation(self._url, self._home, name=f"{self.name}-tab")
        folder = self._home / "chat"
        (folder / f"{other.name}.json").write_text((folder / f"{self.name}.json").read_text())
        return other

    def _client(self, name: str) -> GatewayClient:
        client = GatewayClient(self._url, self._home / "chat", name=name, language=self._language)
        self._language = None
        return client

    async def _say(self, text: str) -> list[dict[str, Any]]:
        client = self._client(self.name)
        async with client.connected():
            replies = [reply async for reply in client.exchange(text)]
        self.heard += replies
        return replies

    async def _history(self) -> list[dict[str, Any]]:
        path = self._home / "chat" / f"{self.name}.json"
        seen = json.loads(path.read_text())
        ghost = f"{self.name}-history"
        path.with_name(f"{ghost}.json").write_text(json.dumps(seen | {"seq": 0}))
        client = self._client(ghost)
        async with client.connected():
            return await client.replayed()


def _run(talk: Coroutine[Any, Any, Result]) -> Result:
    """In a thread of its own: the browser's tests keep an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, talk).result()
