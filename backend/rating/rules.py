"""From records and a tariff to charges: allowances first, in the order of use, then the price."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from backend.kernel.period import Period, month_of
from backend.usage.rules import UsageKind, UsageRecord

Cycle = Callable[[date], Period]
MILLIONTH, BILLIONTH = Decimal("0.000001"), Decimal("0.000000001")


@dataclass(frozen=True, slots=True)
class Price:
    """What one kind of usage costs beyond what is included.

    Quantities are seconds, messages or megabytes. Every record is rounded up to whole units of `unit_size` (60 for
    calls by the begun minute); `included` None means no limit; `at_most` ends the charge of a period.
    """

    included: Decimal | None = Decimal(0)
    unit_size: Decimal = Decimal(1)
    per_unit: Decimal = Decimal(0)
    at_most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Tariff:
    """The prices of a plan, before tax, for one period."""

    prices: dict[UsageKind, Price] = field(default_factory=dict)

    def price(self, kind: UsageKind) -> Price:
        """The price of a kind; one that the plan does not name is free of charge."""
        return self.prices.get(kind, Price(included=None))


@dataclass(frozen=True, slots=True)
class RatedUsage:
    """What a kind of usage came to in a period: the quantity used, the part beyond the allowance, its price (exact)."""

    kind: UsageKind
    used: Decimal
    beyond: Decimal
    amount: Decimal


def rate(records: Iterable[UsageRecord], tariff: Tariff) -> list[RatedUsage]:
    """The charges of one period, a kind each, in the order voice, messages, data; unused kinds are left out."""
    used: dict[UsageKind, Decimal] = {}
    for record in records:
        size = tariff.price(record.kind).unit_size
        used[record.kind] = used.get(record.kind, Decimal(0)) + _whole_units(record.quantity, size) * size
    return [_charge(kind, used[kind], tariff.price(kind)) for kind in UsageKind if kind in used]


def _charge(kind: UsageKind, used: Decimal, price: Price) -> RatedUsage:
    beyond = Decimal(0) if price.included is None else max(used - price.included, Decimal(0))
    amount = _whole_units(beyond, price.unit_size) * price.per_unit
    if price.at_most is not None:
        amount = min(amount, price.at_most)
    return RatedUsage(kind, used, beyond, amount)


def _whole_units(quantity: Decimal, unit_size: Decimal) -> Decimal:
    return (quantity / unit_size).to_integral_value(rounding=ROUND_CEILING)


@dataclass(frozen=True, slots=True)
class RatingReport:
    """What a rating run did. `unrated` records wait: no price in force fits them."""

    collected: int = 0
    rated: int = 0
    unrated: int = 0
    reversed: int = 0

    def __add__(self, other: "RatingReport") -> "RatingReport":
        return RatingReport(
            self.collected + other.collected,
            self.rated + other.rated,
            self.unrated + other.unrated,
            self.reversed + other.reversed,
        )


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """The price of a use that begins at a moment: `price` for each `unit_size` seconds, messages, bytes or events.

    The first piece counts at least `first`, further ones are counted in pieces of `increment`.
    """

    rate_class: str
    price: Decimal
    unit_size: int
    first: int
    increment: int
    connect_fee: Decimal
    unit: str


def cost(quantity: int, unit_price: UnitPrice) -> Decimal:
    """What a quantity (whole seconds, messages, bytes or events) costs, exact to a millionth, half up."""
    if quantity <= 0:
        return Decimal(0)
    beyond = max(quantity - unit_price.first, 0)
    charged = unit_price.first + -(-beyond // unit_price.increment) * unit_price.increment
    exact = (charged * unit_price.price / unit_price.unit_size).quantize(BILLIONTH, ROUND_HALF_UP)
    return (unit_price.connect_fee + exact).quantize(MILLIONTH, ROUND_HALF_UP)


def allowance_period(day: date, cycle: Cycle = month_of) -> Period:
    """The days for which one month's allowances, caps and tiers hold: the calendar month, or the cycle's own."""
    return cycle(day)


def periods_over(days: Period, cycle: Cycle = month_of) -> list[Period]:
    """The allowance periods that touch the days, oldest first."""
    found = [allowance_period(days.start, cycle)]
    while found[-1].end < days.end:
        found.append(allowance_period(found[-1].end + timedelta(days=1), cycle))
    return found
