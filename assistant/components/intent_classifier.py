"""The plug of the intent model: trains, keeps and asks it; a second request in a message is told beside the first."""

from __future__ import annotations

from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.components.intent_features import read
from assistant.components.intent_model import IntentModel
from assistant.components.language_identifier import WRITTEN_IN
from assistant.components.second_intent import second_intent

TOPIC, SECOND_INTENT = "topic", "second_intent"


def merged(ranking: list[tuple[str, float]]) -> list[dict[str, Any]]:
    """Rasa's ranking: sub-intents (`faq/late_fee`) add up to their intent, the likeliest one kept as its topic."""
    intents: dict[str, dict[str, Any]] = {}
    for label, probability in ranking:
        name, _, topic = label.partition("/")
        entry = intents.setdefault(name, {"name": name, "confidence": 0.0, **({TOPIC: topic} if topic else {})})
        entry["confidence"] += probability
    return sorted(intents.values(), key=lambda entry: -entry["confidence"])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent):
    """Trains, keeps and asks the intent model. Stands after the language identifier."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "C": 0.5,
            "margin_sharpness": 4.0,
            "consonant_weight": 0.7,
            "encoder_share": 0.55,
            "enough_rounds": 1.5,
            "sure": 0.8,
            "familiar": 0.7,
            "outside": "out_of_scope",
            "outside_lean": 0.28,
            "sharpness": 1.7,
            "encoder": {"seen": 43_000, "rate": 1e-3, "kept": 0.85, "kept_features": 0.7, "seed": 7},
            "ranking_length": 8,
        }

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: IntentModel | None = None
    ) -> None:
        self._config, self._storage, self._resource, self._model = config, storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        with model_storage.read_from(resource) as directory:
            model = joblib.load(directory / "intents.joblib")
        model.rank(read("warm up", ""))
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        labels = [example.get(INTENT_RESPONSE_KEY) or example.get(INTENT) for example in examples]
        readings = [read(example.get(TEXT), example.get(WRITTEN_IN) or "") for example in examples]
        model = IntentModel(self._config).fit(readings, labels)
        with self._storage.write_to(self._resource) as directory:
            joblib.dump(model, directory / "intents.joblib", compress=1)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text, language = message.get(TEXT) or "", message.get(WRITTEN_IN) or ""
            ranked = self._model.rank(read(text, language))
            ranking = merged(ranked)[: self._config["ranking_length"]]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
            second = second_intent(text, ranked[0][0], lambda clause: self._model.rank(read(clause, language)))  # noqa: B023
            message.set(SECOND_INTENT, second and {"name": second[0], "confidence": second[1]}, add_to_output=True)
        return messages
