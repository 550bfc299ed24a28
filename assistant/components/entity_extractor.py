"""Finds the values in a message: shapes by pattern, days by calendar, names of things by lexicon; each normalised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import dump_obj_as_json_to_file, read_json_file
from spacy.language import Language

from assistant.components import calendar_values, lexicon, structured_values
from assistant.components.normaliser import VIEW, View, normalise
from assistant.components.structured_values import Found

LOOKUPS = ("plan", "add_on", "problem", "place", "language")
_NAME = r"[^\W\d_]+(?:[ '-][^\W\d_]+){0,4}"
_STOP = (
    r"(?=\s+(?:and|i|my|from|please|و?انا|و?ابي|و?ابغي|و?عايز|و?بدي|و?رقم\w*|و?هويت\w*)(?!\w)|\s*[,.!?;:]|\s*$|\s+\d)"
)
_INTRODUCED = re.compile(
    rf"(?<!\w)(?:my (?:full )?name is|the name is|name'?s|i am called|call me|انا اسمي|اسمي الكامل|الاسم الكامل|اسمي هو|اسمي|الاسم هو|الاسم|ismi|esmi)\s*:?\s+({_NAME}?){_STOP}"  # noqa: E501
)


def person_names(text: str) -> Iterator[Found]:
    """Names that the customer introduces as such."""
    for match in _INTRODUCED.finditer(text):
        yield Found("person_name", match.group(1), *match.span(1))


def without_overlaps(found: Iterable[Found]) -> list[Found]:
    """Earlier finders win; a later value that touches a taken stretch is dropped."""
    kept: list[Found] = []
    for candidate in found:
        if all(candidate.end <= other.start or candidate.start >= other.end for other in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda one: one.start)


def extract(view: View, pipelines: Mapping[str, Language], today: date, region: str, currency: str) -> list[Found]:
    """Every value in the text, in the order in which it stands there."""
    text = view.text
    return without_overlaps(
        [
            *structured_values.documents(text),
            *structured_values.emails(text),
            *calendar_values.days(text, today),
            *structured_values.identity_numbers(text),
            *structured_values.phone_numbers(text, region),
            *lexicon.words(text, pipelines),
            *structured_values.one_time_codes(text),
            *structured_values.amounts(text, currency),
            *calendar_values.bill_periods(text, today),
            *person_names(text),
        ]
    )


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class HatifEntityExtractor(GraphComponent):
    """Keeps the lookups of the training data with the model and runs `extract`."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"region": "SA", "currency": "SAR", "time_zone": "Asia/Riyadh"}

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, lookups: dict[str, list[str]]
    ) -> None:
        self._config, self._storage, self._resource = config, storage, resource
        self._pipelines = {language: lexicon.build_pipeline(language, lookups) for language in ("ar", "en")}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> HatifEntityExtractor:
        return cls(config, model_storage, resource, {})

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
            return cls(config, model_storage, resource, read_json_file(directory / "lookups.json"))

    def train(self, training_data: TrainingData) -> Resource:
        lookups = {
            table["name"]: table["elements"] for table in training_data.lookup_tables if table["name"] in LOOKUPS
        }
        with self._storage.write_to(self._resource) as directory:
            dump_obj_as_json_to_file(directory / "lookups.json", lookups)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        today = datetime.now(ZoneInfo(self._config["time_zone"])).date()
        for message in messages:
            view = message.get(VIEW) or normalise(message.get(TEXT) or "")
            found = extract(view, self._pipelines, today, self._config["region"], self._config["currency"])
            entities = [_as_entity(one, view, message.get(TEXT) or "") for one in found]
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
        return messages


def _as_entity(found: Found, view: View, text: str) -> dict[str, Any]:
    start, end = view.span(found.start, found.end)
    as_written = found.entity == "person_name"
    value = text[start:end] if as_written else found.value
    return {"entity": found.entity, "value": value, "start": start, "end": end, "extractor": "HatifEntityExtractor"}
