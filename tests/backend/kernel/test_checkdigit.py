"""Check digits catch what a finger gets wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kernel.checkdigit import is_card_number, is_national_id, with_check_digit

stems = st.integers(min_value=10**8, max_value=3 * 10**8 - 1).map(str)


@given(stems)
def test_an_identity_number_with_its_check_digit_is_accepted(stem: str) -> None:
    assert is_national_id(with_check_digit(stem))


@given(stems, st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(stem: str, place: int, change: int) -> None:
    digits = with_check_digit(stem)
    wrong = digits[:place] + str((int(digits[place]) + change) % 10) + digits[place + 1 :]
    assert not is_national_id(wrong)


@pytest.mark.parametrize(
    "number", ["", "101234500", "10123450030", "3012345001", "١٠١٢٣٤٥٠٠٣", "10123450O3", "1012345004"]
)
def test_what_is_not_an_identity_number_is_refused(number: str) -> None:
    assert not is_national_id(number)


@pytest.mark.parametrize("number", ["4111111111111111", "378282246310005", "5555555555554444"])
def test_payment_cards_are_known(number: str) -> None:
    assert is_card_number(number)


@pytest.mark.parametrize(
    "number", ["411111111111", "4111111111111112", with_check_digit("89966010000000001"), "٤١١١١١١١١١١١١١١١"]
)
def test_other_numbers_are_not_cards(number: str) -> None:
    assert not is_card_number(number)
