"""Numbers written as words, in English and in Arabic with its dialects: "fifty five", "ميتين وخمسين"."""

from __future__ import annotations

import re

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,  # noqa: E501
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
    "صفر": 0, "واحد": 1, "واحده": 1, "اثنين": 2, "اتنين": 2, "اثنان": 2, "ثنين": 2, "تنين": 2, "ثلاثه": 3, "ثلاث": 3,
    "تلاته": 3, "تلات": 3, "اربعه": 4, "اربع": 4, "خمسه": 5, "خمس": 5, "سته": 6, "ست": 6, "سبعه": 7, "سبع": 7,
    "ثمانيه": 8, "ثماني": 8, "ثمان": 8, "تمانيه": 8, "تمن": 8, "تسعه": 9, "تسع": 9, "عشره": 10, "عشر": 10,
    "عشرين": 20, "عشرون": 20, "ثلاثين": 30, "ثلاثون": 30, "تلاتين": 30, "اربعين": 40, "اربعون": 40, "خمسين": 50,
    "خمسون": 50, "ستين": 60, "ستون": 60, "سبعين": 70, "سبعون": 70, "ثمانين": 80, "ثمانون": 80, "تمانين": 80,
    "تسعين": 90, "تسعون": 90, "ميتين": 200, "ميتان": 200, "ماتين": 200, "مايتين": 200, "مءتين": 200, "مايتان": 200,
    "ثلاثميه": 300, "ثلاثمايه": 300, "تلتميه": 300, "اربعميه": 400, "اربعمايه": 400, "خمسميه": 500, "خمسمايه": 500,
    "ستميه": 600, "ستمايه": 600, "سبعميه": 700, "سبعمايه": 700, "ثمنميه": 800, "ثمانمايه": 800, "تمنميه": 800,
    "تسعميه": 900, "تسعمايه": 900, "الفين": 2000, "الفان": 2000,
}  # fmt: skip
_MULTIPLIERS = {
    "hundred": 100,
    "thousand": 1000,
    "k": 1000,
    "ميه": 100,
    "مايه": 100,
    "ميت": 100,
    "الف": 1000,
    "الاف": 1000,
    "تلاف": 1000,
}
WORD = "|".join(sorted((re.escape(word) for word in {*_UNITS, *_MULTIPLIERS}), key=len, reverse=True))
PHRASE = rf"(?<!\w)(?:{WORD})(?:[\s-]+(?:and\s+|و\s*)?(?:{WORD}))*(?!\w)"


def parse_number_words(phrase: str) -> int | None:
    """The number a folded phrase says, or None where a word of it is no number."""
    total = current = 0
    for word in re.split(r"[\s-]+", phrase.strip()):
        value = _value(word)
        if value is None:
            return None
        kind, number = value
        if kind == "multiplier":
            current = max(current, 1) * number
            total, current = (total + current, 0) if number == 1000 else (total, current)
        elif kind == "unit":
            current += number
    return total + current


def _value(word: str) -> tuple[str, int] | None:
    if word in ("and", "و", ""):
        return "joint", 0
    for candidate in (word, word.removeprefix("و")):
        if candidate in _UNITS:
            return "unit", _UNITS[candidate]
        if candidate in _MULTIPLIERS:
            return "multiplier", _MULTIPLIERS[candidate]
    return None
