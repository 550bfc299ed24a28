"""Which intent a message has: a linear classifier over counts and a fine-tuned sentence encoder, weighed together.

The two err differently: counts know spellings and words, the encoder what they mean. What each gives is told in
`docs/decisions/0015-how-messages-are-understood.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from assistant.components.encoder.finetuning import Settings, fine_tuned
from assistant.components.encoder.tuned import familiarity
from assistant.components.intent_features import IntentFeatures, Reading

UNFAMILIAR = 0.25  # the surest guess of it stays below the threshold
TINY = 1e-12
Ranking = list[tuple[str, float]]


@dataclass(frozen=True)
class Weights:
    """A linear classifier: `by_feature` (features, classes), in half precision, and what each class begins with."""

    classes: list[str]
    by_feature: np.ndarray
    intercept: np.ndarray

    @classmethod
    def of(cls, fitted: LinearSVC) -> Weights:
        """Two hundred megabytes of doubles say no more; feature by feature, those of one message lie together."""
        coefficients, intercept = fitted.coef_, fitted.intercept_
        if len(fitted.classes_) == 2:  # scikit-learn keeps one row of two
            coefficients, intercept = np.vstack([-coefficients, coefficients]), np.array([-intercept[0], intercept[0]])
        by_feature = np.ascontiguousarray(coefficients.T, dtype=np.float16)
        return cls([str(name) for name in fitted.classes_], by_feature, intercept.astype(np.float32))

    def margins(self, rows: csr_matrix) -> np.ndarray:
        """(rows, classes)."""
        return rows @ self.by_feature.astype(np.float32) + self.intercept

    def margins_of_row(self, places: np.ndarray, values: np.ndarray) -> np.ndarray:
        """(classes,) of one row whose features stand at these places."""
        return values @ self.by_feature[places].astype(np.float32) + self.intercept


class IntentModel:
    """Features, weights of the counts, and the encoder."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.config = config
        self.features = IntentFeatures(config)
        self.settings = Settings(**config["encoder"])

    def fit(self, readings: Sequence[Reading], labels: Sequence[str]) -> IntentModel:
        """Learn from examples, both at once."""
        self.weigh(labels)
        with ThreadPoolExecutor(1) as beside:
            encoder = beside.submit(fine_tuned, [reading.encoded for reading in readings], labels, self.settings)
            rows = self.features.fit_transform(readings)
            self.weights = Weights.of(self._classifier().fit(rows, np.array(labels)))
            self.encoder = encoder.result()
        return self

    def weigh(self, labels: Sequence[str]) -> None:
        """Settle what each side weighs, by the labels of the examples.

        The encoder's share of the mean is less where its training, which takes the same time for any number of
        examples, sees them but once; and counts are then better. What lies outside is wider than its examples, the
        more so the fewer they are among all: the label of such messages is leaned to.
        """
        rounds = self.settings.looks(len(labels)) / len(labels)
        self.share = self.config["encoder_share"] * min(1.0, rounds / self.config["enough_rounds"])
        outside = sum(label == self.config["outside"] for label in labels)
        self.lean = self.config["outside_lean"] * float(np.log(len(labels) / outside)) if outside else 0.0

    def rank(self, reading: Reading) -> Ranking:
        """Labels with their probabilities, likeliest first."""
        places, values = self.features.row(reading)
        probabilities = self._weighed(self.weights.margins_of_row(places, values)[None], [reading])[0]
        if reading.strange or not self.features.is_familiar(places):
            probabilities = probabilities * UNFAMILIAR
        order = np.argsort(-probabilities)
        return [(self.weights.classes[index], float(probabilities[index])) for index in order]

    def probabilities(self, readings: Sequence[Reading]) -> np.ndarray:
        """(readings, labels), in the order of `weights.classes`; less than one together where no example is alike."""
        return self._weighed(self.weights.margins(self.features.transform(readings)), readings)

    def _weighed(self, margins: np.ndarray, readings: Sequence[Reading]) -> np.ndarray:
        """The two classifiers' weighed geometric mean; what the counts alone are sure of needs no encoder.

        The two sharpnesses make confidences agree with how often they are right on messages of authors who wrote none
        of the examples; folds of the examples would say that the model is surer than it is. What the encoder finds
        like no example keeps only a part of its confidence.
        """
        counted = softmax(margins * self.config["margin_sharpness"])
        together = np.log(counted + TINY)
        kept = np.ones((len(margins), 1))
        unsure = np.flatnonzero(counted.max(axis=1) < self.config["sure"])
        if unsure.size:
            scores = self.encoder.scores([readings[place].encoded for place in unsure])
            together[unsure] = self.share * np.log(softmax(scores) + TINY) + (1 - self.share) * together[unsure]
            kept[unsure, 0] = np.clip(familiarity(scores) / self.config["familiar"], 0, 1)
        if self.lean:
            together[:, self.weights.classes.index(self.config["outside"])] += self.lean
        return softmax(together * self.config["sharpness"]) * kept

    def _classifier(self) -> LinearSVC:
        return LinearSVC(C=self.config["C"], tol=1e-2, random_state=7)


def softmax(margins: np.ndarray) -> np.ndarray:
    """Rows of margins as rows of probabilities."""
    raised = np.exp(margins - margins.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)
