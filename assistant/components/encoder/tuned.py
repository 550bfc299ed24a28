"""The fine-tuned encoder with its head: what is kept of the training, and the answer for a text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from threadpoolctl import ThreadpoolController

from assistant.components.encoder import forward
from assistant.components.encoder.weights import Parameters, pieces, published


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


@lru_cache(maxsize=1)
def _threads() -> ThreadpoolController:
    return ThreadpoolController()
