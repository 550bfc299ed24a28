"""One spelling for many: digits, hamza, alef, ta marbuta, tatweel and diacritics folded, offsets into the customer's text kept."""  # noqa: E501

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

VIEW = "view"
_FOLDED = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ء": "", "ـ": "",
    "ک": "ك", "ی": "ي", "ہ": "ه", "گ": "ك", "٫": ".", "٬": ",", "،": ",", "؛": ";", "؟": "?", "٪": "%",
    "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\t": " ", "\n": " ", "\r": " ",
})  # fmt: skip
_DROPPED_CATEGORIES = {"Mn", "Me", "Cf", "Cc", "Cs"}


@dataclass(frozen=True)
class View:
    """Folded text, and for each of its characters the index it came from."""

    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where [start, end) of the view stands in the customer's own text."""
        return self.origins[start], self.origins[end - 1] + 1


def fold_character(character: str) -> str:
    """The folded form of one character: none, one, or (ligatures) several."""
    if character.isdecimal():
        return str(unicodedata.digit(character))
    if unicodedata.category(character) in _DROPPED_CATEGORIES and character not in "\t\n\r":
        return ""
    folded = unicodedata.normalize("NFKC", character).lower().translate(_FOLDED)
    return "".join(part for part in folded if unicodedata.category(part) not in _DROPPED_CATEGORIES)


def _third_in_a_row(folded: str, so_far: list[str]) -> bool:
    return folded.isalpha() and so_far[-2:] == [folded, folded]


def normalise(text: str) -> View:
    """The view that patterns and features look at; letters repeated for emphasis stay at most twice."""
    characters: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        for folded in fold_character(character):
            if not _third_in_a_row(folded, characters):
                characters.append(folded)
                origins.append(index)
    return View("".join(characters), tuple(origins))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class Normaliser(GraphComponent):
    """Puts the folded view on every message."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Normaliser:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            message.set(VIEW, normalise(message.get(TEXT) or ""))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process([example for example in training_data.training_examples if example.get(TEXT)])
        return training_data
