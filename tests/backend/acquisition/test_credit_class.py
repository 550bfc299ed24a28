"""History, income and debt give the class that the operator's rules say, with readable reasons."""

from decimal import Decimal

import pytest

from backend.acquisition.credit import CreditHistory, assess, deposit_for
from backend.acquisition.rules import Reason
from backend.infra.operator import load_operator

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
