"""Money is exact until it is rounded, and then half up, by currency."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kernel.money import MINOR_UNITS, Money

amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=4)


def sar(value: str) -> Money:
    return Money(Decimal(value), "SAR")


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [("0.005", "0.01"), ("0.004999", "0.00"), ("2.675", "2.68"), ("-0.005", "-0.01"), ("1.1", "1.10")],
)
def test_half_a_halala_is_rounded_away_from_zero(exact: str, rounded: str) -> None:
    assert str(sar(exact).rounded().value) == rounded


@pytest.mark.parametrize(("unit", "expected"), [("SAR", "1.01"), ("KWD", "1.006"), ("BHD", "1.006"), ("XYZ", "1.01")])
def test_each_currency_has_its_own_minor_unit(unit: str, expected: str) -> None:
    assert str(Money(Decimal("1.0055"), unit).rounded().value) == expected


@given(amounts)
def test_rounding_moves_an_amount_by_half_a_minor_unit_at_most(value: Decimal) -> None:
    for unit, digits in MINOR_UNITS.items():
        moved = abs(Money(value, unit).rounded().value - value)
        assert moved <= Decimal(5).scaleb(-digits - 1)


@given(amounts, amounts)
def test_what_is_added_can_be_taken_away_again(first: Decimal, second: Decimal) -> None:
    here, there = Money(first, "SAR"), Money(second, "SAR")
    assert (here + there) - there == here
    assert here + (-here) == Money.zero("SAR")


@given(amounts, amounts)
def test_comparing_money_is_comparing_amounts(first: Decimal, second: Decimal) -> None:
    here, there = Money(first, "SAR"), Money(second, "SAR")
    assert (here < there, here <= there, here > there, here >= there) == (
        first < second,
        first <= second,
        first > second,
        first >= second,
    )


def test_currencies_do_not_mix() -> None:
    for operation in (Money.__add__, Money.__sub__, Money.__lt__, Money.__ge__):
        with pytest.raises(ValueError, match="do not mix"):
            operation(sar("1"), Money(Decimal(1), "AED"))


@pytest.mark.parametrize("value", [1, 1.5, "1", Decimal("NaN"), Decimal("Infinity")])
def test_money_is_a_finite_decimal_and_nothing_else(value: object) -> None:
    with pytest.raises(TypeError):
        Money(value, "SAR")  # type: ignore[arg-type]


def test_money_reads_with_its_minor_unit_and_currency() -> None:
    assert str(sar("115")) == "115.00 SAR"
