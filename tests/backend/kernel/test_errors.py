"""Every refusal of the product can be read by a customer, in both languages."""

import re
from string import Formatter

import pytest

from backend.kernel.errors import DomainError, NotFound
from backend.kernel.text import Bilingual
from backend.main import ROUTERS

assert ROUTERS  # composing the product has made every refusal known


def every_refusal(base: type[DomainError] = DomainError) -> list[type[DomainError]]:
    return [base, *(found for sub in base.__subclasses__() for found in every_refusal(sub))]


REFUSALS = [refusal for refusal in every_refusal() if refusal.__module__.startswith("backend.")]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.__name__)
def test_a_refusal_reads_well_in_both_languages(refusal: type[DomainError]) -> None:
    arabic, english = refusal.title.ar, refusal.title.en
    assert re.search(r"[\u0621-\u064a]{2}", arabic)
    assert not re.search(r"[\u0621-\u064a]", english)
    assert arabic[-1] in ".؟!"
    assert english[-1] in ".?!"
    assert 400 <= refusal.status < 600


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.__name__)
def test_both_languages_of_a_refusal_tell_the_same_values(refusal: type[DomainError]) -> None:
    fields = [
        {name for _, name, _, _ in Formatter().parse(text) if name} for text in (refusal.title.ar, refusal.title.en)
    ]
    assert fields[0] == fields[1]


def test_the_code_is_the_name_and_the_sentence_is_filled_in() -> None:
    class LineTooLong(NotFound):
        title = Bilingual(ar="الحد {limit}.", en="The limit is {limit}.")

    refusal = LineTooLong(limit=3)
    assert refusal.code == "line_too_long"
    assert refusal.sentence["en"] == "The limit is 3."
    assert "3" in refusal.sentence["ar"]
