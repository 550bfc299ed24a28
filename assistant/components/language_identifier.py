"""In which language and script a message is written: Arabic, English, Arabic in Latin letters (Arabizi), or a mix."""

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
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from assistant.components.arabizi import is_arabizi
from assistant.components.normaliser import normalise
from assistant.components.other_languages import is_other_language

IDENTIFIER, WRITTEN_IN = "language_identifier", "written_in"
ARABIC, ENGLISH, ARABIZI, MIXED, OTHER, NONE = "ar", "en", "arabizi", "mixed", "other", ""
MISSPELT = "misspelt"
VARIETY_LANGUAGE = {"arabizi": "ar", "native": "en", "expat": "en", "chat": "en"}
ENOUGH_UNKNOWN = 2
UNSURE = 0.3
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


Told = tuple[str, "str | None"]


def train_latin_model(
    arabizi: list[str], english: list[str], examples: Iterable[Told] = (), other: Iterable[str] = ()
) -> LatinModel:
    """Knows the words listed and those of messages of one language; guesses others by their letters.

    `other` are words of languages that are not spoken here.

    An example is a text and its language, or None where only its words can tell.
    """
    known = {**dict.fromkeys(english, "en"), **dict.fromkeys(arabizi, "ar")}
    votes: dict[str, Counter[str]] = {}
    for text, told in examples:
        words = latin_words(text)
        language = told or _clear_language(words, known)
        for word in words if language else ():
            votes.setdefault(word, Counter())[language] += 1
    learned = {word: vote.most_common(1)[0][0] for word, vote in votes.items() if _one_sided(vote)}
    words = {**learned, **known}
    letters = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True),
        LogisticRegression(C=20, class_weight="balanced"),
    )
    return LatinModel(words, letters.fit(list(words), list(words.values())), frozenset(other))


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
    other: frozenset[str] = frozenset()

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


def written_in(text: str, latin_model: LatinModel) -> str:
    """ARABIC, ENGLISH, ARABIZI, MIXED, OTHER (none of these), or NONE where there is no word that tells."""
    if is_other_language(text, latin_model.other, latin_model.words):
        return OTHER
    arabic = len(_ARABIC_WORD.findall(normalise(text).text))
    latin = latin_words(text)
    language = latin_model.language(latin) if latin else None
    if arabic and language:
        return MIXED
    if arabic:
        return ARABIC
    return {"ar": ARABIZI, "en": ENGLISH, None: NONE}[language]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LanguageIdentifier(GraphComponent):
    """Puts on every message what it is written in, and the model that can tell."""

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
        self._latin_model = latin_model_of(training_data)
        with self._storage.write_to(self._resource) as directory:
            joblib.dump(self._latin_model, directory / "latin.joblib")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            message.set(IDENTIFIER, self._latin_model)
            self._tell(message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Examples get no model: Rasa takes a fingerprint of all that an example holds, which would write it out each time."""  # noqa: E501
        for example in training_data.training_examples:
            self._tell(example)
        return training_data

    def _tell(self, message: Message) -> None:
        message.set(WRITTEN_IN, written_in(message.get(TEXT) or "", self._latin_model), add_to_output=True)


def latin_model_of(training_data: TrainingData) -> LatinModel:
    """The model that the lookups and examples of the training data teach."""
    words = {table["name"]: table["elements"] for table in training_data.lookup_tables}
    examples = [(example.get(TEXT), variety_of(example)) for example in training_data.intent_examples]
    told = [(text, VARIETY_LANGUAGE.get(variety)) for text, variety in examples if text]
    return train_latin_model(words["arabizi_word"], words["english_word"], told, words["other_language_word"])


def variety_of(example: Message) -> str | None:
    """How the author of an example writes, as its block in the training data says."""
    return ((example.get("metadata") or {}).get("intent") or {}).get("variety")
