"""The words for numbers, in English, Arabic of every dialect and Arabizi, slips of the pen among them."""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH = {
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
ENGLISH |= {word: int(number) for word, number in (slip.split("=") for slip in _SLIPS.split())}
ARABIC = {
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
ARABIZI = {
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
JOINTS = frozenset({"and", "و", "w", "wa"})
HALVES = frozenset({"half", "نص", "نصف", "nos", "noss", "nus", "nuss", "nes"})
ORDINALS_EN = [
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


def _words() -> dict[str, int]:
    found = dict(ENGLISH)
    for number, words in (*ARABIZI.items(), *ARABIC.items()):
        for word in words.split():
            if 300 <= number <= 900:
                found |= {word + hundred: number for hundred in _HUNDREDS}
            else:
                found[word] = number
    return found


def _ordinals() -> dict[str, int]:
    english = dict(zip(ORDINALS_EN, range(1, 21))) | {"thirtieth": 30}  # noqa: B905
    return english | {word: number for number, words in _ORDINALS_AR.items() for word in words.split()}


WORDS: Mapping[str, int] = _words()
MULTIPLIERS: Mapping[str, int] = _MULTIPLIERS
ORDINALS: Mapping[str, int] = _ordinals()
