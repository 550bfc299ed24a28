"""How a bill comes about: prorated by calendar days, rounded once at the line, taxed line by line."""

import json
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.billing.errors import AmountNotPositive, BillOverpaid
from backend.billing.jobs import last_month
from backend.billing.rules import BillState, Line, RateType, due_date, issue_date, pay, priced, prorated, total
from backend.kernel.money import Money
from backend.kernel.period import Period, month_of, months_between
from backend.kernel.text import Bilingual

KNOWN = json.loads((Path(__file__).parent / "known_bills.json").read_text())["cases"]
OCTOBER = month_of(date(2026, 10, 1))
halalas = st.integers(min_value=1, max_value=10**9).map(lambda n: Decimal(n) / 100)


def sar(value: str | Decimal) -> Money:
    return Money(Decimal(value), "SAR")


def line(amount: str | Decimal, tax: str = "15") -> Line:
    return Line(RateType.RECURRING, Bilingual(ar="رسوم", en="Fee"), None, OCTOBER, sar(amount), Decimal(tax))


def cases(family: str) -> Any:
    found = [case for case in KNOWN if case["family"] == family]
    return pytest.mark.parametrize("case", found, ids=lambda case: case["id"])


def test_a_whole_month_costs_exactly_the_fee() -> None:
    assert prorated(sar("100.00"), OCTOBER, OCTOBER) == sar("100.00")


def test_a_month_begun_on_the_eleventh_costs_the_days_left_of_it() -> None:
    served = Period(date(2026, 10, 11), date(2026, 10, 31))
    assert priced(line(prorated(sar("100.00"), served, OCTOBER).value)).tax_excluded == sar("67.74")


@given(halalas, st.integers(0, 27))
def test_two_parts_of_a_month_cost_the_month_to_the_last_digit_but_one(fee: Decimal, day: int) -> None:
    middle = OCTOBER.start + timedelta(days=day)
    first = prorated(sar(fee), Period(OCTOBER.start, middle), OCTOBER)
    second = prorated(sar(fee), Period(middle + timedelta(days=1), OCTOBER.end), OCTOBER)
    assert abs((first + second).value - fee) < Decimal("1e-9")


@cases("fractional_months")
def test_months_are_shared_out_by_their_calendar_days(case: dict[str, Any]) -> None:
    served = Period(*(date.fromisoformat(case["inputs"][end]) for end in ("from_inclusive", "to_inclusive")))
    shares = [(served.overlap(month), month) for month in months_between(served.start, served.end)]
    months = sum(prorated(sar("1"), part, month).value for part, month in shares if part)
    assert abs(months - Decimal(case["expected"])) < Decimal("0.000001")


@cases("proration_fraction")
def test_a_cycle_that_ends_early_is_shared_out_by_its_own_days(case: dict[str, Any]) -> None:
    start, end = (date.fromisoformat(case["inputs"][name]) for name in ("previous_bill_through", "end"))
    cycle = Period(start, (start + timedelta(days=31)).replace(day=start.day) - timedelta(days=1))
    share = prorated(sar("1"), Period(start, end - timedelta(days=1)), cycle).value
    assert share.quantize(Decimal("1e-9"), ROUND_HALF_UP) == Decimal(case["expected"])


@cases("recurring")
def test_a_plan_begun_inside_a_leap_february_is_billed_for_its_days(case: dict[str, Any]) -> None:
    start = date.fromisoformat(case["inputs"]["start"])
    fee = sar(Decimal(case["inputs"]["plan_cents"]) / 100)
    billed = priced(line(prorated(fee, Period(start, month_of(start).end), month_of(start)).value))
    assert billed.tax_excluded.value * 100 == case["expected"]["fee_cents"]


@cases("vat")
def test_tax_is_taken_line_by_line(case: dict[str, Any]) -> None:
    lines = [priced(line(str(net), str(case["inputs"]["vat_percent"]))) for net in case["inputs"]["net"]]
    assert [item.tax_included.value for item in lines] == case["expected"]["per_line"]
    assert total([item.tax_included for item in lines], "SAR").value == case["expected"]["gross"]


@cases("tax_discount")
def test_lines_of_different_taxes_add_up(case: dict[str, Any]) -> None:
    fees, coupons = case["inputs"]["fees"], case["expected"]["coupon_per_fee"]
    net = [Decimal(fee["net"]) - Decimal(coupon) for fee, coupon in zip(fees, coupons, strict=True)]
    lines = [priced(line(amount, str(fee["tax_percent"]))) for amount, fee in zip(net, fees, strict=True)]
    assert [item.tax.value for item in lines] == [Decimal(tax) for tax in case["expected"]["tax"]]
    assert total([item.tax_included for item in lines], "SAR").value == Decimal(case["expected"]["gross"])


@cases("wallet")
def test_a_charge_with_tax_is_the_same_cent_on_the_bill_and_on_the_credit(case: dict[str, Any]) -> None:
    charge = priced(line(case["inputs"]["charge_net"], str(case["inputs"]["tax_percent"])))
    assert charge.tax_included.value == Decimal(case["expected"]["credit_used"])


@given(st.decimals(min_value=0, max_value=10**6, places=6), st.sampled_from(["0", "5", "15"]))
def test_a_line_is_rounded_once_and_its_tax_comes_from_what_is_printed(exact: Decimal, tax: str) -> None:
    item = priced(line(exact, tax))
    assert item.tax_excluded == sar(exact).rounded()
    assert item.tax == (item.tax_excluded * (Decimal(tax) / 100)).rounded()
    assert item.tax_included == item.tax_excluded + item.tax


def test_half_a_halala_of_tax_is_rounded_up() -> None:
    assert priced(line("0.10")).tax == sar("0.02")


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
    assert last_month(issued) == month_of(cycle_of)


def test_half_a_month_is_billed_the_day_after_it_too() -> None:
    assert issue_date(Period(date(2026, 10, 1), date(2026, 10, 15))) == date(2026, 10, 16)


def test_the_bill_is_due_on_the_operators_day() -> None:
    assert due_date(date(2026, 11, 1), 21) == date(2026, 11, 21)


def test_the_last_halala_settles_a_bill() -> None:
    assert pay(sar("115.00"), sar("114.99")) == (sar("0.01"), BillState.PARTIALLY_PAID)
    assert pay(sar("0.01"), sar("0.01")) == (sar("0.00"), BillState.SETTLED)


def test_nobody_pays_more_than_is_owed_or_nothing_at_all() -> None:
    with pytest.raises(BillOverpaid):
        pay(sar("10"), sar("10.01"))
    for nothing in ("0", "-1"):
        with pytest.raises(AmountNotPositive):
            pay(sar("10"), sar(nothing))
