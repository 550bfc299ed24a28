"""Arabic written in Latin letters and digits ("3ayez a3raf el ba2at"), put back into Arabic letters as far as they tell."""  # noqa: E501

from __future__ import annotations

import re

_DIGIT_AS_LETTER = re.compile(
    r"(?<![\w-])(?!\d+(?:g|gb|mb|k|am|pm|st|nd|rd|th|x)\b)(?:[a-z']+[235679][a-z']*|[235679][a-z']{2,})"
)
_PAIRS = {"sh": "ش", "ch": "ش", "kh": "خ", "gh": "غ", "th": "ث", "dh": "ذ", "ou": "و", "oo": "و", "ee": "ي", "aa": "ا"}
_LETTERS = {
    "2": "ا", "3": "ع", "5": "خ", "6": "ط", "7": "ح", "9": "ص", "a": "ا", "b": "ب", "c": "س", "d": "د", "e": "", "f": "ف",  # noqa: E501
    "g": "ج", "h": "ه", "i": "ي", "j": "ج", "k": "ك", "l": "ل", "m": "م", "n": "ن", "o": "و", "p": "ب", "q": "ق", "r": "ر",  # noqa: E501
    "s": "س", "t": "ت", "u": "و", "v": "ف", "w": "و", "x": "كس", "y": "ي", "z": "ز", "'": "",
}  # fmt: skip


def is_arabizi(folded: str) -> bool:
    """Whether a digit stands for a letter somewhere in a folded text."""
    return _DIGIT_AS_LETTER.search(folded) is not None


def in_arabic_letters(folded: str) -> str:
    """A rough spelling in Arabic letters; digits that stand alone stay."""
    return re.sub(r"[a-z'0-9]*[a-z][a-z'0-9]*", lambda word: _spelled(word.group()), folded)


def _spelled(word: str) -> str:
    if word in ("el", "il", "al"):
        return "ال"
    paired = re.sub("|".join(_PAIRS), lambda pair: _PAIRS[pair.group()], word)
    spelled = "".join(_LETTERS.get(letter, letter) for letter in paired)
    return re.sub("^ال?ل(?=.)", "ال", spelled) if word.startswith(("el", "il", "al")) else spelled
