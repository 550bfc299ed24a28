"""The link to Rasa: one customer message there, the bot's answer back."""

from dataclasses import dataclass
from typing import Any

import httpx

from backend.conversations.service import Turn
from backend.conversations.service.turns import Reply
from backend.kernel.text import Language
from backend.settings import Settings


class AssistantAway(Exception):
    """Rasa does not answer, or not in time, or not with what it should; the same message may be sent again."""


class AssistantSilent(Exception):
    """Rasa answered with nothing: an action failed. `actions_answer` tells whether the action server is there."""

    def __init__(self, *, actions_answer: bool) -> None:
        super().__init__("no reply")
        self.actions_answer = actions_answer


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot said, in which language, and how it understood the message."""

    replies: list[Reply]
    language: Language
    intent: str | None


class Assistant:
    """An HTTP client of Rasa's private channel. Closed with the process."""

    def __init__(self, settings: Settings, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._url = f"{settings.rasa_url}/webhooks/gateway"
        self._actions_health = settings.actions_health_url
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(settings.rasa_timeout_seconds, connect=2),
            headers={"Authorization": f"Bearer {settings.rasa_secret.get_secret_value()}"},
            transport=transport,
        )

    async def ask(self, turn: Turn) -> Answer:
        """The bot's answer. Raises AssistantAway or AssistantSilent."""
        metadata = {
            "language": turn.language,
            "channel": turn.channel,
            "message_id": turn.message_id,
            "today": turn.today.isoformat(),
        }
        body = {"sender": str(turn.conversation_id), "message": turn.message, "metadata": metadata}
        try:
            response = await self._client.post(f"{self._url}/webhook", json=body)
            response.raise_for_status()
            answer = response.json()
            replies = [_reply(message) for message in answer["messages"] if message.get("text")]
        except (httpx.HTTPError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise AssistantAway(str(error)) from error
        if not replies:
            raise AssistantSilent(actions_answer=await self.actions_answer())
        language: Language = answer.get("language") if answer.get("language") in ("ar", "en") else turn.language
        return Answer(replies, language, answer.get("intent"))

    async def answers(self) -> bool:
        """Whether Rasa is there with a model loaded."""
        return await self._is_ok(f"{self._url}/")

    async def actions_answer(self) -> bool:
        """Whether the action server is there."""
        return await self._is_ok(self._actions_health)

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.aclose()

    async def _is_ok(self, url: str) -> bool:
        try:
            return (await self._client.get(url, timeout=2)).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False


def _reply(message: dict[str, Any]) -> Reply:
    buttons = [{"title": b["title"], "payload": b["payload"]} for b in message.get("buttons") or []]
    return Reply(text=str(message["text"]), buttons=buttons)
