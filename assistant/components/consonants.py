"""What Arabic letters and Arabizi have in common: the consonants of each word, in one alphabet.

"fatoorti", "fatorty" and "فاتورتي" all come to "ftrt", so that what is learned from Arabic script is known in Latin
letters too, whatever the writer does with vowels, doubled letters and digits.
"""

from __future__ import annotations

import re

from assistant.components.arabizi import is_arabizi
from assistant.components.language_identifier import ARABIC, ARABIZI, MIXED

_PAIRS = (("sh", "$"), ("ch", "$"), ("kh", "x"), ("gh", "G"), ("th", "t"), ("dh", "d"), ("ph", "f"))
_LATIN = dict(zip("bcdfghjklmnpqrstvxz", "bkdfghjklmnbgrstfxz"))  # noqa: B905
_LATIN |= {"3": "3", "4": "d", "5": "x", "6": "t", "7": "h", "8": "G", "9": "s", "$": "$", "G": "G"}
_ARABIC = dict(zip("بتثجحخدذرزسشصضطظعغفقكلمنه", "bttjhxddrzs$sdtd3Gfgklmnh"))  # noqa: B905
_WORD = re.compile(r"[\w']+")
_ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")
_ARTICLE, _LATIN_ARTICLE = re.compile(r"^ال(?=..)"), re.compile(r"^(?:el|al|il)-?(?=..)")
_REPEATED = re.compile(r"(.)\1+")
VOWELS_ONLY, NUMBER = "_", "0"


def consonants(folded: str, language: str) -> str:
    """The consonants of a folded text's Arabic words; empty where it is not Arabic. English words of a mix are left out."""  # noqa: E501
    if language not in (ARABIC, ARABIZI, MIXED):
        return ""
    return " ".join(filter(None, (_of_word(word, language) for word in _WORD.findall(folded))))


def _of_word(word: str, language: str) -> str:
    if word.isdecimal():
        return NUMBER
    if _ARABIC_LETTER.search(word):
        letters = _ARTICLE.sub("ل", word)
        return _collapsed("".join(_ARABIC.get(letter, "") for letter in letters))
    if language == ARABIC or (language == MIXED and not is_arabizi(word)):
        return ""
    letters = _LATIN_ARTICLE.sub("l", word)
    for pair, letter in _PAIRS:
        letters = letters.replace(pair, letter)
    return _collapsed("".join(_LATIN.get(letter, "") for letter in letters))


def _collapsed(letters: str) -> str:
    return _REPEATED.sub(r"\1", letters) or VOWELS_ONLY
