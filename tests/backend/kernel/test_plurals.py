"""Counted nouns follow each language's plural rules."""

from decimal import Decimal

import pytest

from backend.kernel.plurals import FORMS, counted


@pytest.mark.parametrize(
    ("number", "arabic", "english"),
    [
        (1, "يوم واحد", "1 day"),
        (2, "يومان", "2 days"),
        (3, "3 أيام", "3 days"),
        (10, "10 أيام", "10 days"),
        (11, "11 يومًا", "11 days"),
        (99, "99 يومًا", "99 days"),
        (100, "100 يوم", "100 days"),
        (103, "103 أيام", "103 days"),
        (0, "0 يوم", "0 days"),
    ],
)
def test_days_are_counted_as_people_say_them(number: int, arabic: str, english: str) -> None:
    assert (counted(number, "day", "ar"), counted(number, "day", "en")) == (arabic, english)


def test_large_and_broken_numbers_are_written_out() -> None:
    assert counted(Decimal("1E+5"), "megabyte", "en") == "100,000 MB"
    assert counted(Decimal("1.50"), "minute", "en") == "1.5 minutes"


def test_every_noun_has_a_form_for_any_number_and_says_the_number() -> None:

    for noun, languages in FORMS.items():
        for language, forms in languages.items():
            assert "other" in forms, (noun, language)
            assert all("{n}" in form for name, form in forms.items() if name not in {"one", "two"}), noun


def test_a_noun_that_nobody_listed_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        counted(1, "parsec", "en")
