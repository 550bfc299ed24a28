"""Numbers written as words, in English, Arabic and Arabizi: "fifty five", "ميتين وخمسين", "khamsin"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.values.number_words import ARABIZI, ENGLISH, HALVES, JOINTS, MULTIPLIERS, ORDINALS, ORDINALS_EN, WORDS
from assistant.values.tokens import Token, in_one_word

_MONTH_HALVES = frozenset({"تشرين", "كانون", "ربيع", "جمادي", "جمادى"})
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_DIGITS_K = re.compile(r"(\d+(?:\.\d+)?)k")


@dataclass(frozen=True)
class Numeral:
    """A number told in words and where it stands; `written` are its digits, with "th" behind an ordinal."""

    written: str
    start: int
    end: int


def numerals(text: str, tokens: Sequence[Token]) -> list[Numeral]:
    """Every number told in words, in the order of the text."""
    tokens = in_one_word(tokens)
    found: list[Numeral] = []
    at = 0
    while at < len(tokens):
        one, after = _ordinal(tokens, at) or _cardinal(text, tokens, at) or (None, at + 1)
        if one is not None:
            found.append(one)
        at = after
    return found


def _ordinal(tokens: Sequence[Token], at: int) -> tuple[Numeral, int] | None:
    if at and tokens[at - 1].text in _MONTH_HALVES:
        return None
    word, following = tokens[at].text.removeprefix("ل").removeprefix("و"), tokens[at + 1 : at + 2]
    if word in ("twenty", "thirty") and following and following[0].text in ORDINALS_EN[:9]:
        number = ENGLISH[word] + ORDINALS[following[0].text]
        return Numeral(f"{number}th", tokens[at].start, following[0].end), at + 2
    if word not in ORDINALS or (following and following[0].text == "ريال"):
        return None
    number, after = ORDINALS[word], at + 1
    if following and word.startswith("ال"):
        number, after = _arabic_ordinal(number, following[0].text, after)
    return Numeral(f"{number}th", tokens[at].start, tokens[after - 1].end), after


def _arabic_ordinal(number: int, following: str, after: int) -> tuple[int, int]:
    """ "الثاني عشر" and "الثاني والعشرين" are one ordinal of two words."""
    if following in ("عشر", "عشره") and number < 12:
        return 10 + number % 10 if number == 11 else 10 + number, after + 1
    tens = ORDINALS.get(following.removeprefix("و")) if following.startswith("وال") else None
    if tens in (20, 30) and number < 12:
        return tens + number % 10 if number == 11 else tens + number, after + 1
    return number, after


@dataclass
class _Sum:
    """A number while its words are read; `last` is the part that was read last."""

    total: Fraction
    current: Fraction
    last: Fraction

    def takes(self, part: Fraction, *, joined: bool) -> bool:
        """Whether the part can go on from here: 20 + 5, 100 + 50, and 5 and 20 in Arabic."""
        if self.last >= 100:
            return part < self.last
        if joined and self.last < 10 and 20 <= part <= 90:
            return True
        return 20 <= self.last <= 90 and 1 <= part <= 9

    def add(self, part: Fraction) -> None:
        self.current += part
        self.last = part

    def times(self, multiplier: int) -> None:
        self.current = max(self.current, Fraction(1)) * multiplier
        self.last = Fraction(multiplier)
        if multiplier == 1000:
            self.total, self.current = self.total + self.current, Fraction(0)


_UNITS_BEFORE = re.compile(r"(?:شهر|يوم|اسبوع|سنه|ساعه|دقيقه|esbo+3|shaha?r|youm|yom|sa3a|sana)$")
_JUST_ONE = frozenset({"واحد", "واحده", "وحده", "wa7ed", "wahed", "wa7da"})


_OF_A_HUNDRED = frozenset({"بالميه", "بالمئه", "بالمائه", "الميه", "المئه", "المائه", "ميه", "مئه", "مائه"})
_ARTICLES = frozenset({"el", "al", "il", "le", "lel", "yom", "youm", "yoom"})
_LATIN_NUMBERS = frozenset(word for words in ARABIZI.values() for word in words.split())


def _is_no_number(before: str, word: str) -> bool:
    """ "One" behind a unit only counts it, an Arabizi number with an article is a day, "بالمئة" is per cent."""
    return (
        (word in _JUST_ONE and bool(_UNITS_BEFORE.search(before)))
        or (word in _LATIN_NUMBERS and before in _ARTICLES)
        or (word in _OF_A_HUNDRED and (word.startswith("ب") or before == "في"))
    )


def _cardinal(text: str, tokens: Sequence[Token], at: int) -> tuple[Numeral, int] | None:
    if at and _is_no_number(tokens[at - 1].text, tokens[at].text):
        return None
    begun = _begun(tokens, at)
    if begun is None:
        return None
    total, after = begun
    while step := _next_part(text, tokens, after, total):
        after = step
    number = total.total + total.current
    if after == at + 1 and tokens[at].text.isdecimal():
        return None
    return Numeral(_written(number), tokens[at].start + _prefix(tokens[at].text), tokens[after - 1].end), after


def _prefix(word: str) -> int:
    """How many letters of the word are attached before its number: "بخمسين", "الالفين"."""
    return len(word) - len(_bare(word)) if not word[0].isdecimal() else 0


def _bare(word: str) -> str:
    """The number word without what is attached to it, or the word itself."""
    if word in WORDS or word in MULTIPLIERS:
        return word
    for prefix in ("ب", "ل", "و", "ف", "عال", "هال", "وب", "ول"):
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) > 2 and (rest in WORDS or rest in MULTIPLIERS):
            return rest
    large = word.removeprefix("ب").removeprefix("ال")
    return large if WORDS.get(large, MULTIPLIERS.get(large, 0)) >= _LEAST_WITH_ARTICLE else word


_LEAST_WITH_ARTICLE = 20  # "the fifty riyals"; smaller ones with an article are ordinals and days


_COUNTED = re.compile(  # what a hundred is of: a line that is "ميت" is dead
    r"ريال\w*|الف|جنيه|درهم|دينار|دولار|جيجا|قيقا|دقيقه|يوم|سنه|مره|رساله|خط|واحد|نفر|موظف|ميجا|كيلو|متر|شخص"
)


def _begun(tokens: Sequence[Token], at: int) -> tuple[_Sum, int] | None:
    word = _bare(tokens[at].text)
    thousands = _DIGITS_K.fullmatch(word)
    if thousands:
        return _Sum(Fraction(thousands.group(1)) * 1000, Fraction(0), Fraction(1000)), at + 1
    if word == "ميت" and not _COUNTED.fullmatch(tokens[at + 1].text if at + 1 < len(tokens) else ""):
        return None
    if word in MULTIPLIERS and word != "k":
        begun = _Sum(Fraction(0), Fraction(0), Fraction(0))
        begun.times(MULTIPLIERS[word])
        return begun, at + 1
    number = WORDS.get(word)
    if number is None and word.isdecimal() and len(word) < 4:
        following = tokens[at + 1].text if at + 1 < len(tokens) else ""
        number = int(word) if following in MULTIPLIERS else None
    return None if number is None else (_Sum(Fraction(0), Fraction(number), Fraction(number)), at + 1)


_JOINED = frozenset({*WORDS, *MULTIPLIERS, *HALVES})  # what "و" is attached to


def _next_part(text: str, tokens: Sequence[Token], at: int, total: _Sum) -> int | None:
    """Reads one more part into the sum; the index behind it, or None where the number ends."""
    joined, index = False, at
    if index < len(tokens) and tokens[index].text in JOINTS:
        joined, index = True, index + 1
    if index >= len(tokens) or text[tokens[at - 1].end : tokens[at].start].strip() not in ("", "-"):
        return None
    word = tokens[index].text
    attached = word.removeprefix("و")
    if attached != word and attached in _JOINED:
        joined, word = True, attached
    if word in ("a", "an") and joined and index + 1 < len(tokens):
        index, word = index + 1, tokens[index + 1].text
    return _taken(word, index, total, joined=joined)


def _taken(word: str, index: int, total: _Sum, *, joined: bool) -> int | None:
    if word in HALVES and joined:
        total.add(Fraction(1, 2) * next((unit for unit in (1000, 100) if total.last and total.last % unit == 0), 1))
        return index + 1
    if word in MULTIPLIERS and not (joined and total.last < 100):
        if joined and total.last >= MULTIPLIERS[word]:
            total.add(Fraction(MULTIPLIERS[word]))
            return index + 1
        if not joined and total.current and total.last < MULTIPLIERS[word]:
            total.times(MULTIPLIERS[word])
            return index + 1
        return None
    part = WORDS.get(word)
    spoken = word in ENGLISH and _is_spoken_hundred(ENGLISH[word], total, joined=joined)
    if part is None or not (spoken or total.takes(Fraction(part), joined=joined)):
        return None
    if spoken:
        total.times(100)
    total.add(Fraction(part))
    return index + 1


def _is_spoken_hundred(part: int, total: _Sum, *, joined: bool) -> bool:
    """ "One sixty" is a hundred and sixty."""
    return (
        not joined and 10 <= part <= 99 and total.total == 0 and 1 <= total.current <= 9 and total.last == total.current
    )


def _written(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else str(float(number))
