"""Asks the shipped model: the same graph, threshold and components as a customer's message meets."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY

from assistant.components.gateway_channel import prepared_text
from assistant.components.reply_language import REPLY_LANGUAGE
from assistant.evaluation.measures import Understood

FALLBACK = "nlu_fallback"
NOTHING = Understood("", 0.0, fell_back=True, values=())


def load(model: Path) -> Agent:
    """The model as the server loads it, without its server."""
    return Agent.load(str(model))


async def understand(agent: Agent, texts: Iterable[str], today: str | None) -> AsyncIterator[Understood]:
    """What the model makes of each text; `today` (ISO) is the day that "yesterday" is counted from."""
    for text in texts:
        yield await _understand(agent, text, today)


async def _understand(agent: Agent, text: str, today: str | None) -> Understood:
    message = prepared_text(text, None)
    if not message:
        return NOTHING  # the gateway passes no empty message on
    parsed = await agent.processor.parse_message(UserMessage(message, metadata={"today": today} if today else {}))
    return as_understood(parsed)


def as_understood(parsed: dict[str, Any]) -> Understood:
    """Rasa's answer in the terms of the evaluation."""
    fell_back = parsed[INTENT]["name"] == FALLBACK
    ranking = [one for one in parsed.get(INTENT_RANKING_KEY) or [parsed[INTENT]] if one["name"] != FALLBACK]
    first = ranking[0] if ranking else {"name": "", "confidence": 0.0}
    values = [(one["entity"], str(one["value"])) for one in parsed[ENTITIES] if one["entity"] != REPLY_LANGUAGE]
    return Understood(
        intent="/".join(filter(None, (first["name"], first.get("topic")))),
        confidence=float(first["confidence"]),
        fell_back=fell_back,
        values=tuple(values),
        second=parsed.get("second_intent"),
    )
