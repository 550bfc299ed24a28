"""Offerings are found by whatever customers call them."""

import pytest

from backend.catalog import matching, source
from backend.catalog.service.offerings import areas_of
from backend.infra.operator import load_operator

OFFERINGS = source.read("catalog.yml", source.DEMONSTRATION.read_bytes(), "SAR", areas_of(load_operator())).offerings


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("مفوتر ١٠٠", ["mofawtar-100"]),
        ("مُفَوْتَر ۱۰۰", ["mofawtar-100"]),
        ("mofawtar 100", ["mofawtar-100"]),
        ("mofawtar-200", ["mofawtar-200"]),
        ("I want the Mofawtar100 plan please", ["mofawtar-100"]),
        ("mufawter 200", ["mofawtar-200"]),
        ("باقة مفوتر", ["mofawtar-100", "mofawtar-200"]),
        ("fiber", ["fibre-100", "fibre-300"]),
        ("fibre 300", ["fibre-300"]),
        ("فايبر", ["fibre-100", "fibre-300"]),
        ("الألياف ٣٠٠", ["fibre-300"]),
        ("هوم ٥جي", ["home-5g"]),
        ("5G", ["home-5g"]),
        ("يلا", ["yalla-30"]),
        ("yalla30", ["yalla-30"]),
        ("خط اعمال", ["business-line"]),
        ("داتا ٥ جيجا", ["data-5gb"]),
        ("gulf+", ["gulf-plus"]),
        ("mofawtar 300", ["mofawtar-100", "mofawtar-200"]),
        ("100", ["mofawtar-100", "fibre-100"]),
        ("خط ارضي", ["landline"]),
        ("good morning", []),
        ("", []),
        ("😀", []),
    ],
)
def test_a_name_in_any_spelling_finds_its_offering(said: str, found: list[str]) -> None:
    assert [offering.id for offering in matching.best(said, OFFERINGS)] == found
