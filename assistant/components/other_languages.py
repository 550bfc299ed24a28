"""Whether a message is in a language that the assistant does not speak: it then asks back, and guesses nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Container

from assistant.components.normaliser import normalise

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_NOT_ARABIC = re.compile("[ٹڈڑںےۓھۃژ]")  # letters of Urdu and Persian; those that dialects borrow (چ پ گ) tell nothing
_MARKED = re.compile("[à-öø-ÿāēğıłőœşšūž]")
_OURS = re.compile("[\u0000-\u024f\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\u1e00-\u1eff\ufb50-\ufdff\ufe70-\ufeff]")
TELLING, A_SHARE = 2, 3  # so many words of it, and one in so many


def is_other_language(text: str, telling: Container[str], known: Collection[str]) -> bool:
    """Letters of another script, or words that another language is known by and that our examples are not."""
    words = _WORD.findall(text.lower())
    if not words:
        return False
    foreign_script = sum(not _OURS.match(word) for word in words)
    if 2 * foreign_script > len(words):
        return True
    marks = sum(_tells(word, telling, known) for word in words)
    return marks == len(words) or (marks >= TELLING and marks * A_SHARE >= len(words))


def _tells(word: str, telling: Container[str], known: Collection[str]) -> bool:
    if _NOT_ARABIC.search(word):
        return True
    folded = normalise(word).text
    return folded not in known and (bool(_MARKED.search(word)) or folded in telling or word in telling)
