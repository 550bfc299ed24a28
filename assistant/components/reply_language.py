"""In which language to reply: that of the last full message; short answers, digits and names keep the current one."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.components.language_identifier import IDENTIFIER, count_words

REPLY_LANGUAGE = "reply_language"
KEEPING_INTENTS = frozenset({"inform", "affirm", "deny", "nlu_fallback"})
NAMES = frozenset({"person_name", "place", "plan", "add_on", "email"})
NAMES_ASKED = frozenset({"person_name", "place", "dispute_reason", "problem_place"})


def decide(counts: dict[str, int], current: str, intent: str, asked: str | None, chosen: str | None) -> str:
    """The reply's language. `asked` is the value the assistant waits for, `chosen` a language the customer named."""
    if intent == "switch_language":
        return chosen or ("en" if current == "ar" else "ar")
    total = counts["ar"] + counts["en"]
    short = total <= 3 and (intent in KEEPING_INTENTS or asked in NAMES_ASKED)
    if total == 0 or short or counts["ar"] == counts["en"]:
        return current
    return "ar" if counts["ar"] > counts["en"] else "en"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ReplyLanguage(GraphComponent):
    """Adds `reply_language` to the message; the slot `language` is mapped from it. Stands after the intent classifier."""  # noqa: E501

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ReplyLanguage:
        return cls()

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        for message in messages:
            current = current_language(message.get("metadata"), tracker)
            entities = message.get(ENTITIES, [])
            chosen = next((entity["value"] for entity in entities if entity["entity"] == "language"), None)
            intent = (message.get(INTENT) or {}).get("name") or ""
            asked = tracker.get_slot("requested_slot") if tracker and tracker.active_loop_name else None
            text = without_names(message.get(TEXT) or "", entities)
            reply = decide(count_words(text, message.get(IDENTIFIER)), current, intent, asked, chosen)
            message.set(ENTITIES, [*entities, {"entity": REPLY_LANGUAGE, "value": reply}], add_to_output=True)
        return messages


def without_names(text: str, entities: list[dict[str, Any]]) -> str:
    """The text without names of people, places and plans, which say nothing of the language around them."""
    for entity in sorted(entities, key=lambda one: -one.get("start", 0)):
        if entity["entity"] in NAMES and "start" in entity:
            text = text[: entity["start"]] + " " + text[entity["end"] :]
    return text


def current_language(metadata: dict[str, Any] | None, tracker: DialogueStateTracker | None) -> str:
    """The conversation's language as the gateway tells it, else the tracker's, else Arabic."""
    told = (metadata or {}).get("language")
    return told if told in ("ar", "en") else (tracker and tracker.get_slot("language")) or "ar"
