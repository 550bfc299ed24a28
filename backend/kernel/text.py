"""Text in the operator's two languages, and what is needed to tell and to print them."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Language = Literal["ar", "en"]

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
_ARABIC = re.compile(r"[\u0621-\u064A\u066E-\u06D3\u0750-\u077F\uFB50-\uFDFF\uFE70-\uFEFC]")
_LATIN = re.compile(r"[A-Za-z\u00C0-\u024F]")
_MARKS = re.compile(r"[\u0640\u064B-\u065F\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_FOLDED_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي"})
_SPACES = str.maketrans({"\t": " ", "\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One sentence or name in both languages; `{fields}` are filled by `format`."""

    ar: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.ar if language == "ar" else self.en

    def both(self, first: Language) -> str:
        """Both sides, a line each, the reader's likely language first: where it is not known which one is read."""
        return f"{self[first]}\n{self['en' if first == 'ar' else 'ar']}"

    def format(self, **values: object) -> "Bilingual":
        """Both sides with their fields filled in; in Arabic each value is isolated, so that it stays whole."""
        isolated = {name: isolate(str(value)) for name, value in values.items()}
        return Bilingual(ar=self.ar.format(**isolated), en=self.en.format(**values))


def isolate(text: str) -> str:
    """The text between bidirectional isolates (Unicode UAX 9), for numbers and Latin words in an Arabic line."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def ascii_digits(text: str) -> str:
    """The text with every decimal digit of any script (Arabic-Indic, Persian ...) as ASCII."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() and not c.isascii() else c for c in text)


def script_language(text: str) -> Language | None:
    """The language whose letters are more in the text; None when it holds no letter of either."""
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    if arabic == latin == 0:
        return None
    return "ar" if arabic >= latin else "en"


def folded(text: str) -> str:
    """A spelling-blind form for comparing: case, diacritics, hamza seats, digits and spaces made alike."""
    plain = ascii_digits(_MARKS.sub("", unicodedata.normalize("NFKC", text))).translate(_FOLDED_LETTERS)
    return " ".join(plain.casefold().split())


def visible(text: str) -> str:
    """The text without control and invisible formatting characters (bidirectional overrides, zero-width); keeps \\n."""
    spaced = text.replace("\r\n", "\n").translate(_SPACES)
    return "".join(
        c for c in spaced if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cs"} or c == "\u200d"
    )


def is_blank(text: str) -> bool:
    """Whether a reader sees nothing of the text: spaces, marks without a letter, letters that fill a gap."""
    return all(c in _FILLERS or unicodedata.category(c)[0] in "ZCM" for c in text)
