"""What bills can be, and what is left to pay on one."""

from datetime import date
from decimal import Decimal

import pytest

from backend.billing.errors import AmountNotPositive, BillOverpaid
from backend.billing.rules import BillState, issue_date, pay, tax_within
from backend.kernel.money import Money
from backend.kernel.period import Period, month_of


def sar(value: str | Decimal) -> Money:
    return Money(Decimal(value), "SAR")


@pytest.mark.parametrize(
    ("cycle_of", "issued"),
    [
        (date(2026, 10, 5), date(2026, 11, 1)),
        (date(2026, 12, 5), date(2027, 1, 1)),
        (date(2028, 2, 1), date(2028, 3, 1)),
    ],
)
def test_a_bill_is_issued_the_day_after_its_cycle(cycle_of: date, issued: date) -> None:
    assert issue_date(month_of(cycle_of)) == issued


def test_half_a_month_is_billed_the_day_after_it_too() -> None:
    assert issue_date(Period(date(2026, 10, 1), date(2026, 10, 15))) == date(2026, 10, 16)


def test_the_last_halala_settles_a_bill() -> None:
    assert pay(sar("115.00"), sar("114.99")) == (sar("0.01"), BillState.PARTIALLY_PAID)
    assert pay(sar("0.01"), sar("0.01")) == (sar("0.00"), BillState.SETTLED)


def test_nobody_pays_more_than_is_owed_or_nothing_at_all() -> None:
    with pytest.raises(BillOverpaid):
        pay(sar("10"), sar("10.01"))
    for nothing in ("0", "-1"):
        with pytest.raises(AmountNotPositive):
            pay(sar("10"), sar(nothing))


def test_a_part_of_a_bill_holds_its_part_of_the_tax() -> None:
    assert tax_within(sar("11.50"), tax=Decimal(15), total=Decimal(115)) == sar("1.50")
    assert tax_within(sar("1"), tax=Decimal(0), total=Decimal(0)) == sar("0")
