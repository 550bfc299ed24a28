"""Which spellings of a place's name an evaluation takes for the same: the catalogue of entities leaves it open.

A value of `place` is "the name in standard spelling", and there is more than one standard for Arabic names in Latin
letters: Buraydah and Buraidah, Al Khobar and Khobar, Ash Shati and Al Shati, Madinah and Medina. Of places only, the
article, hyphens, accents, a silent h at the end and the letters for one vowel (ay and ai, ee and i, o and u, e, a) are
not compared. Everything else is: Amman is not Oman, Giza not Gaza, Dubai not Duba.
"""

from __future__ import annotations

import re
import unicodedata

_IDLE_ZEROS = re.compile(r"(?:\.0+|(?<=\.\d)0+)(?= )")  # 262.40 SAR and 262.4 SAR
_GLUED = re.compile(r"(?<=Al)(?=[A-Z])")
_ARTICLE = re.compile(r"\b(?:al|el|an|ar|as|ash|ad|at|az|adh|ath) (?=\w)")
_VOWELS = tuple(
    (re.compile(pattern), vowel)
    for pattern, vowel in (
        (r"[ae][iy](?![aeiou])", "8"),
        (r"[ae]u", "aw"),
        (r"iyy?(?=[aeou])", "i"),
        (r"ee+|i[ey]?|y(?![aeiou])", "i"),
        (r"o+u*|u+", "u"),
        (r"[ae]+", "a"),
        (r"8", "ai"),
    )
)
_SILENT = re.compile(r"(?<=[aeiou])h\b")


def comparable(entity: str, value: str) -> tuple[str, str]:
    """The entity and what is compared of its value: of a place its key, of an amount no zeros at the end."""
    if entity == "amount":
        return entity, _IDLE_ZEROS.sub("", value)
    return entity, place_key(value) if entity == "place" else value


def place_key(name: str) -> str:
    """What all spellings of a place's name share; a name of vowels only is its own key."""
    parted = unicodedata.normalize("NFKD", _GLUED.sub(" ", name)).encode("ascii", "ignore").decode().lower()
    plain = " ".join(re.findall(r"[a-z0-9]+", parted.replace("'", "")))
    words = _SILENT.sub("", _ARTICLE.sub("", plain)).split()
    return " ".join(_vowels_alike(word) for word in words) or name


def _vowels_alike(word: str) -> str:
    """The word with one way to write each vowel that Arabic has: a, i, u and ai."""
    for pattern, vowel in _VOWELS:
        word = pattern.sub(vowel, word)
    return word
