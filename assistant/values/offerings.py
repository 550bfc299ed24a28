"""What an operator sells and where it reaches, and how customers write it: made by code from the names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.values.folding import normalise
from assistant.values.rewriting import rewritten
from assistant.values.spelling import in_latin, is_arabic

ADD_ON = "addOn"
LINES = ("mobilePrepaid", "mobilePostpaid", "fixedPrepaid", "fixedPostpaid", "bundle")
_SAME = (
    ("الياف", "فايبر", "فيبر", "فابير", "الالياف", "الفايبر", "fibre", "fiber", "fibr", "fibber", "faybar"),
    ("جيجا", "قيقا", "جيقا", "غيغا", "جيجابايت", "قيقابايت", "gb", "giga", "gig", "gigs", "g", "جيجات"),
    ("بيانات", "داتا", "البيانات", "الداتا", "data", "نت", "انترنت"),
    ("جي", "g"),
    ("هوم", "home"),
    ("تجوال", "التجوال", "رومنق", "رومينج", "رومنغ", "roaming", "roming", "romming", "tajwal", "tegwal"),
    ("خليج", "الخليج", "الخليجي", "خليجي", "gulf", "khaleej", "el khaleej", "al khaleej", "elkhaleej"),
    ("العايله", "العيله", "العائله", "عايله", "family", "el 3ayla", "el 3eila"),
    ("اعمال", "الاعمال"),
    ("بلس", "plus", "+"),
    (
        "مفوتر",
        "مفوتير",
        "المفوتر",
        "مفوتره",
        "مفتر",
        "مفوطر",
        "مفوتار",
        "موفوتر",
        "mofawtar",
        "mufawtar",
        "mofawter",
        "mufawter",
        "mfawtar",
        "mofawtir",
        "mofwtar",
        "mofaoter",
        "mfoter",
    ),
    ("يلا", "يالا", "يللا", "yalla", "yala", "yallah"),
    ("شباب", "الشباب", "shabab"),
    ("line", "lines"),
    ("خط", "خطوط"),
)
_ALIKE = {word: group for group in _SAME for word in group}
_SIZES = frozenset({"gb", "جيجا"})
_PIECE = re.compile(r"\d+|[^\W\d]+|\+")
_PLUS = ("+", "بلس", "plus")
_MOST_FORMS = 400
_ONE_MORE = re.compile(r"(?:extra )?\d+(?: extra)?")  # one extra SIM is no bundle
_GENERIC = frozenset(
    {
        "company line",
        "company lines",
        "home internet",
        "انترنت منزلي",
        "خط ارضي",
        "landline",
        "land line",
        "fixed phone",
        "هاتف ثابت",
        "تلفون ثابت",
        "عايلتي",
        "العايله",
    }
)


@dataclass(frozen=True)
class Offering:
    """One thing that is sold: the English name is its value, the kind as in the catalogue."""

    names: tuple[str, ...]
    spellings: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class Place:
    """An area that the operator covers."""

    names: tuple[str, ...]
    spellings: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """What the operator sells and where."""

    offerings: tuple[Offering, ...] = ()
    places: tuple[Place, ...] = ()


def offering_forms(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """(entity, value, form) of every way to write an offering, forms folded and with digits."""
    for offering in catalogue.offerings:
        entity = "add_on" if offering.kind == ADD_ON else "plan" if offering.kind in LINES else None
        if entity:
            forms = {form for name in (*offering.names, *offering.spellings) for form in variants(name)}
            for form in sorted(form for form in forms if not _ONE_MORE.fullmatch(form)):
                yield entity, offering.names[0], form


def place_forms(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """(value, form) of every way to write a covered place."""
    for place in catalogue.places:
        for name in (*place.names, *place.spellings):
            yield place.names[0], normalise(name).text.strip()


def variants(name: str) -> set[str]:
    """A name folded, with its numbers as digits, joined and apart, in the usual spellings of its words."""
    folded = rewritten(normalise(name).text.strip()).text
    pieces = _PIECE.findall(folded)
    if not pieces:
        return set()
    forms = {folded}
    if len(pieces) == 1:
        return {form for form in (folded, in_latin(folded)) if len(form) > 2}  # a word alone has no like
    short = [piece for piece in pieces if piece not in _PLUS] if len(pieces) > 2 else pieces
    for combination in [*_combined(pieces), *_combined(short)]:
        forms |= set(_joined(combination))
    if len(pieces) > 2 and pieces[-1] in _SIZES and pieces[-2].isdigit():
        forms |= {form for combination in _combined(pieces[:-1]) for form in _joined(combination)}
    if is_arabic(folded) and len(forms) < _MOST_FORMS:
        forms |= {in_latin(form) for form in _joined(pieces)}
    return {form for form in forms if len(form) > 2}


def _combined(pieces: list[str]) -> Iterator[list[str]]:
    combinations: list[list[str]] = [[]]
    for piece in pieces:
        choices = _ALIKE.get(piece, (piece,))
        combinations = [[*done, choice] for done in combinations for choice in choices][:_MOST_FORMS]
    return iter(combinations)


def _joined(pieces: Iterable[str]) -> Iterator[str]:
    """ "fibre 300", "fibre300", "fibre-300" and "300 fibre"."""
    words = list(pieces)
    yield " ".join(words)
    if any(word.isdigit() for word in words) or "+" in words:
        yield "".join(words)
        yield re.sub(r" (?=\d+ \D)| (?<=\d )| (?=\+)", " ", " ".join(words))
        yield re.sub(r"(?<=\d) (?=\D)", "", " ".join(words))
        yield re.sub(r" \+", "+", " ".join(words))
        yield re.sub(r"(?<=\D) (?=\d)", "", " ".join(words))
    if len(words) == 2 and words[1].isdigit():
        yield "-".join(words)
        yield f"{words[1]} {words[0]}"


def is_generic(form: str) -> bool:
    """Whether customers use the form for the kind of thing as often as for this offering."""
    return form in _GENERIC
