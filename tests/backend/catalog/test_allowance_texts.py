"""Allowances read naturally in both languages."""

import pytest

from backend.catalog.rules import Allowance
from backend.catalog.rules.wording import ARABIC_UNITS, allowance_text, counted


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "دقيقة واحدة"),
        (2, "دقيقتان"),
        (3, "3 دقائق"),
        (10, "10 دقائق"),
        (11, "11 دقيقة"),
        (100, "100 دقيقة"),
        (103, "103 دقائق"),
        (500, "500 دقيقة"),
    ],
)
def test_arabic_counts_its_nouns(number: int, said: str) -> None:
    assert counted(number, ARABIC_UNITS["voice"]) == said


def test_data_is_told_in_the_unit_that_reads_best() -> None:
    assert allowance_text(Allowance("data", 20480)).en == "20 GB"
    assert allowance_text(Allowance("data", 1536)).ar == "1.5 جيجابايت"
    assert allowance_text(Allowance("data", 500)).en == "500 MB"


def test_unlimited_is_told_in_words() -> None:
    assert allowance_text(Allowance("voice", None)).en == "unlimited local calls"
