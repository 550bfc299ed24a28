"""What an offering is: kinds, prices, allowances. Values without a database."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from backend.kernel.money import Money
from backend.kernel.text import Bilingual

PeriodUnit = Literal["day", "month"]
UsageKind = Literal["data", "voice", "message"]


class OfferingKind(StrEnum):
    """The four kinds of line, and what is added to one."""

    MOBILE_PREPAID = "mobilePrepaid"
    MOBILE_POSTPAID = "mobilePostpaid"
    FIXED_PREPAID = "fixedPrepaid"
    FIXED_POSTPAID = "fixedPostpaid"
    ADD_ON = "addOn"

    @property
    def is_postpaid(self) -> bool:
        """Whether it is paid after use, on a bill."""
        return self in (OfferingKind.MOBILE_POSTPAID, OfferingKind.FIXED_POSTPAID)

    @property
    def is_fixed(self) -> bool:
        """Whether it belongs to a place."""
        return self in (OfferingKind.FIXED_PREPAID, OfferingKind.FIXED_POSTPAID)


class CustomerType(StrEnum):
    """Whom it is sold to."""

    INDIVIDUAL = "individual"
    BUSINESS = "business"


class LifecycleStatus(StrEnum):
    """Whether it is sold (TMF620)."""

    LAUNCHED = "Launched"
    RETIRED = "Retired"


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
        return Bilingual(ar=counted(self.length, ARABIC_UNITS[self.unit]), en=str(self))


@dataclass(frozen=True, slots=True)
class OfferingPrice:
    """What an offering costs each period. `tax_included` says whether VAT is in the amount already."""

    amount: Money
    period: Recurrence
    tax_included: bool


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a period holds: megabytes of data, minutes of voice, messages; amount None is unlimited.

    `zone` is "national" or the name of the roaming zone. `pooled` is shared by a company's lines.
    """

    usage: UsageKind
    amount: int | None
    zone: str = "national"
    pooled: bool = False


@dataclass(frozen=True, slots=True)
class OutOfBundle:
    """The price of use beyond the allowances, for each `unit_size` seconds, messages or megabytes begun.

    `monthly_cap` ends the charge of that usage for the month.
    """

    usage: UsageKind
    price: Money
    unit_size: int
    monthly_cap: Money | None = None


@dataclass(frozen=True, slots=True)
class Offering:
    """One thing that can be sold, whole: what other domains get to see of the catalogue."""

    id: str
    name: Bilingual
    description: Bilingual
    kind: OfferingKind
    customer_type: CustomerType
    lifecycle_status: LifecycleStatus
    price: OfferingPrice
    allowances: tuple[Allowance, ...]
    out_of_bundle: tuple[OutOfBundle, ...]
    contract_months: int | None
    exit_fee_per_month: Money | None
    eligible_credit_classes: frozenset[str]
    spellings: tuple[str, ...] = ()

    @property
    def is_line(self) -> bool:
        """Whether it can be bought by itself."""
        return self.kind is not OfferingKind.ADD_ON

    @property
    def is_sold(self) -> bool:
        """Whether new customers may have it."""
        return self.lifecycle_status is LifecycleStatus.LAUNCHED


ARABIC_UNITS: dict[str, tuple[str, str, str, str]] = {
    "day": ("يوم واحد", "يومان", "أيام", "يومًا"),
    "month": ("شهر واحد", "شهران", "أشهر", "شهرًا"),
    "voice": ("دقيقة واحدة", "دقيقتان", "دقائق", "دقيقة"),
    "message": ("رسالة واحدة", "رسالتان", "رسائل", "رسالة"),
}
ENGLISH_UNITS = {"voice": "minute", "message": "message"}
UNLIMITED = {
    "data": Bilingual(ar="إنترنت بلا حدود", en="unlimited data"),
    "voice": Bilingual(ar="مكالمات محلية بلا حدود", en="unlimited local calls"),
    "message": Bilingual(ar="رسائل بلا حدود", en="unlimited messages"),
}


def counted(number: int, forms: tuple[str, str, str, str]) -> str:
    """A number and its noun in Arabic: one, two, 3-10 plural, 11-99 accusative, whole hundreds singular."""
    one, two, few, many = forms
    if number in (1, 2):
        return one if number == 1 else two
    rest = number % 100
    if 3 <= rest <= 10:
        return f"{number} {few}"
    return f"{number} {many}" if rest > 10 else f"{number} {one.split()[0]}"


def allowance_text(allowance: Allowance) -> Bilingual:
    """What it holds, as customers say it: "20 GB", "500 minutes"."""
    if allowance.amount is None:
        return UNLIMITED[allowance.usage]
    if allowance.usage == "data":
        text = _data_text(allowance.amount)
        return Bilingual(ar=f"{text.ar} مشتركة بين خطوط الشركة", en=f"{text.en} shared") if allowance.pooled else text
    noun = ENGLISH_UNITS[allowance.usage] + ("s" if allowance.amount != 1 else "")
    return Bilingual(ar=counted(allowance.amount, ARABIC_UNITS[allowance.usage]), en=f"{allowance.amount} {noun}")


def _data_text(megabytes: int) -> Bilingual:
    if megabytes < 1024:
        return Bilingual(ar=f"{megabytes} ميجابايت", en=f"{megabytes} MB")
    gigabytes = f"{Decimal(megabytes) / 1024:f}"
    return Bilingual(ar=f"{gigabytes} جيجابايت", en=f"{gigabytes} GB")
