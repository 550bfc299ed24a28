"""The counts of one message, as fast as a conversation asks for them.

scikit-learn's vectorizers are made for thousands of texts: for one they spend most of the time on checking matrices.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

Row = tuple[np.ndarray, np.ndarray]


class RowReader:
    """Tells of one text what `vectorizer.transform` tells of it: places of its features, and their values."""

    def __init__(self, vectorizer: TfidfVectorizer) -> None:
        self._analyse = vectorizer.build_analyzer()
        self._places = vectorizer.vocabulary_
        self._rarity = vectorizer.idf_.astype(np.float32)
        self.width = len(self._places)

    def row(self, text: str) -> Row:
        """Logarithms of the counts, weighed by rarity, of length one; both empty where nothing is known."""
        places = self._places
        counts = Counter(places[gram] for gram in self._analyse(text) if gram in places)
        at = np.fromiter(counts.keys(), np.int64, len(counts))
        values = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * self._rarity[at]
        length = np.sqrt(values @ values)
        return at, values / length if length else values
