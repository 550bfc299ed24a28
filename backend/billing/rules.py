"""How a bill comes about: proration, lines with tax, dates, and what is left to pay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from backend.billing.errors import AmountNotPositive, BillOverpaid
from backend.kernel.money import Money
from backend.kernel.period import Period
from backend.kernel.text import Bilingual

HUNDRED = Decimal(100)


class BillState(StrEnum):
    """TMF678's states."""

    NEW = "new"
    ON_HOLD = "onHold"
    VALIDATED = "validated"
    SENT = "sent"
    PARTIALLY_PAID = "partiallyPaid"
    SETTLED = "settled"


class RateType(StrEnum):
    """What a bill line is (TMF678 AppliedCustomerBillingRate.type)."""

    RECURRING = "recurringCharge"
    USAGE = "usageCharge"
    ONE_TIME = "oneTimeCharge"
    CREDIT = "creditNote"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a bill before it is kept. Money is exact until `priced`."""

    type: RateType
    name: Bilingual
    product_id: UUID | None
    period: Period
    amount: Money
    tax_percent: Decimal
    quantity: Decimal | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with its amounts rounded: once, half up, to the minor unit; the tax from the rounded amount."""

    line: Line
    tax_excluded: Money
    tax: Money

    @property
    def tax_included(self) -> Money:
        """What the customer pays for the line."""
        return self.tax_excluded + self.tax


def priced(line: Line) -> PricedLine:
    """The line rounded and taxed (facts of billing: round once at the line, tax per line, then sum)."""
    net = line.amount.rounded()
    return PricedLine(line, net, (net * (line.tax_percent / HUNDRED)).rounded())


def prorated(monthly: Money, served: Period, cycle: Period) -> Money:
    """A monthly fee for the days served, by the cycle's calendar days (the proration setting "calendar_days")."""
    return Money(monthly.value * served.days / cycle.days, monthly.unit)


def total(amounts: Sequence[Money], unit: str) -> Money:
    """The sum, zero of the unit for none."""
    return sum(amounts, Money.zero(unit))


def issue_date(cycle: Period) -> date:
    """Bills are issued the day after their cycle ends."""
    return cycle.end + timedelta(days=1)


def due_date(issued: date, due_day: int) -> date:
    """The due day of the month of issue."""
    return issued.replace(day=due_day)


def tax_within(amount: Money, *, tax: Decimal, total: Decimal) -> Money:
    """The tax that a part of a bill holds: in the same proportion as the whole bill, rounded half up."""
    return Money(amount.value * tax / total, amount.unit).rounded() if total else Money.zero(amount.unit)


def pay(owed: Money, paid: Money) -> tuple[Money, BillState]:
    """What is left to pay, and the state that leaves the bill in. Raises AmountNotPositive, BillOverpaid."""
    if paid.value <= 0:
        raise AmountNotPositive
    if paid > owed:
        raise BillOverpaid(f"{paid} offered, {owed} owed")
    left = owed - paid
    return left, BillState.SETTLED if left.value == 0 else BillState.PARTIALLY_PAID
