"""From records and a tariff to charges: allowances first, in the order of use, then the price."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal

from backend.usage.rules import UsageKind, UsageRecord


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
