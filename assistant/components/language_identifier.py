"""In which language to reply: that of the last full message; short answers, digits and names keep the current one."""

from __future__ import annotations

import re
from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from assistant.components.normaliser import normalise

REPLY_LANGUAGE = "reply_language"
KEEPING_INTENTS = frozenset({"inform", "affirm", "deny", "nlu_fallback"})
NAMES = frozenset({"person_name", "place", "plan", "add_on", "email"})
NAMES_ASKED = frozenset({"person_name", "place", "dispute_reason", "problem_place"})
_ARABIC_WORD = re.compile(r"[\u0621-\u064a]+")
_LATIN_WORD = re.compile(r"[a-z][a-z'0-9]*|[23567][a-z'0-9]+")
_NEUTRAL = frozenset(
    [
        "ok",
        "okay",
        "yes",
        "no",
        "yeah",
        "yep",
        "nope",
        "y",
        "n",
        "esim",
        "sim",
        "wifi",
        "4g",
        "5g",
        "sms",
        "otp",
        "vat",
        "inv",
        "ord",
        "tt",
        "dsp",
        "gb",
        "mb",
        "app",
        "id",
        "pin",
        "puk",
    ]
)


def train_latin_model(arabizi: list[str], english: list[str]) -> Pipeline:
    """Tells an Arabic word in Latin letters from an English one, by its letters."""
    model = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True),
        LogisticRegression(C=20, class_weight="balanced"),
    )
    return model.fit(arabizi + english, ["ar"] * len(arabizi) + ["en"] * len(english))


def count_words(text: str, latin_model: Pipeline) -> dict[str, int]:
    """How many words of each language a text has."""
    view = normalise(text).text
    arabic = len(_ARABIC_WORD.findall(view))
    latin = [word for word in _LATIN_WORD.findall(view) if (word not in _NEUTRAL and len(word) > 1) or word == "i"]
    if not latin:
        return {"ar": arabic, "en": 0}
    arabizi_likelihood = latin_model.predict_proba(latin)[:, list(latin_model.classes_).index("ar")].mean()
    is_arabizi = arabizi_likelihood > 0.55
    return {"ar": arabic + (len(latin) if is_arabizi else 0), "en": 0 if is_arabizi else len(latin)}


def decide(counts: dict[str, int], current: str, intent: str, asked: str | None, chosen: str | None) -> str:
    """The reply's language. `asked` is the value the assistant waits for, `chosen` a language the customer named."""
    if intent == "switch_language":
        return chosen or ("en" if current == "ar" else "ar")
    total = counts["ar"] + counts["en"]
    short = total <= 3 and (intent in KEEPING_INTENTS or asked in NAMES_ASKED)
    if total == 0 or short or counts["ar"] == counts["en"]:
        return current
    return "ar" if counts["ar"] > counts["en"] else "en"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class LanguageIdentifier(GraphComponent):
    """Adds `reply_language` to the message; the slot `language` is mapped from it. Stands after the intent classifier."""  # noqa: E501

    def __init__(self, storage: ModelStorage, resource: Resource, latin_model: Pipeline | None = None) -> None:
        self._storage, self._resource, self._latin_model = storage, resource, latin_model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageIdentifier:
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LanguageIdentifier:
        with model_storage.read_from(resource) as directory:
            return cls(model_storage, resource, joblib.load(directory / "latin.joblib"))

    def train(self, training_data: TrainingData) -> Resource:
        words = {table["name"]: table["elements"] for table in training_data.lookup_tables}
        with self._storage.write_to(self._resource) as directory:
            joblib.dump(train_latin_model(words["arabizi_word"], words["english_word"]), directory / "latin.joblib")
        return self._resource

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        for message in messages:
            current = current_language(message.get("metadata"), tracker)
            entities = message.get(ENTITIES, [])
            chosen = next((entity["value"] for entity in entities if entity["entity"] == "language"), None)
            intent = (message.get(INTENT) or {}).get("name") or ""
            asked = tracker.get_slot("requested_slot") if tracker and tracker.active_loop_name else None
            text = without_names(message.get(TEXT) or "", entities)
            reply = decide(count_words(text, self._latin_model), current, intent, asked, chosen)
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
