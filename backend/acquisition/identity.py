"""The identity register as we speak to it, and how names are compared."""

import re
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Protocol

from backend.kernel.text import folded

CLOSE = 0.75
_COMPOUND = re.compile(r"\b(?:عبد ?ال|abd(?:ul|el|al)? (?:al |el |ul )?)")
PARTICLES = {"ال", "بن", "ابن", "بنت", "al", "el", "bin", "ibn", "bint"}


class Verdict(StrEnum):
    """What the register says of a claim."""

    CLEAN = "clean"
    UNKNOWN = "identity_unknown"
    BLOCKED = "identity_blocked"
    NAME_MISMATCH = "name_mismatch"
    BIRTH_DATE_MISMATCH = "birth_date_mismatch"
    UNDER_AGE = "under_age"


@dataclass(frozen=True, slots=True)
class IdentityClaim:
    """Who somebody says to be, on which day. `reference` is the same for every try of one check."""

    national_id: str
    name: str
    birth_date: date
    on: date
    reference: str = ""


class IdentityRegistry(Protocol):
    """The register of identities. `verify` may raise RegistryUnavailable."""

    def verify(self, claim: IdentityClaim) -> Verdict:
        """Whether number, name and date of birth belong together, and may have a line."""


def names_match(given: str, registered: str) -> bool:
    """Whether each word of the shorter name stands in the longer one, first name and one more at least.

    Latin spellings may differ a little (Mohammed, Muhammad); Arabic ones in hamza and diacritics only.
    """
    claimed, known = name_words(given), name_words(registered)
    if not claimed or not known or not alike(claimed[0], known[0]):
        return False
    short, long = sorted((claimed, known), key=len)
    return len(short) > 1 and all(_taken_out(word, long) for word in short)


def name_words(name: str) -> list[str]:
    """The words of a name, folded, without articles and "son of"."""
    plain = folded(name).replace("-", " ").replace("'", "").replace("’", "")
    words = _COMPOUND.sub(lambda found: "عبدال" if found.group().startswith("ع") else "abdul", plain).split()
    return [_without_article(word) for word in words if word not in PARTICLES]


def _taken_out(word: str, words: list[str]) -> bool:
    found = next((other for other in words if alike(word, other)), None)
    if found is not None:
        words.remove(found)
    return found is not None


def _without_article(word: str) -> str:
    for article in ("ال", "al", "el"):
        if word.startswith(article) and len(word) > 5:
            return word.removeprefix(article)
    return word


def alike(word: str, other: str) -> bool:
    """Whether two words of names are the same; Latin ones may differ in a letter or two."""
    if word == other:
        return True
    return word.isascii() and other.isascii() and SequenceMatcher(None, word, other).ratio() >= CLOSE
