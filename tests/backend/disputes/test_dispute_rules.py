"""When a charge may be disputed, how much of it, by when it is decided, and by whom."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from backend.disputes.errors import (
    AmountTooHigh,
    CurrencyDiffers,
    DisputeWindowPassed,
    NothingToDispute,
    SupervisorNeeded,
)
from backend.disputes.rules import check_authority, check_window, decision_due, disputed_amount
from backend.infra.operator import load_operator
from backend.kernel.money import Money

BILLED = date(2026, 11, 1)
WORKING = load_operator().agent_hours.working_day


def sar(value: str) -> Money:
    return Money(Decimal(value), "SAR")


def test_the_sixtieth_day_is_the_last_to_dispute_a_bill() -> None:
    check_window(BILLED, BILLED + timedelta(days=60), 60)
    with pytest.raises(DisputeWindowPassed):
        check_window(BILLED, BILLED + timedelta(days=61), 60)


def test_without_an_amount_all_of_the_charge_is_disputed() -> None:
    assert disputed_amount(None, sar("7.00")) == sar("7.00")
    assert disputed_amount(sar("2.50"), sar("7.00")) == sar("2.50")
    assert disputed_amount(sar("7.00"), sar("7.00")) == sar("7.00")


def test_more_than_was_charged_cannot_be_disputed() -> None:
    with pytest.raises(AmountTooHigh):
        disputed_amount(sar("7.01"), sar("7.00"))


@pytest.mark.parametrize(("asked", "charged"), [(None, "0"), (None, "-5"), ("0", "7"), ("-1", "7")])
def test_nothing_cannot_be_disputed(asked: str | None, charged: str) -> None:
    with pytest.raises(NothingToDispute):
        disputed_amount(sar(asked) if asked else None, sar(charged))


def test_another_currency_is_refused_and_not_compared() -> None:
    with pytest.raises(CurrencyDiffers):
        disputed_amount(Money(Decimal(1), "USD"), sar("7.00"))


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        (date(2026, 11, 22), date(2026, 11, 29)),  # Sunday: Monday to Thursday and the next Sunday
        (date(2026, 11, 26), date(2026, 12, 3)),  # Thursday: the weekend does not count
        (date(2026, 11, 27), date(2026, 12, 3)),  # Friday
        (date(2026, 9, 20), date(2026, 9, 28)),  # National Day is no working day
    ],
)
def test_a_decision_is_due_in_five_working_days_of_a_saudi_week(opened: date, due: date) -> None:
    assert decision_due(opened, 5, WORKING) == due


def test_an_agent_alone_gives_fifty_and_not_more() -> None:
    check_authority(sar("50.00"), supervisor=False)
    check_authority(sar("5000"), supervisor=True)
    with pytest.raises(SupervisorNeeded):
        check_authority(sar("50.01"), supervisor=False)
