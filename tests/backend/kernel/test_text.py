"""Text of two languages: told apart, compared, cleaned, filled in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kernel.text import Bilingual, ascii_digits, folded, is_blank, isolate, script_language, visible

words = st.text(max_size=100)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("السلام عليكم", "ar"),
        ("hello", "en"),
        ("أبغى باقة Mofawtar 100 لو سمحت", "ar"),
        ("I want to order مفوتر", "en"),
        ("123 ٤٥٦ !", None),
        ("👍🏽", None),
        ("", None),
    ],
)
def test_the_language_is_that_of_most_letters(text: str, language: str | None) -> None:
    assert script_language(text) == language


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أَلْيَاف ١٠٠", "الياف 100"),
        ("  Talk  to a PERSON ", "talk to a person"),
        ("متابعة مع المســـاعد", "متابعه مع المساعد"),
        ("\u2068نعم\u2069", "نعم"),
        ("إلغاء", "الغاء"),
    ],
)
def test_spellings_that_readers_take_for_the_same_fold_to_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@given(words)
def test_folding_is_stable_and_digits_keep_their_places(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert len(ascii_digits(text)) == len(text)


def test_digits_of_every_script_become_ascii() -> None:
    assert ascii_digits("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ ५") == "0123456789 0123456789 5"


def test_invisible_controls_are_dropped_and_emoji_families_stay_whole() -> None:
    assert visible("a\u202eb\u2066c\u200bd\x00e\ufeff") == "abcde"
    assert visible("👨‍👩‍👧") == "👨‍👩‍👧"
    assert visible("one\ttwo\r\nthree\u2028four") == "one two\nthree\nfour"


@given(words)
def test_what_is_visible_can_be_kept_in_a_database(text: str) -> None:
    shown = visible(text)
    assert "\x00" not in shown
    shown.encode()
    assert visible(shown) == shown


@pytest.mark.parametrize("text", ["", "  \n", "\u200d", "\ufe0f\u0301", "\u3164\u2800", "\u2068\u2069"])
def test_a_text_without_anything_to_see_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["؟", "👍", "1", "ا", "/"])
def test_a_sign_a_digit_or_an_emoji_is_not_blank(text: str) -> None:
    assert not is_blank(text)


def test_values_in_an_arabic_sentence_are_isolated_so_that_numbers_stay_whole() -> None:
    filled = Bilingual(ar="فاتورتك {bill}", en="Your bill {bill}").format(bill="INV-2026-000123")
    assert filled["ar"] == f"فاتورتك {isolate('INV-2026-000123')}"
    assert filled["en"] == "Your bill INV-2026-000123"
