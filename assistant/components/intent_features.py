"""What the counting classifier reads of a message: characters, words, and consonants."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant.components.arabizi import in_arabic_letters, is_arabizi
from assistant.components.consonants import consonants
from assistant.components.count_row import RowReader
from assistant.components.language_identifier import ARABIZI, OTHER
from assistant.components.normaliser import normalise

_DIGIT = re.compile(r"\d")
_ONE_LETTER = re.compile(r"\W*(?![ynk])[^\W\d_]\W*")  # yes, no and okay are answers


Made = Callable[[TfidfVectorizer, list[str]], csr_matrix]


@dataclass(frozen=True)
class Reading:
    """A message in the forms that features are taken from.

    `counted` is folded, every digit a zero (one phone number looks like another), Arabizi followed by its spelling in
    Arabic letters; `encoded` is what the sentence encoder reads, which knows Arabic and not Arabizi. `strange` is what
    tells too little: another language, or one letter that is no answer.
    """

    counted: str
    encoded: str
    consonants: str
    strange: bool = False


def read(text: str, language: str) -> Reading:
    """The forms of a text that is written in a language of `language_identifier`."""
    folded = normalise(text).text
    if language == ARABIZI or is_arabizi(folded):
        arabic = in_arabic_letters(folded)
        return Reading(_DIGIT.sub("0", f"{folded} {arabic}"), arabic, consonants(folded, ARABIZI))
    strange = language == OTHER or bool(_ONE_LETTER.fullmatch(folded))
    return Reading(_DIGIT.sub("0", folded), text, consonants(folded, language), strange)


def _characters(longest: int) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(2, longest), min_df=2, sublinear_tf=True, dtype=np.float32)


def _words(pattern: str) -> TfidfVectorizer:
    return TfidfVectorizer(ngram_range=(1, 2), token_pattern=pattern, sublinear_tf=True, dtype=np.float32)


class IntentFeatures:
    """Learns which n-grams there are; turns readings into rows of weighed counts."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.consonant_weight = config["consonant_weight"]
        self.vectorizers = [_words(r"\w+"), _characters(5), _words(r"\S+"), _characters(4)]

    def fit_transform(self, readings: Sequence[Reading]) -> csr_matrix:
        """Learn the n-grams, and a row of features a reading; consonants are left out where no reading has any."""
        if sum(bool(reading.consonants) for reading in readings) < 2:
            del self.vectorizers[2:]
        rows = self._rows(readings, TfidfVectorizer.fit_transform)
        for vectorizer in self.vectorizers:
            vectorizer.stop_words_ = None  # the n-grams that are left out, as many as those that are kept
        return rows

    def transform(self, readings: Sequence[Reading]) -> csr_matrix:
        """One row of features a reading."""
        return self._rows(readings, TfidfVectorizer.transform)

    def _rows(self, readings: Sequence[Reading], made: Made) -> csr_matrix:
        texts = zip(*map(self._texts, readings), strict=True)
        blocks = [
            made(vectorizer, [text for text, _ in of_all]) * of_all[0][1]
            for vectorizer, of_all in zip(self.vectorizers, texts, strict=False)
        ]
        return hstack(blocks).tocsr()

    def row(self, reading: Reading) -> tuple[np.ndarray, np.ndarray]:
        """The row of one reading as the places of its features and their values, many times faster."""
        start, places, values = 0, [], []
        for reader, (text, weight) in zip(self.readers, self._texts(reading), strict=False):
            found, weighed = reader.row(text)
            places.append(found + start)
            values.append(weighed * weight)
            start += reader.width
        return np.concatenate(places), np.concatenate(values).astype(np.float32)

    def is_familiar(self, places: np.ndarray) -> bool:
        """Whether a row with features at these places holds a word that was ever seen: letters alone are a guess."""
        return bool((places < self.readers[0].width).any())

    @cached_property
    def readers(self) -> list[RowReader]:
        """Of the vectorizers."""
        return [RowReader(vectorizer) for vectorizer in self.vectorizers]

    def _texts(self, reading: Reading) -> tuple[tuple[str, float], ...]:
        """What each vectorizer reads, and the weight of what it finds."""
        counted, consonants = (reading.counted, 1.0), (reading.consonants, self.consonant_weight)
        return counted, counted, consonants, consonants

    def __getstate__(self) -> dict[str, Any]:
        """The readers are made anew of the vectorizers."""
        return {name: value for name, value in vars(self).items() if name != "readers"}
