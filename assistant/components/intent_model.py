"""Which intent a message has: a linear classifier over counts and a fine-tuned sentence encoder, weighed together.

The two err differently: counts know spellings and words, the encoder what they mean. What each gives is told in
`docs/decisions/0015-how-messages-are-understood.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from assistant.components.encoder.finetuning import Settings, fine_tuned
from assistant.components.intent_features import IntentFeatures, Reading

UNFAMILIAR = 0.5
TINY = 1e-12
FOLDS = 3
Ranking = list[tuple[str, float]]


class IntentModel:
    """Features, weights, the temperature that turns margins into probabilities, and the encoder."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.config = config
        self.features = IntentFeatures(config)
        self.temperature = 1.0

    def fit(self, readings: Sequence[Reading], labels: Sequence[str]) -> IntentModel:
        """Learn from examples; the temperature comes from folds that the weights have not seen."""
        self.features.fit(readings)
        features, truth = self.features.transform(readings), np.array(labels)
        self.temperature = self._fit_temperature(features, truth)
        self.weights = self._classifier().fit(features, truth)
        self.encoder = fine_tuned([reading.encoded for reading in readings], labels, Settings(**self.config["encoder"]))
        return self

    def rank(self, reading: Reading) -> Ranking:
        """Labels with their probabilities, likeliest first."""
        probabilities = self.probabilities([reading])[0]
        if not self.features.is_familiar(reading):
            probabilities = probabilities * UNFAMILIAR
        order = np.argsort(-probabilities)
        return [(str(self.weights.classes_[index]), float(probabilities[index])) for index in order]

    def probabilities(self, readings: Sequence[Reading]) -> np.ndarray:
        """(readings, labels), in the order of `weights.classes_`: the two classifiers' weighed geometric mean."""
        counted = softmax(self.weights.decision_function(self.features.transform(readings)) * self.temperature)
        encoded = softmax(self.encoder.scores([reading.encoded for reading in readings]))
        share = self.config["encoder_share"]
        together = share * np.log(encoded + TINY) + (1 - share) * np.log(counted + TINY)
        return softmax(together * self.config["sharpness"])

    def _classifier(self) -> LinearSVC:
        return LinearSVC(C=self.config["C"], random_state=7)

    def _fit_temperature(self, features: csr_matrix, truth: np.ndarray) -> float:
        folds = StratifiedKFold(n_splits=FOLDS, shuffle=True, random_state=7)
        margins = np.zeros((len(truth), len(set(truth))))
        for seen, unseen in folds.split(features, truth):
            margins[unseen] = self._classifier().fit(features[seen], truth[seen]).decision_function(features[unseen])
        classes = {label: index for index, label in enumerate(sorted(set(truth)))}
        return best_temperature(margins, np.array([classes[label] for label in truth]))


def softmax(margins: np.ndarray) -> np.ndarray:
    """Rows of margins as rows of probabilities."""
    raised = np.exp(margins - margins.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def best_temperature(margins: np.ndarray, truth: np.ndarray) -> float:
    """The multiplier under which the margins' probabilities are least surprised by the truth."""
    candidates = np.linspace(1.0, 12.0, 45)
    rows = np.arange(len(truth))
    surprises = [-np.log(softmax(margins * candidate)[rows, truth] + TINY).mean() for candidate in candidates]
    return float(candidates[int(np.argmin(surprises))])
