"""Finds the values in a message: a thin plug of Rasa around `assistant.values` and the operator's catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import dump_obj_as_json_to_file, read_json_file

from assistant.components.language_identifier import MISSPELT, variety_of
from assistant.components.normaliser import VIEW, View, normalise
from assistant.values import catalogue
from assistant.values.catalogue import CatalogueFeed
from assistant.values.found import Found
from assistant.values.lexicon import LOOKUPS, Lexicon
from assistant.values.offerings import Catalogue
from assistant.values.reading import Setting, extract
from assistant.values.tokens import tokens_of

TREE = Path(__file__).parents[2]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class HatifEntityExtractor(GraphComponent):
    """Keeps the lookups and the words of the training data with the model and runs `extract`.

    A message's metadata may name the day (`today`, ISO); else it is today in the configured time zone.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"region": "SA", "currency": "SAR", "time_zone": "Asia/Riyadh"}

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        lookups: Mapping[str, Sequence[str]],
        words: Mapping[str, int],
    ) -> None:
        self._config, self._storage, self._resource = config, storage, resource
        self._lookups, self._words = lookups, words
        self._catalogue: Catalogue | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> HatifEntityExtractor:
        made = cls(config, model_storage, resource, {}, {})
        made.learn(Catalogue())
        return made

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> HatifEntityExtractor:
        with model_storage.read_from(resource) as directory:
            known = read_json_file(directory / "known.json")
        loaded = cls(config, model_storage, resource, known["lookups"], known["words"])
        loaded.follow_the_catalogue()
        return loaded

    def follow_the_catalogue(self) -> None:
        """Learn the backend's catalogue now and every change of it; the tree's where no backend is configured."""
        client = catalogue.connect()
        if client is None:
            self.learn(catalogue.of_tree(TREE))
            return
        self.learn(Catalogue())
        feed = CatalogueFeed(client, self.learn)
        feed.refresh()
        feed.start()

    def learn(self, present: Catalogue) -> None:
        """Know what the operator sells now; the next message is read with it."""
        if present != self._catalogue:
            self._lexicon = Lexicon(self._lookups, self._words, present)
            self._catalogue = present

    def train(self, training_data: TrainingData) -> Resource:
        self._lookups = {
            table["name"]: table["elements"] for table in training_data.lookup_tables if table["name"] in LOOKUPS
        }
        self._words = words_of(
            example.get(TEXT) or "" for example in training_data.training_examples if variety_of(example) != MISSPELT
        )
        self.learn(Catalogue())
        with self._storage.write_to(self._resource) as directory:
            dump_obj_as_json_to_file(directory / "known.json", {"lookups": self._lookups, "words": self._words})
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            view = message.get(VIEW) or normalise(text)
            found = extract(view, text, self._lexicon, self._setting(message))
            message.set(ENTITIES, message.get(ENTITIES, []) + [_as_entity(one, view, text) for one in found], True)
        return messages

    def _setting(self, message: Message) -> Setting:
        intent = (message.get(INTENT) or {}).get("name")
        today = told_day(message.get("metadata")) or datetime.now(ZoneInfo(self._config["time_zone"])).date()
        return Setting(today, self._config["region"], self._config["currency"], intent)


def words_of(texts: Iterable[str]) -> dict[str, int]:
    """How often each folded word stands in the texts; what only misspelt ones hold is a slip of the pen there too."""
    return dict(Counter(token.text for text in texts for token in tokens_of(normalise(text).text)))


def told_day(metadata: Any) -> date | None:
    """The day that a message's metadata names, or None where it names none."""
    told = metadata.get("today") if isinstance(metadata, dict) else None
    try:
        return date.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        return None


def _as_entity(found: Found, view: View, text: str) -> dict[str, Any]:
    start, end = view.span(found.start, found.end)
    as_written = found.entity == "person_name"
    value = text[start:end] if as_written else found.value
    return {"entity": found.entity, "value": value, "start": start, "end": end, "extractor": "HatifEntityExtractor"}
