"""History, income and debt give the class that the operator's rules say, with readable reasons."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from backend.acquisition.credit import CreditHistory, assess, deposit_for, fits, limit_for, risk_of
from backend.acquisition.rules import Reason
from backend.infra.operator import Credit, load_operator

CREDIT = load_operator().credit


@pytest.mark.parametrize(
    ("history", "income", "credit_class", "reasons"),
    [
        (CreditHistory(), 8000, "A", ()),
        (CreditHistory(), 7999, "B", (Reason.INCOME_LOW,)),
        (CreditHistory(), 4000, "B", (Reason.INCOME_LOW,)),
        (CreditHistory(), 3999, "C", (Reason.INCOME_LOW,)),
        (CreditHistory(), 1999, "D", (Reason.INCOME_LOW,)),
        (CreditHistory(), 0, "D", (Reason.INCOME_LOW,)),
        (CreditHistory(late_payments=2), 20000, "B", (Reason.LATE_PAYMENTS,)),
        (CreditHistory(late_payments=3), 20000, "C", (Reason.LATE_PAYMENTS,)),
        (CreditHistory(defaults=1), 20000, "C", (Reason.DEFAULTS,)),
        (CreditHistory(defaults=2), 20000, "D", (Reason.DEFAULTS,)),
        (CreditHistory(monthly_debt=Decimal(3300)), 10000, "A", ()),
        (CreditHistory(monthly_debt=Decimal(3301)), 10000, "B", (Reason.DEBT_HIGH,)),
        (CreditHistory(monthly_debt=Decimal(6501)), 10000, "D", (Reason.DEBT_HIGH,)),
        (CreditHistory(income_on_file=Decimal(2500)), 20000, "C", (Reason.INCOME_LOW,)),
    ],
)
def test_the_first_rule_that_holds_gives_the_class(
    history: CreditHistory, income: int, credit_class: str, reasons: tuple[Reason, ...]
) -> None:
    assessment = assess(history, Decimal(income), CREDIT.rules)

    assert (assessment.credit_class, assessment.reasons) == (credit_class, reasons)


def test_only_class_c_pays_a_deposit() -> None:
    assert [deposit_for(name, CREDIT) for name in "ABCD"] == [None, None, Decimal(300), None]


@pytest.mark.parametrize(
    ("history", "revenue", "credit_class"),
    [
        (CreditHistory(late_payments=1), 100000, "A"),
        (CreditHistory(late_payments=4), 500000, "B"),
        (CreditHistory(), 29999, "C"),
        (CreditHistory(), 4999, "D"),
        (CreditHistory(defaults=2), 500000, "D"),
    ],
)
def test_companies_are_classed_by_rules_of_their_own(history: CreditHistory, revenue: int, credit_class: str) -> None:
    assert assess(history, Decimal(revenue), CREDIT.rules_for(business=True)).credit_class == credit_class


def test_the_class_decides_what_may_be_owed_and_so_how_many_lines_are_sold() -> None:
    people, companies = CREDIT.limits_for(business=False), CREDIT.limits_for(business=True)
    assert [limit_for(name, people) for name in "ABCD"] == [5000, 2500, 1000, None]
    assert [limit_for(name, companies) for name in "ABC"] == [100000, 40000, 3000]
    assert [fits(Decimal(80), lines, Decimal(3000)) for lines in (37, 38)] == [True, False]
    assert fits(Decimal(80), 50, None)


def test_without_rules_for_companies_they_are_judged_like_people() -> None:
    plain = CREDIT.model_copy(update={"business_rules": (), "business_credit_limits": {}})

    assert plain.rules_for(business=True) == CREDIT.rules
    assert plain.limits_for(business=True) == CREDIT.credit_limits


def test_rules_for_companies_must_end_with_a_class_for_everyone() -> None:
    written = CREDIT.model_dump(by_alias=True)
    written["businessRules"] = written["businessRules"][:-1]

    with pytest.raises(ValidationError, match="no conditions"):
        Credit.model_validate(written)


def test_the_risk_of_a_class_goes_from_none_to_certain() -> None:
    assert [risk_of(name, CREDIT.rules) for name in "ABCD"] == [0.0, 0.33, 0.67, 1.0]
