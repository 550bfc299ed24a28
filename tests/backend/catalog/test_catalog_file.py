"""A mistake in the operator's file is told with its line."""

import pytest

from backend.catalog import source
from backend.catalog.service.offerings import areas_of
from backend.infra.operator import load_operator

AREAS = areas_of(load_operator())
GOOD = source.DEMONSTRATION.read_text(encoding="utf-8")


def mistake_in(text: str) -> str:
    mistakes = source.read("catalog.yml", text.encode(), "SAR", AREAS).mistakes
    assert mistakes
    return "\n".join(mistakes)


def line_with(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('amount: "180.00"', 'amount: "a lot"', "offerings.3.price.amount"),
        ("kind: fixedPrepaid", "kind: landline", "offerings.5.kind"),
        ("period: 28 days", "period: monthly", "offerings.0.price.period"),
        ("amount: 61440", "amount: -1", "offerings.2.allowances.0.amount"),
        ("    spellings: [company line", "    speling: [company line", "offerings.6.speling"),
    ],
)
def test_a_wrong_word_is_told_with_its_line(right: str, wrong: str, told: str) -> None:
    text = GOOD.replace(right, wrong, 1)

    mistake = mistake_in(text)

    assert f"catalog.yml, line {line_with(text, wrong.strip())}: {told}" in mistake


def test_text_that_is_no_yaml_is_told_with_its_line() -> None:
    text = GOOD.replace("name: {ar: مفوتر ٢٠٠, en: Mofawtar 200}", "name: {ar: مفوتر ٢٠٠, en: [}", 1)

    assert f"line {line_with(text, 'en: [}')}" in mistake_in(text)


def test_an_id_that_stands_twice_is_told_with_both_lines() -> None:
    text = GOOD.replace("- id: fibre-300", "- id: fibre-100")

    mistake = mistake_in(text)

    first = line_with(text, "- id: fibre-100")
    assert f"stands on line {first} already" in mistake


def test_an_exit_fee_needs_a_contract() -> None:
    text = GOOD.replace("    contractMonths: 12\n", "", 1)

    assert "exitFeePerMonth stands without contractMonths" in mistake_in(text)
