"""What a payment and a refund may be."""

from decimal import Decimal
from typing import Any

import pytest

from backend.kernel.money import Money
from backend.payment import rules
from backend.payment.errors import AmountOutOfRange, CardNumberSent, PaymentNotRefundable, RefundTooHigh
from backend.payment.rules import Limits, Method


def sar(value: str) -> Money:
    return Money(Decimal(value), "SAR")


LIMITS = Limits(sar("1"), sar("20000"))


@pytest.mark.parametrize(
    "said", ["4111111111111111", "4111-1111-1111-1111", {"a": [{"b": "x 4111 1111 1111 1111"}]}, 4111111111111111]
)
def test_a_card_number_anywhere_is_refused(said: Any) -> None:
    with pytest.raises(CardNumberSent):
        rules.check_no_card_number(said)


@pytest.mark.parametrize(
    "said", ["b83e4111-1111-4111-8111-111111111111", "INV-2026-000123", 207.0, None, True, [], "0512345678"]
)
def test_what_only_looks_like_one_is_not(said: Any) -> None:
    rules.check_no_card_number(said)


@pytest.mark.parametrize("value", ["0.99", "20000.01", "5.001", "-5", "0"])
def test_amounts_are_whole_halalas_within_limits(value: str) -> None:
    with pytest.raises(AmountOutOfRange):
        rules.check_amount(sar(value), LIMITS)
    with pytest.raises(AmountOutOfRange):
        rules.check_amount(Money(Decimal(5), "USD"), LIMITS)


def test_what_may_go_back_is_what_came_less_what_went() -> None:
    assert rules.refundable("done", sar("100"), sar("30")) == sar("70")
    with pytest.raises(PaymentNotRefundable):
        rules.refundable("pendingAuthorization", sar("100"), sar("0"))
    for value in ("70.01", "0", "-1", "1.005"):
        with pytest.raises(RefundTooHigh):
            rules.check_refund(sar(value), sar("70"))


def test_methods_are_known_in_any_case() -> None:
    assert rules.method_of(" BankCard ") is Method.CARD


def test_a_strangers_view_of_a_bill_number_is_its_end() -> None:
    assert rules.masked_bill_no("INV-2026-000123") == "INV-••••-••0123"
