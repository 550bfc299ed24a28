"""Finding offerings by what people call them: any spelling of either language. Pure."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from backend.catalog.rules import Offering
from backend.kernel.text import folded

CLOSE = 0.8
_PIECES = re.compile(r"\d+|[^\W\d_]+")
_ENGLISH_FILLERS = "the a an i want need to plan plans package offer offering bundle please with for of my"
_ARABIC_FILLERS = "باقه باقات عرض عروض خطه الباقه العرض الخطه ابغي ابغا اريد ابي من علي في لو سمحت"
FILLERS = frozenset(f"{_ENGLISH_FILLERS} {_ARABIC_FILLERS}".split())
ALIKE = {
    "fiber": "fibre",
    "faiber": "fibre",
    "فايبر": "fibre",
    "فيبر": "fibre",
    "الياف": "fibre",
    "بصريه": "optic",
    "optical": "optic",
    "ضوييه": "optic",
    "جيجا": "gb",
    "جيجابايت": "gb",
    "جيقا": "gb",
    "gig": "gb",
    "giga": "gb",
    "gigabyte": "gb",
    "جي": "g",
    "بيانات": "data",
    "داتا": "data",
    "نت": "data",
    "تجوال": "roaming",
    "منزلي": "home",
    "بيت": "home",
    "هوم": "home",
}


def words_of(text: str) -> list[str]:
    """The words and numbers that matter, folded, without the article, spelt the one way that we compare."""
    found = (_plain(piece) for piece in _PIECES.findall(folded(text)))
    return [word for word in found if word not in FILLERS]


def best(text: str, offerings: Iterable[Offering]) -> list[Offering]:
    """The offerings that the text names best, in catalogue order; several when it does not tell them apart."""
    asked = words_of(text)
    scored = [(score(asked, offering), offering) for offering in offerings]
    top = max((points for points, _ in scored), default=0)
    return [offering for points, offering in scored if points == top and top > 0]


def score(asked: Sequence[str], offering: Offering) -> int:
    """How well the words name the offering: two points a word, one a number, one more when nothing is missing."""
    names = (offering.id, offering.name.ar, offering.name.en, *offering.spellings)
    return max(_phrase_score(asked, words_of(name)) for name in names)


def _phrase_score(asked: Sequence[str], phrase: Sequence[str]) -> int:
    met = [word for word in phrase if any(_same(word, other) for other in asked)]
    numbers = [word for word in met if word.isdecimal()]
    words = len(met) - len(numbers)
    if not words and all(len(number) < 2 for number in numbers):
        return 0
    return 2 * words + len(numbers) + (len(met) == len(phrase))


def _plain(piece: str) -> str:
    if piece.startswith("ال") and len(piece) > 4 and piece not in ALIKE:
        piece = piece.removeprefix("ال")
    return ALIKE.get(piece, piece)


def _same(word: str, other: str) -> bool:
    if word == other:
        return True
    if word.isdecimal() or other.isdecimal() or min(len(word), len(other)) < 4:
        return False
    return SequenceMatcher(None, word, other).ratio() >= CLOSE
