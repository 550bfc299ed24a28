"""One spelling for many: digits, hamza, alef, ta marbuta, tatweel and diacritics folded, offsets into the customer's text kept."""  # noqa: E501

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_FOLDED = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ء": "", "ـ": "",
    "ک": "ك", "ی": "ي", "ہ": "ه", "گ": "ك", "٫": ".", "٬": ",", "،": ",", "؛": ";", "؟": "?", "٪": "%",
    "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\t": " ", "\n": " ", "\r": " ",
})  # fmt: skip
_DROPPED_CATEGORIES = {"Mn", "Me", "Cf", "Cc", "Cs"}


@dataclass(frozen=True)
class View:
    """Folded text, and for each of its characters the index it came from."""

    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where [start, end) of the view stands in the customer's own text."""
        return self.origins[start], self.origins[end - 1] + 1


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """The folded form of one character: none, one, or (ligatures) several."""
    if character.isdecimal():
        return str(unicodedata.digit(character))
    if unicodedata.category(character) in _DROPPED_CATEGORIES and character not in "\t\n\r":
        return ""
    folded = unicodedata.normalize("NFKC", character).lower().translate(_FOLDED)
    return "".join(part for part in folded if unicodedata.category(part) not in _DROPPED_CATEGORIES)


def _third_in_a_row(folded: str, so_far: list[str]) -> bool:
    return folded.isalpha() and so_far[-2:] == [folded, folded]


@lru_cache(maxsize=16)  # one message is read by several components, one after the other
def normalise(text: str) -> View:
    """The view that patterns and features look at; letters repeated for emphasis stay at most twice."""
    characters: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        for folded in fold_character(character):
            if not _third_in_a_row(folded, characters):
                characters.append(folded)
                origins.append(index)
    return View("".join(characters), tuple(origins))
