"""The credit bureau as we speak to it, and the class that a history and an income give. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from backend.acquisition.rules import Reason
from backend.infra.operator import Credit, CreditClass, CreditRule


@dataclass(frozen=True, slots=True)
class CreditHistory:
    """What the bureau has on file. Money is of the operator's currency, a month.

    `income_on_file` is what employers report; it counts before what the applicant says.
    """

    defaults: int = 0
    late_payments: int = 0
    monthly_debt: Decimal = Decimal(0)
    income_on_file: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The class, and why it is not a better one."""

    credit_class: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class CreditEnquiry:
    """Whom the bureau is asked about: a person by national id, a company by commercial registration.

    `reference` is the same for every try of one check.
    """

    identity: str
    company: bool = False
    reference: str = ""


class CreditBureau(Protocol):
    """The credit bureau. `history` may raise BureauUnavailable."""

    def history(self, enquiry: CreditEnquiry) -> CreditHistory:
        """What is on file for the identity; an empty history when nothing is."""


def assess(history: CreditHistory, income: Decimal, rules: Sequence[CreditRule]) -> Assessment:
    """The first class whose conditions all hold, with what kept the applicant out of the class before it."""
    income = history.income_on_file if history.income_on_file is not None else income
    reasons: tuple[Reason, ...] = ()
    for rule in rules:
        failing = _failing(rule, history, income)
        if not failing:
            return Assessment(rule.credit_class, reasons)
        reasons = failing
    raise LookupError("the last credit rule must be without conditions")


def deposit_for(credit_class: str, credit: Credit) -> Decimal | None:
    """What the class pays ahead for each postpaid line, if anything."""
    return next((amount for name, amount in credit.deposits.items() if name == credit_class), None)


def limit_for(credit_class: str, limits: Mapping[CreditClass, Decimal]) -> Decimal | None:
    """What the class may owe a month; None when it has no ceiling."""
    return next((amount for name, amount in limits.items() if name == credit_class), None)


def risk_of(credit_class: str, rules: Sequence[CreditRule]) -> float:
    """How likely the class is not to pay, from 0 (the best class) to 1 (the last)."""
    classes = list(dict.fromkeys(rule.credit_class for rule in rules))
    place = next((i for i, name in enumerate(classes) if name == credit_class), len(classes) - 1)
    return round(place / max(len(classes) - 1, 1), 2)


def _failing(rule: CreditRule, history: CreditHistory, income: Decimal) -> tuple[Reason, ...]:
    debt = history.monthly_debt * 100
    checks = {
        Reason.DEFAULTS: rule.max_defaults is not None and history.defaults > rule.max_defaults,
        Reason.LATE_PAYMENTS: rule.max_late_payments is not None and history.late_payments > rule.max_late_payments,
        Reason.INCOME_LOW: rule.min_income is not None and income < rule.min_income,
        Reason.DEBT_HIGH: rule.max_debt_percent is not None and debt > income * rule.max_debt_percent,
    }
    return tuple(reason for reason, fails in checks.items() if fails)


def fits(price: Decimal, quantity: int, limit: Decimal | None) -> bool:
    """Whether that many lines of that monthly price stay within the credit limit."""
    return limit is None or price * quantity <= limit
