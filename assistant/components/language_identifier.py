"""In which language to reply: that of the last full message; short answers, digits and names keep the current one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
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

from assistant.components.arabizi import is_arabizi
from assistant.components.normaliser import normalise

REPLY_LANGUAGE = "reply_language"
ENOUGH_UNKNOWN = 2
UNSURE = 0.3
KEEPING_INTENTS = frozenset({"inform", "affirm", "deny", "nlu_fallback"})
NAMES = frozenset({"person_name", "place", "plan", "add_on", "email"})
NAMES_ASKED = frozenset({"person_name", "place", "dispute_reason", "problem_place"})
_ARABIC_WORD = re.compile(r"[\u0621-\u064a]+")
_LATIN_WORD = re.compile(r"(?<![a-z0-9@._-])(?:[a-z][a-z'0-9]*|[235679][0-9]*[a-z][a-z'0-9]*)(?![@\w])")
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
        "bot",
        "robot",
        "lol",
        "hmm",
        "whatsapp",
        "stc",
        "zain",
        "mobily",
        "hatif",
    ]
)


def train_latin_model(arabizi: list[str], english: list[str], examples: Iterable[str] = ()) -> LatinModel:
    """Knows the words listed and those of messages that are clearly of one language; guesses others by their letters."""  # noqa: E501
    known = {**dict.fromkeys(english, "en"), **dict.fromkeys(arabizi, "ar")}
    votes: dict[str, Counter[str]] = {}
    for words in map(latin_words, examples):
        language = _clear_language(words, known)
        for word in words if language else ():
            votes.setdefault(word, Counter())[language] += 1
    learned = {word: vote.most_common(1)[0][0] for word, vote in votes.items() if _one_sided(vote)}
    words = {**learned, **known}
    letters = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True),
        LogisticRegression(C=20, class_weight="balanced"),
    )
    return LatinModel(words, letters.fit(list(words), list(words.values())))


def _clear_language(words: list[str], known: dict[str, str]) -> str | None:
    """The language of a whole message where known words leave no doubt."""
    found = Counter("ar" if is_arabizi(word) else known.get(word) for word in words)
    arabic, english = found["ar"], found["en"]
    if max(arabic, english) * 3 < len(words) or max(arabic, english) < 2 * min(arabic, english) or arabic == english:
        return None
    return "ar" if arabic > english else "en"


def _one_sided(vote: Counter[str]) -> bool:
    return vote.most_common(1)[0][1] >= 0.8 * vote.total()


@dataclass(frozen=True)
class LatinModel:
    """Words whose language is known, and a guess by letters for the rest."""

    words: dict[str, str]
    letters: Pipeline

    def language(self, words: list[str]) -> str | None:
        """The language of a stretch of Latin words; None where nothing in it is evidence."""
        found = Counter("ar" if is_arabizi(word) else self.words.get(word, "unknown") for word in words)
        strange = sorted({word for word in words if word not in self.words and not is_arabizi(word)})
        if found["ar"] == found["en"] and len(strange) < ENOUGH_UNKNOWN:
            return None
        guess = found["ar"] + (sum(self._arabic(strange)) if strange else 0.0)
        share = guess / (found["ar"] + found["en"] + len(strange))
        if not found["ar"] and not found["en"] and abs(share - 0.5) < UNSURE:
            return None
        return "ar" if share > 0.5 else "en"

    def _arabic(self, words: list[str]) -> list[float]:
        return list(self.letters.predict_proba(words)[:, list(self.letters.classes_).index("ar")])


def latin_words(text: str) -> list[str]:
    """The words in Latin letters that tell a language; names of things that both languages use do not."""
    words = _LATIN_WORD.findall(normalise(text).text)
    return [word for word in words if (word not in _NEUTRAL and len(word) > 1) or word == "i"]


def count_words(text: str, latin_model: LatinModel) -> dict[str, int]:
    """How many words of each language a text has; words that are of neither count for none."""
    counts = {"ar": len(_ARABIC_WORD.findall(normalise(text).text)), "en": 0}
    latin = latin_words(text)
    language = latin_model.language(latin) if latin else None
    if language:
        counts[language] += len(latin)
    return counts


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

    def __init__(self, storage: ModelStorage, resource: Resource, latin_model: LatinModel | None = None) -> None:
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
        examples = [example.get(TEXT) for example in training_data.intent_examples if example.get(TEXT)]
        model = train_latin_model(words["arabizi_word"], words["english_word"], examples)
        with self._storage.write_to(self._resource) as directory:
            joblib.dump(model, directory / "latin.joblib")
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
