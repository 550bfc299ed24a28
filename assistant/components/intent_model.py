"""Which intent a message has: a linear classifier over counts and a fine-tuned sentence encoder, weighed together.

The two err differently: counts know spellings and words, the encoder what they mean. What each gives is told in
`docs/decisions/0015-how-messages-are-understood.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.svm import LinearSVC

from assistant.components.encoder.finetuning import Settings, fine_tuned
from assistant.components.intent_features import IntentFeatures, Reading

UNFAMILIAR = 0.3
TINY = 1e-12
Ranking = list[tuple[str, float]]


class IntentModel:
    """Features, weights of the counts, and the encoder."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.config = config
        self.features = IntentFeatures(config)

    def fit(self, readings: Sequence[Reading], labels: Sequence[str]) -> IntentModel:
        """Learn from examples."""
        self.features.fit(readings)
        self.weights = self._classifier().fit(self.features.transform(readings), np.array(labels))
        self.weights.coef_ = self.weights.coef_.astype(np.float32)  # a hundred megabytes of doubles say no more
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
        """(readings, labels), in the order of `weights.classes_`: the two classifiers' weighed geometric mean.

        The two sharpnesses make confidences agree with how often they are right on messages of authors who wrote none
        of the examples; folds of the examples would say that the model is surer than it is.
        """
        margins = self.weights.decision_function(self.features.transform(readings))
        counted = softmax(margins * self.config["margin_sharpness"])
        encoded = softmax(self.encoder.scores([reading.encoded for reading in readings]))
        share = self.config["encoder_share"]
        together = share * np.log(encoded + TINY) + (1 - share) * np.log(counted + TINY)
        return softmax(together * self.config["sharpness"])

    def _classifier(self) -> LinearSVC:
        return LinearSVC(C=self.config["C"], tol=1e-3, random_state=7)


def softmax(margins: np.ndarray) -> np.ndarray:
    """Rows of margins as rows of probabilities."""
    raised = np.exp(margins - margins.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)
