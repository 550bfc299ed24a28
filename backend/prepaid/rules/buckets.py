"""Which buckets a session draws on, for how much, and what it takes in the end. Never more than there is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum
from uuid import UUID

ZERO = Decimal(0)
NEVER = datetime.max.replace(tzinfo=UTC)
MONEY_STEP = Decimal("0.0001")


class UsageType(StrEnum):
    """What a bucket holds (TMF654): money in the operator's currency, seconds, megabytes or messages."""

    MONETARY = "monetary"
    VOICE = "voice"
    DATA = "data"
    MESSAGE = "message"


class BucketStatus(StrEnum):
    """TMF654's states of a bucket."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Bucket:
    """What of a bucket can still be promised to somebody; None is without limit."""

    id: UUID
    usage_type: UsageType
    available: Decimal | None
    promotional: bool = False
    valid_until: datetime | None = None
    zone: str = "national"


@dataclass(frozen=True, slots=True)
class Price:
    """What use beyond the bundles costs, tax included: `per_unit` for each `unit_size` seconds, megabytes or messages,
    and `connect_fee` once for use that is not nothing.

    The first piece counts at least `first`, further ones are counted in whole `increment`s (30/6); both are the unit
    when left out.
    """

    per_unit: Decimal
    unit_size: Decimal = Decimal(1)
    connect_fee: Decimal = ZERO
    first: Decimal | None = None
    increment: Decimal | None = None

    @property
    def pieces(self) -> tuple[Decimal, Decimal]:
        """The first piece and the further ones."""
        return self.first or self.unit_size, self.increment or self.unit_size

    def cost(self, quantity: Decimal) -> Decimal:
        """The price of a quantity, to four decimals half up; of nothing it is nothing."""
        if quantity <= 0:
            return ZERO
        first, increment = self.pieces
        beyond = (max(quantity - first, ZERO) / increment).to_integral_value(rounding=ROUND_CEILING)
        exact = self.connect_fee + (first + beyond * increment) * self.per_unit / self.unit_size
        return exact.quantize(MONEY_STEP, rounding=ROUND_HALF_UP)

    def affordable(self, money: Decimal, wanted: Decimal) -> Decimal:
        """How much of the wanted quantity the money pays for, in whole pieces but for the end."""
        first, increment = self.pieces
        if self.cost(wanted) <= money:
            return wanted
        if self.cost(first) > money:
            return ZERO
        pieces = ((money - self.cost(first)) * self.unit_size / (increment * self.per_unit)).to_integral_value(
            ROUND_FLOOR
        )
        while self.cost(first + pieces * increment) > money:  # a price that is no round number
            pieces -= 1
        return min(first + pieces * increment, wanted)


@dataclass(frozen=True, slots=True)
class Part:
    """What is set aside in one bucket."""

    bucket_id: UUID
    usage_type: UsageType
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Grant:
    """The quantity that may be used, and what is set aside for it: units first, money last. Zero is out of credit."""

    quantity: Decimal
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a use takes from each part in its order, and the money that was used but not set aside (not taken)."""

    taken: tuple[Decimal, ...]
    uncovered: Decimal


def spending_order(buckets: Iterable[Bucket]) -> list[Bucket]:
    """What ends first is spent first; at the same end promotional before paid; what has no limit comes last."""
    return sorted(
        buckets,
        key=lambda one: (one.available is None, one.valid_until or NEVER, not one.promotional, str(one.id)),
    )


def grant(buckets: Sequence[Bucket], kind: UsageType, zone: str, wanted: Decimal, price: Price | None) -> Grant:
    """What can be promised of the wanted quantity: bundles of the kind and zone first, then money at the price."""
    units = _drawn([one for one in buckets if one.usage_type is kind and one.zone == zone], wanted)
    promised = sum((part.amount for part in units), ZERO)
    purses = [one for one in buckets if one.usage_type is UsageType.MONETARY]
    if promised >= wanted or price is None:
        return Grant(promised, units)
    paid = price.affordable(sum((one.available or ZERO for one in purses), ZERO), wanted - promised)
    return Grant(promised + paid, (*units, *_drawn(purses, price.cost(paid))))


def settle(parts: Sequence[Part], used: Decimal, price: Price | None) -> Settlement:
    """What the use takes of what was set aside: the units first, money for the rest at the price."""
    left, taken = used, []
    for part in (one for one in parts if one.usage_type is not UsageType.MONETARY):
        taken.append(min(part.amount, left))
        left -= taken[-1]
    purses = [part for part in parts if part.usage_type is UsageType.MONETARY]
    owed = price.cost(left) if price else left  # without a price, what was set aside is money itself
    for part in purses:
        taken.append(min(part.amount, owed))
        owed -= taken[-1]
    return Settlement(tuple(taken), owed if purses else ZERO)


def _drawn(buckets: Iterable[Bucket], wanted: Decimal) -> tuple[Part, ...]:
    left, parts = wanted, []
    for one in spending_order(buckets):
        amount = left if one.available is None else min(one.available, left)
        if amount > 0:
            parts.append(Part(one.id, one.usage_type, amount))
            left -= amount
    return tuple(parts)
