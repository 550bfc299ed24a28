"""The fine-tuned encoder with its head: what is kept of the training, and the answer for a text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from threadpoolctl import ThreadpoolController

from assistant.components.encoder import forward
from assistant.components.encoder.weights import Parameters, pieces, published

SMOOTHING = 0.1  # the share of an example's weight that is spread over all classes in training


class TunedEncoder:
    """`classes` in the order of the scores; `parameters` of the encoder and head; `rows` of the pieces `known`."""

    def __init__(self, classes: Sequence[str], parameters: Parameters, known: np.ndarray, rows: np.ndarray) -> None:
        self.classes = list(classes)
        self.parameters = parameters
        self.known = known
        self.rows = rows

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """(texts, classes) scores before the softmax."""
        with _threads().limit(limits=1, user_api="blas"):  # the products are small: a second thread only waits
            return np.array([self._scores(text) for text in texts])

    def _scores(self, text: str) -> np.ndarray:
        features = forward.features(self._vectors(np.array(pieces(text))), self.parameters)
        return features @ self.parameters["head"] + self.parameters["bias"]

    def _vectors(self, found: np.ndarray) -> np.ndarray:
        vectors = published().rows(found)
        places = np.minimum(np.searchsorted(self.known, found), len(self.known) - 1)
        trained = self.known[places] == found
        vectors[trained] = self.rows[places[trained]]
        return vectors


def familiarity(scores: np.ndarray) -> np.ndarray:
    """(rows, classes) scores to (rows,): how far the best stands above the mean, as a share of what training aims at.

    About one for a message like the examples, whatever the number of classes; nothing like them scores little anywhere,
    which the softmax no longer tells.
    """
    aim = np.log(scores.shape[1] * (1 - SMOOTHING) / SMOOTHING)
    return (scores.max(axis=1) - scores.mean(axis=1)) / aim


@lru_cache(maxsize=1)
def _threads() -> ThreadpoolController:
    return ThreadpoolController()
