"""Arabizi is told by digits that stand for letters, and spelled in Arabic letters."""

import pytest

from assistant.components.arabizi import in_arabic_letters, is_arabizi


@pytest.mark.parametrize("text", ["3ayez a3raf el ba2at", "bate2", "mar7aba", "5alas", "abi a3ref"])
def test_digits_for_letters_are_arabizi(text: str) -> None:
    assert is_arabizi(text)


@pytest.mark.parametrize(
    "text", ["5g", "4gb", "i need 2 lines", "mofawtar 100", "the 21st", "inv-2026-000123", "0551234567", "", "hello"]
)
def test_numbers_are_not(text: str) -> None:
    assert not is_arabizi(text)


@pytest.mark.parametrize(
    ("text", "spelled"), [("3ayez", "عايز"), ("shukran", "شوكران"), ("el net", "ال نت"), ("mar7aba 100", "مارحابا 100")]
)
def test_words_are_spelled_and_numbers_stay(text: str, spelled: str) -> None:
    assert in_arabic_letters(text) == spelled
