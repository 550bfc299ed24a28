"""Amounts, days and counts in both languages."""

import pytest

from actions.wording import counted, day, money, month


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "بقيت محاولة واحدة"),
        (2, "بقيت محاولتان"),
        (3, "بقيت 3 محاولات"),
        (11, "بقيت 11 محاولة"),
        (0, "لم تبق محاولات"),
    ],
)
def test_arabic_counts_take_their_plural(number: int, words: str) -> None:
    assert counted(number, "try", "ar") == words


def test_amounts_have_latin_digits_and_two_decimals() -> None:
    assert money({"unit": "SAR", "value": "1115.5"}, "en") == "SAR 1,115.50"
    assert money({"unit": "SAR", "value": "115.00"}, "ar") == "115.00 ريال سعودي"


def test_days_and_months_are_words() -> None:
    assert (day("2026-11-21", "en"), day("2026-11-21T10:00:00Z", "ar"), month("2026-10", "ar")) == (
        "21 November 2026",
        "21 نوفمبر 2026",
        "أكتوبر 2026",
    )


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-11-24T22:30:00Z", "25 November 2026"),
        ("2026-11-24T22:30:00.123456+00:00", "25 November 2026"),
        ("2026-10-01T00:00:00+03:00", "1 October 2026"),
        ("2026-10-01", "1 October 2026"),
    ],
)
def test_a_moment_is_told_as_the_day_where_the_operator_is(moment: str, told: str) -> None:
    assert day(moment, "en") == told
