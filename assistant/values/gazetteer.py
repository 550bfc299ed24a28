"""Places that customers name: countries in both languages from CLDR, and the lookups of cities and districts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from babel import Locale

from assistant.values.folding import normalise

_USUAL = {
    "TR": "Türkiye",
    "US": "United States",
    "GB": "United Kingdom",
    "HK": "Hong Kong",
    "MO": "Macao",
    "PS": "Palestine",
    "MM": "Myanmar",
    "CZ": "Czechia",
    "CD": "DR Congo",
    "CG": "Congo",
    "BA": "Bosnia and Herzegovina",
    "CI": "Côte d’Ivoire",
    "SX": "Sint Maarten",
}
_AMBIGUOUS = frozenset(
    {
        "مالي",
        "تشاد",
        "chad",
        "توغو",
        "بنين",
        "جوام",
        "غينيا",
        "جزر",
        "ريونيون",
        "reunion",
        "us",
        "jersey",
        "guernsey",
        "بالاو",
        "مايوت",
        "man",
        "بيرو",
        "niger",
    }
)


def countries(elements: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(usual English name, folded form) of every country: from CLDR, and from lookup lines `ISO = form | form`."""
    other: dict[str, list[str]] = {}
    for element in elements:
        code, _, written = element.partition("=")
        other.setdefault(code.strip(), []).extend(form.strip() for form in written.split("|"))
    english, arabic = Locale("en").territories, Locale("ar").territories
    for code in english:
        if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"):
            usual = _USUAL.get(code, english[code])
            own = other.get(code, [])
            for form in {usual, english[code], arabic.get(code, usual), *own}:
                folded = normalise(form).text.strip()
                if folded and (folded not in _AMBIGUOUS or form in own):
                    yield usual, folded


_CONTINENTS = ("Asia/", "Europe/", "Africa/")
_OTHER_WORDS = frozenset(
    {
        "Sofia",
        "Samara",
        "Oral",
        "Lome",
        "Dili",
        "Kirov",
        "Dar es Salaam",
        "El Aaiun",
        "Chita",
        "Jersey",
        "Guernsey",
        "Riga",
    }
)


def cities() -> Iterator[tuple[str, str]]:
    """(English name, folded form) of the cities that CLDR names time zones after, but for common words."""
    english, arabic = Locale("en").time_zones, Locale("ar").time_zones
    for zone, told in arabic.items():
        name = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        if zone.startswith(_CONTINENTS) and "city" in told and name not in _OTHER_WORDS:
            for form in (name, told["city"]):
                yield name, normalise(form).text.strip()


def forms_of(elements: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(value, folded form) of lookup lines `value = form | form`; the value is a form as well."""
    for element in elements:
        value, _, written = element.partition("=")
        for form in (value, *written.split("|")):
            folded = normalise(form).text.strip()
            if folded:
                yield value.strip(), folded
