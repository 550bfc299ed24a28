"""How else a word may be written: attached prefixes, Arabic in Latin letters, and slips of the pen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

PROCLITICS = (
    "وبال",
    "فبال",
    "لال",
    "عال",
    "هال",
    "بال",
    "كال",
    "وال",
    "فال",
    "ولل",
    "لل",
    "ال",
    "وب",
    "ول",
    "وع",
    "ب",
    "ل",
    "ع",
    "و",
    "ف",
    "ك",
)
_ARABIC = re.compile(r"[\u0621-\u064a]")
_LATIN = {
    "ا": "a",
    "ب": "b",
    "ت": "t",
    "ث": "th",
    "ج": "j",
    "ح": "h",
    "خ": "kh",
    "د": "d",
    "ذ": "th",
    "ر": "r",
    "ز": "z",
    "س": "s",
    "ش": "sh",
    "ص": "s",
    "ض": "d",
    "ط": "t",
    "ظ": "z",
    "ع": "a",
    "غ": "gh",
    "ف": "f",
    "ق": "q",
    "ك": "k",
    "ل": "l",
    "م": "m",
    "ن": "n",
    "ه": "h",
    "و": "w",
    "ي": "y",
    "ء": "",
}
_ALIKE = ("ضظ", "قك", "سصث", "تطث", "دذ", "زذظ", "غق")
_SURE_LENGTH = 6
_LEAST_LENGTH = 4


def is_arabic(word: str) -> bool:
    """Whether it is written in Arabic letters."""
    return bool(_ARABIC.search(word))


def parted(word: str, known: Set[str]) -> tuple[str, str]:
    """(prefix, word) where an attached prefix hides a known word; else no prefix."""
    if word in known:
        return "", word
    for prefix in PROCLITICS:
        if word.startswith(prefix) and word[len(prefix) :] in known:
            return prefix, word[len(prefix) :]
    return "", word


def in_latin(form: str) -> str:
    """Arabic letter by letter in Latin ones, as a first guess; vowels are left out by the script."""
    return "".join(_LATIN.get(character, character) for character in form)


def skeleton(word: str) -> str:
    """The consonants of a Latin word, doubled letters once: what transliterations of one Arabic word share."""
    letters = re.sub(r"[aeiouyw']", "", word.replace("ou", "").replace("2", "").replace("3", "").replace("7", "h"))
    return re.sub(r"(.)\1+", r"\1", letters)


class Corrector:
    """Puts a slip of the pen right where the words of the vocabulary one letter away all mean one thing.

    `targets` are these words with what they mean: a place is listed in more than one spelling.
    """

    def __init__(self, targets: Mapping[str, str], words: Set[str], *, bold: bool = False) -> None:
        self._bold = bold  # a letter left out of a short word counts as a slip too
        self._targets = {word: told for word, told in targets.items() if len(word) >= _LEAST_LENGTH and word.isalpha()}
        self._words = frozenset(words)
        self._near: dict[str, set[str]] = {}
        for target in self._targets:
            for key in {target, *_without_one(target)}:
                self._near.setdefault(key, set()).add(target)

    def __call__(self, word: str) -> str:
        """The word put right, or as it is."""
        if len(word) < _LEAST_LENGTH or not word.isalpha() or not self._is_strange(word):
            return word
        for prefix in ("", *PROCLITICS) if is_arabic(word) else ("",):
            rest = word[len(prefix) :]
            if word.startswith(prefix) and len(rest) >= _LEAST_LENGTH:
                right = self._nearest(rest)
                if right:
                    return prefix + right
        return word

    def _is_strange(self, word: str) -> bool:
        if word in self._words or word in self._targets:
            return False
        return not is_arabic(word) or not any(
            word.startswith(prefix) and (word[len(prefix) :] in self._targets or word[len(prefix) :] in self._words)
            for prefix in PROCLITICS
            if len(word) - len(prefix) > 1
        )

    def _nearest(self, word: str) -> str | None:
        near = {
            one
            for key in {word, *_without_one(word)}
            for one in self._near.get(key, ())
            if _one_slip(word, one, bold=self._bold)
        }
        return min(near) if len({self._targets[one] for one in near}) == 1 else None


def _without_one(word: str) -> Iterator[str]:
    return (word[:index] + word[index + 1 :] for index in range(len(word)))


def _one_slip(word: str, target: str, *, bold: bool) -> bool:
    """One letter too much, too little, in the wrong place, or another one; short words are hardly touched."""
    if word[0] != target[0] and (len(word) < _SURE_LENGTH or not is_arabic(word)):
        return False
    if len(word) == len(target):
        return _one_other(word, target)
    shorter, longer = sorted((word, target), key=len)
    if longer == word and _without_doubles(word) == _without_doubles(target):
        return True
    return (
        len(shorter) >= _SURE_LENGTH - (bold or not is_arabic(word))
        and len(longer) - len(shorter) == 1
        and shorter in _without_one(longer)
    )


def _without_doubles(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", word)


def _one_other(word: str, target: str) -> bool:
    wrong = [index for index in range(len(word)) if word[index] != target[index]]
    if len(wrong) == 2 and wrong[1] == wrong[0] + 1 and len(word) >= _SURE_LENGTH + is_arabic(word):
        return word[wrong[0]] == target[wrong[1]] and word[wrong[1]] == target[wrong[0]]
    if len(wrong) != 1:
        return False
    alike = any(word[wrong[0]] in pair and target[wrong[0]] in pair for pair in _ALIKE)
    return alike or len(word) >= _SURE_LENGTH
