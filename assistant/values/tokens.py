"""The words of a folded text; a number that is written as two of them, or with an article, as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.values.number_words import ARABIC, WORDS

_WORD = re.compile(r"\w+")
_TEN = frozenset({"عشر", "عشره"})
_ONE_AND_TWO = {
    **dict.fromkeys(("احد", "احدي", "احدى", "حادي"), 11),
    **dict.fromkeys(("اثنا", "اثني", "اثنى", "اتنا", "اتني", "اثنتا", "اثنتي", "اتنتي", "اثنان", "اثنين"), 12),
}
_UNITS = frozenset(word for unit in range(3, 10) for word in ARABIC[unit].split())
_FEW = range(3, 11)
_SEVERAL = re.compile(r"ايام|اسابيع|شهور|اشهر|سنين|سنوات|ساعات|دقايق|دقائق|ريالات|ريال")


@dataclass(frozen=True)
class Token:
    """A word of the text and where it stands."""

    text: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The words of a folded text."""
    return [Token(match.group(), *match.span()) for match in _WORD.finditer(text)]


def in_one_word(tokens: Sequence[Token]) -> list[Token]:
    """The same, but "خمسة عشر" as "خمستاشر" is, and "الست شهور" as "ست شهور" is."""
    return list(_in_one_word(tokens))


def _in_one_word(tokens: Sequence[Token]) -> Iterator[Token]:
    at = 0
    while at < len(tokens):
        token, following = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
        teen = _teen(token.text) if following and following.text in _TEN else None
        if teen and following:
            yield Token(teen, token.start, following.end)
            at += 1
        elif following and _SEVERAL.fullmatch(following.text) and WORDS.get(token.text.removeprefix("ال"), 0) in _FEW:
            bare = token.text.removeprefix("ال")
            yield Token(bare, token.end - len(bare), token.end)
        else:
            yield token
        at += 1


def _teen(word: str) -> str | None:
    """What the word and a ten behind it are as one word, with what is attached before."""
    for length in (0, 1):
        attached, bare = word[:length], word[length:]
        unit = WORDS.get(bare, 0) if bare in _UNITS else 0
        number = _ONE_AND_TWO.get(bare) or (10 + unit if 3 <= unit <= 9 else None)
        if number and attached in ("", "و", "ب", "ل"):
            return attached + ARABIC[number].split()[0]
    return None
