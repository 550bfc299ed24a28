"""A customer at a terminal: the same client as `hatif chat`, driven by a test."""

import asyncio
from pathlib import Path
from typing import Any
from uuid import uuid4

from backend.cli.gateway_client import GatewayClient


class Conversation:
    """One conversation; `say` returns what came back, what was missed before it included."""

    def __init__(self, url: str, home: Path, language: str | None = None) -> None:
        self.name = f"test-{uuid4()}"
        self._url, self._home, self._language = url, home, language
        self.heard: list[dict[str, Any]] = []

    def say(self, text: str) -> list[dict[str, Any]]:
        """The replies to a typed message; a button is pressed by its title."""
        return asyncio.run(self._say(text))

    def text(self, text: str) -> str:
        """The replies as one text."""
        return "\n".join(reply["text"] for reply in self.say(text))

    @property
    def buttons(self) -> list[str]:
        """Titles of the buttons below the last message."""
        return [button["title"] for button in self.heard[-1]["buttons"]] if self.heard else []

    async def _say(self, text: str) -> list[dict[str, Any]]:
        client = GatewayClient(self._url, self._home / "chat", name=self.name, language=self._language)
        self._language = None
        async with client.connected():
            replies = [reply async for reply in client.exchange(text)]
        self.heard += replies
        return replies
