"""Numbers written as words, in English, Arabic and Arabizi: "fifty five", "ميتين وخمسين", "khamsin"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

_ENGLISH = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_SLIPS = (
    "fourty=40 twenny=20 tweny=20 thirtty=30 forthy=40 fivty=50 fifity=50 fify=50 sixtey=60 sevnty=70 "
    "tow=2 thre=3 fiev=5 seveb=7 eigth=8 forteen=14 fourtheen=14 fivteen=15 thrity=30 fiftey=50 sixy=60 "
    "eigty=80 eightty=80 ninty=90 ninteen=19 fiveteen=15 twelv=12 dozen=12"
)
_ENGLISH |= {word: int(number) for word, number in (slip.split("=") for slip in _SLIPS.split())}
_ARABIC = {
    0: "صفر",
    1: "واحد واحده وحده",
    2: "اثنين اتنين اثنان ثنين تنين اثنتين ثنتين تنتين اثنتان",
    3: "ثلاثه ثلاث تلاته تلات تلت ثلاثة تلته",
    4: "اربعه اربع",
    5: "خمسه خمس",
    6: "سته ست",
    7: "سبعه سبع",
    8: "ثمانيه ثماني ثمان ثمن تمانيه تماني تمان تمن تمنيه ثمنيه",
    9: "تسعه تسع",
    10: "عشره عشر",
    11: "احدعش احدعشر حداشر حدعش احداشر ايدعش",
    12: "اثنعش اثنعشر اتناشر اطنعش اثناعشر تنعش اتنعش اثناشر طنعش اثنينعش",
    13: "ثلاثطعش تلتاشر ثلطعش تلطعش تلاتاشر ثلاثتعش ثلطعشر تلتطعش ثلاتعش تلتعش ثلاثطعشر",
    14: "اربعطعش اربعتاشر ارباطعش اربعتعش اربعطعشر اربطعش",
    15: "خمسطعش خمستاشر خمسطاشر خمستعش خمسطعشر خمساطعش",
    16: "ستطعش ستاشر سطعش ستعش ستطعشر سطاشر ستاعش",
    17: "سبعطعش سبعتاشر سبعتعش سبعطعشر سبطعش",
    18: "ثمنطعش تمنتاشر تمنطعش ثمانطعش ثمنتعش تمنتعش ثمنطعشر ثمنطاشر تمانتاشر",
    19: "تسعطعش تسعتاشر تسعتعش تسعطعشر تسطعش",
    20: "عشرين عشرون",
    30: "ثلاثين ثلاثون تلاتين تلتين",
    40: "اربعين اربعون",
    50: "خمسين خمسون",
    60: "ستين ستون",
    70: "سبعين سبعون",
    80: "ثمانين ثمانون تمانين تمنين",
    90: "تسعين تسعون",
    200: "ميتي ميتا ميتين ميتان مايتين مايتان ماتين متين",
    2000: "الفين الفان",
    300: "ثلث تلت ثلاث تلات",
    400: "اربع ربع",
    500: "خمس",
    600: "ست",
    700: "سبع",
    800: "ثمان ثمن تمن ثماني تمان",
    900: "تسع",
}
_ARABIZI = {
    1: "wa7ed wahed wa7da",
    2: "etnein etneen ithnain thnain tnein tnain ethnein itnain etnen",
    3: "talata thalatha tlata tlete talat thalath tlat telata",
    4: "arba3a arb3a arba3 arbaa",
    5: "khamsa 5amsa khams 5ams khamseh",
    6: "sitta settah sitte setta",
    7: "sab3a sabaa sab3 saba3",
    8: "tamanya thamanya tmanya tamania tmenye thamania tamanyah",
    9: "tis3a tes3a tis3 tes3",
    10: "3ashra 3ashara 3ashr ashra 3shra",
    11: "7dash 7da3sh e7da3sh",
    12: "etnash tna3sh ethna3sh",
    15: "khamastashar 5amasta3sh khamsta3sh 5msta3sh khamsata3sh",
    20: "3eshreen 3shreen ishreen eshreen 3ishreen 3eshrin",
    30: "talateen thalatheen tlateen thlatheen talatin thalathin tlatin",
    40: "arb3een arba3een arbaeen arb3in arbe3een",
    50: "khamseen 5amseen khamsin 5amsin khamsen 5msen 5amsyn",
    60: "sitteen setteen sitin siteen sittin",
    70: "sab3een sab3in saba3een",
    80: "tamaneen thamaneen tmaneen thamanin tamanin",
    90: "tis3een tes3een tis3in",
    200: "miteen meeten meteen mitein meetein mitain meytein",
    2000: "alfein alfeen alfain",
}
_MULTIPLIERS = {
    "hundred": 100,
    "hundered": 100,
    "hunderd": 100,
    "hundrd": 100,
    "thousand": 1000,
    "thousnd": 1000,
    "k": 1000,
} | {
    word: number
    for number, words in {
        100: "ميه مايه ميت miya miyet meyet miyyet meyya miyya meyye mye 100",
        1000: "الف الاف تلاف الفا الالاف alf alaf",
    }.items()
    for word in words.split()
    if not word.isdigit()
}
_HUNDREDS = ("ميه", "مايه", "ميت")
_JOINTS = frozenset({"and", "و", "w", "wa"})
_HALVES = frozenset({"half", "نص", "نصف", "nos", "noss", "nus", "nuss", "nes"})
_ORDINALS_EN = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
_ORDINALS_AR = {
    1: "الاول",
    2: "الثاني التاني",
    3: "الثالث التالت",
    4: "الرابع",
    5: "الخامس",
    6: "السادس",
    7: "السابع",
    8: "الثامن التامن",
    9: "التاسع",
    10: "العاشر",
    11: "الحادي",
    20: "العشرين العشرون",
    30: "الثلاثين الثلاثون التلاتين",
}
_MONTH_HALVES = frozenset({"تشرين", "كانون", "ربيع", "جمادي", "جمادى"})
_TOKEN = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_DIGITS_K = re.compile(r"(\d+(?:\.\d+)?)k")


def _words() -> dict[str, int]:
    found = dict(_ENGLISH)
    for number, words in (*_ARABIZI.items(), *_ARABIC.items()):
        for word in words.split():
            if 300 <= number <= 900:
                found |= {word + hundred: number for hundred in _HUNDREDS}
            else:
                found[word] = number
    return found


def _ordinals() -> dict[str, int]:
    english = dict(zip(_ORDINALS_EN, range(1, 21))) | {"thirtieth": 30}  # noqa: B905
    return english | {word: number for number, words in _ORDINALS_AR.items() for word in words.split()}


WORDS: Mapping[str, int] = _words()
MULTIPLIERS: Mapping[str, int] = _MULTIPLIERS
ORDINALS: Mapping[str, int] = _ordinals()


@dataclass(frozen=True)
class Token:
    """A word of the text and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Numeral:
    """A number told in words and where it stands; `written` are its digits, with "th" behind an ordinal."""

    written: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The words of a folded text."""
    return [Token(match.group(), *match.span()) for match in _TOKEN.finditer(text)]


def numerals(text: str, tokens: Sequence[Token]) -> list[Numeral]:
    """Every number told in words, in the order of the text."""
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
    if word in ("twenty", "thirty") and following and following[0].text in _ORDINALS_EN[:9]:
        number = _ENGLISH[word] + ORDINALS[following[0].text]
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


_ARTICLES = frozenset({"el", "al", "il", "le", "lel", "yom", "youm", "yoom"})
_LATIN_NUMBERS = frozenset(word for words in _ARABIZI.values() for word in words.split())


def _is_no_number(before: str, word: str) -> bool:
    """ "One" behind a unit only counts it, and an Arabizi number with an article is a day of the week."""
    return (word in _JUST_ONE and bool(_UNITS_BEFORE.search(before))) or (
        word in _LATIN_NUMBERS and before in _ARTICLES
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


def _next_part(text: str, tokens: Sequence[Token], at: int, total: _Sum) -> int | None:
    """Reads one more part into the sum; the index behind it, or None where the number ends."""
    joined, index = False, at
    if index < len(tokens) and tokens[index].text in _JOINTS:
        joined, index = True, index + 1
    if index >= len(tokens) or text[tokens[at - 1].end : tokens[at].start].strip() not in ("", "-"):
        return None
    word = tokens[index].text
    attached = word.removeprefix("و")
    if attached != word and attached in {**WORDS, **MULTIPLIERS} | dict.fromkeys(_HALVES, 0):
        joined, word = True, attached
    if word in ("a", "an") and joined and index + 1 < len(tokens):
        index, word = index + 1, tokens[index + 1].text
    return _taken(word, index, total, joined=joined)


def _taken(word: str, index: int, total: _Sum, *, joined: bool) -> int | None:
    if word in _HALVES and joined:
        total.add(Fraction(1, 2) * (1000 if total.last == 1000 else 100 if total.last == 100 else 1))
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
    spoken = word in _ENGLISH and _is_spoken_hundred(_ENGLISH[word], total, joined=joined)
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
