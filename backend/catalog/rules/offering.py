"""What an offering is: kinds, prices, allowances, conditions, and the days on which it is sold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from backend.catalog.rules.wording import ONE_OFF_NAMES, period_text
from backend.kernel.money import Money
from backend.kernel.text import Bilingual

PeriodUnit = Literal["day", "month"]
UsageKind = Literal["data", "voice", "message"]
OneOffType = Literal["activation", "sim", "installation", "delivery", "device", "downPayment"]
FIRST_VERSION = "1.0"


class OfferingKind(StrEnum):
    """The four kinds of line, what is added to one, devices, and bundles of the others."""

    MOBILE_PREPAID = "mobilePrepaid"
    MOBILE_POSTPAID = "mobilePostpaid"
    FIXED_PREPAID = "fixedPrepaid"
    FIXED_POSTPAID = "fixedPostpaid"
    ADD_ON = "addOn"
    DEVICE = "device"
    BUNDLE = "bundle"

    @property
    def is_postpaid(self) -> bool:
        """Whether it is paid after use, on a bill."""
        return self in (OfferingKind.MOBILE_POSTPAID, OfferingKind.FIXED_POSTPAID)

    @property
    def is_fixed(self) -> bool:
        """Whether it belongs to a place."""
        return self in (OfferingKind.FIXED_PREPAID, OfferingKind.FIXED_POSTPAID)

    @property
    def is_line(self) -> bool:
        """Whether it is one of the four kinds of line."""
        return self in LINE_KINDS


LINE_KINDS = frozenset(
    {
        OfferingKind.MOBILE_PREPAID,
        OfferingKind.MOBILE_POSTPAID,
        OfferingKind.FIXED_PREPAID,
        OfferingKind.FIXED_POSTPAID,
    }
)


class CustomerType(StrEnum):
    """Whom it is sold to."""

    INDIVIDUAL = "individual"
    BUSINESS = "business"


class LifecycleStatus(StrEnum):
    """Where an offering is in its life (TMF620); only a launched one is sold."""

    IN_STUDY = "In study"
    LAUNCHED = "Launched"
    RETIRED = "Retired"


@dataclass(frozen=True, slots=True)
class Validity:
    """The operator's dates from `start` to `end`, both included; None is open."""

    start: date | None = None
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def overlaps(self, other: "Validity") -> bool:
        """Whether some day is in both."""
        starts_in_time = self.start is None or other.end is None or self.start <= other.end
        return starts_in_time and (other.start is None or self.end is None or other.start <= self.end)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often a price recurs: 1 month, 28 days."""

    length: int
    unit: PeriodUnit

    def __str__(self) -> str:
        return f"{self.length} {self.unit}{'s' if self.length > 1 else ''}"

    @property
    def text(self) -> Bilingual:
        """As customers say it."""
        return Bilingual(ar=period_text(self.length, self.unit), en=str(self))


@dataclass(frozen=True, slots=True)
class OfferingPrice:
    """What an offering costs each period. `tax_included` says whether VAT is in the amount already."""

    amount: Money
    period: Recurrence
    tax_included: bool


@dataclass(frozen=True, slots=True)
class OneOffPrice:
    """What is paid once: activation, SIM, installation, a device."""

    type: OneOffType
    amount: Money
    tax_included: bool

    @property
    def name(self) -> Bilingual:
        """As customers read it."""
        return ONE_OFF_NAMES[self.type]


@dataclass(frozen=True, slots=True)
class Discount:
    """What new customers pay less: off the price of the first `months` periods (None: for good), or off a one-off.

    Exactly one of `percent` and `amount` is there. `valid` are the days on which it is given to who signs up.
    """

    name: Bilingual
    percent: Decimal | None = None
    amount: Money | None = None
    months: int | None = None
    on: Literal["recurring"] | OneOffType = "recurring"
    valid: Validity = Validity()


@dataclass(frozen=True, slots=True)
class Instalment:
    """A device paid over months: down payment plus `count` times `monthly` is the total."""

    count: int
    monthly: Money
    down_payment: Money

    @property
    def total(self) -> Money:
        """What is paid in all."""
        return Money(self.down_payment.value + self.monthly.value * self.count, self.monthly.unit)


NATIONAL, INTERNATIONAL = "national", "international"
AT_HOME = (NATIONAL, INTERNATIONAL)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a period holds: megabytes of data, minutes of voice, messages; amount None is unlimited.

    `zone` is "national" or the name of the roaming zone. `pooled` is shared by a company's lines. With `money` it holds
    so much of what that use costs, before tax, instead of an amount; its zone may be "international" too.
    """

    usage: UsageKind
    amount: int | None
    zone: str = "national"
    pooled: bool = False
    money: Money | None = None


@dataclass(frozen=True, slots=True)
class UsageTier:
    """The price of each `unit_size` begun up to a quantity of the month; `flat` is added once it is entered."""

    up_to: int | None
    price: Money
    unit_size: int
    flat: Money


@dataclass(frozen=True, slots=True)
class OutOfBundle:
    """The price of use beyond the allowances, for each `unit_size` seconds, messages or megabytes begun.

    `monthly_cap` ends the charge of that usage for the month. With `tiers` the price depends on how much the month has
    used: each part by its own tier, or with `by_volume` all of it by the tier that it reaches.
    """

    usage: UsageKind
    price: Money
    unit_size: int
    monthly_cap: Money | None = None
    tiers: tuple[UsageTier, ...] = ()
    by_volume: bool = False


@dataclass(frozen=True, slots=True)
class Offering:
    """One thing that can be sold, whole: what other domains get to see of the catalogue.

    It is one version of the offering; `in_force` says whether that version was sold on the day it was asked for.
    `add_on_for` are the kinds of line that an add-on fits, `bundled` the ids of what a bundle holds, `areas` the
    English names of the only areas where it is sold (empty: wherever its kind is).
    """

    id: str
    name: Bilingual
    description: Bilingual
    kind: OfferingKind
    lifecycle_status: str
    price: OfferingPrice
    allowances: tuple[Allowance, ...] = ()
    out_of_bundle: tuple[OutOfBundle, ...] = ()
    contract_months: int | None = None
    exit_fee_per_month: Money | None = None
    eligible_credit_classes: frozenset[str] = frozenset("ABCD")
    spellings: tuple[str, ...] = ()
    customer_types: tuple[CustomerType, ...] = (CustomerType.INDIVIDUAL,)
    version: str = FIRST_VERSION
    valid: Validity = Validity()
    in_force: bool = True
    one_off: tuple[OneOffPrice, ...] = ()
    discounts: tuple[Discount, ...] = ()
    instalment: Instalment | None = None
    add_on_for: frozenset[OfferingKind] = frozenset()
    bundled: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()

    @property
    def customer_type(self) -> CustomerType:
        """Whom it is mainly sold to: individuals when to both."""
        return self.customer_types[0]

    @property
    def is_line(self) -> bool:
        """Whether it can be bought by itself as a line."""
        return self.kind.is_line

    @property
    def is_roaming(self) -> bool:
        """Whether it is for use abroad."""
        return any(allowance.zone not in AT_HOME for allowance in self.allowances)

    @property
    def is_sold(self) -> bool:
        """Whether new customers may have it."""
        return self.lifecycle_status == LifecycleStatus.LAUNCHED and self.in_force

    def discounts_on(self, day: date) -> tuple[Discount, ...]:
        """The discounts that who signs up on that day gets."""
        return tuple(discount for discount in self.discounts if day in discount.valid)


@dataclass(frozen=True, slots=True)
class OfferingVersion:
    """When a version is sold. `withdrawn`: the operator's file no longer has it; who bought it keeps it."""

    version: str
    valid: Validity
    withdrawn: bool = False


def in_force(versions: Sequence[OfferingVersion], day: date) -> tuple[OfferingVersion, bool]:
    """The version of that day, and whether it is sold on it: else the last that was, else the first that will be.

    Raises LookupError without any version.
    """
    kept = [one for one in versions if not one.withdrawn]
    for candidates in (kept, list(versions)):
        for one in candidates:
            if day in one.valid:
                return one, not one.withdrawn
    choice = kept or list(versions)
    if not choice:
        raise LookupError("an offering without a version")
    begun = [one for one in choice if one.valid.start is None or one.valid.start <= day]
    if begun:
        return max(begun, key=lambda one: one.valid.end or date.max), False
    return min(choice, key=lambda one: one.valid.start or date.min), False
