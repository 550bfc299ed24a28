"""Arabizi and Arabic letters meet in their consonants."""

import pytest

from assistant.components.consonants import consonants


@pytest.mark.parametrize(
    ("arabizi", "arabic"),
    [
        ("fatoorti", "فاتورتي"),
        ("fatorty", "فاتورتي"),
        ("el7esab", "الحساب"),
        ("3ayez a3raf", "عايز اعرف"),
        ("shahr", "شهر"),
        ("5alas", "خلاص"),
        ("khalas", "خلاص"),
    ],
)
def test_one_word_in_two_scripts_has_the_same_consonants(arabizi: str, arabic: str) -> None:
    assert consonants(arabizi, "arabizi") == consonants(arabic, "ar")


def test_english_has_none() -> None:
    assert consonants("how much is my bill", "en") == ""


def test_english_words_of_a_mixed_message_are_left_out() -> None:
    assert consonants("ابي اعرف the bill", "mixed") == consonants("ابي اعرف", "ar")


def test_numbers_are_alike() -> None:
    assert consonants("فاتوره 300", "ar") == consonants("فاتوره 20", "ar")
