"""What the operator may write in the catalogue file, entry by entry, and the offering each entry stands for."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator
from pydantic.alias_generators import to_camel

from backend.catalog.rules import (
    LINE_KINDS,
    Allowance,
    CustomerType,
    Discount,
    Instalment,
    LifecycleStatus,
    Offering,
    OfferingKind,
    OfferingPrice,
    OneOffPrice,
    OneOffType,
    OutOfBundle,
    Recurrence,
    UsageKind,
    UsageTier,
    Validity,
)
from backend.catalog.rules.offering import FIRST_VERSION, INTERNATIONAL
from backend.kernel.money import Money
from backend.kernel.text import Bilingual

_PERIOD = re.compile(r"([1-9]\d?) (day|month)s?")

Price = Annotated[Decimal, Field(ge=0, decimal_places=4, max_digits=12)]
LineKind = Literal["mobilePrepaid", "mobilePostpaid", "fixedPrepaid", "fixedPostpaid"]


def _recurrence(text: object) -> Recurrence:
    found = _PERIOD.fullmatch(str(text))
    if found is None:
        raise ValueError(f'"{text}" is not a period like "1 month" or "28 days"')
    return Recurrence(int(found[1]), "month" if found[2] == "month" else "day")


def _amount(value: object) -> object:
    return None if value == "unlimited" else value


def _several(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Part(BaseModel):
    """A part of the file; unknown words are mistakes."""

    model_config = ConfigDict(
        frozen=True, alias_generator=to_camel, populate_by_name=True, extra="forbid", arbitrary_types_allowed=True
    )


class ValidForEntry(Part):
    """`validFor`: dates, both included; either may be left out"""

    start: date | None = Field(default=None, alias="from")
    end: date | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> "ValidForEntry":
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"it ends on {self.end}, before it starts on {self.start}")
        if any(day is not None and not 1900 <= day.year < 3000 for day in (self.start, self.end)):
            raise ValueError("the year is not between 1900 and 2999")
        return self

    @property
    def validity(self) -> Validity:
        """As dates."""
        return Validity(self.start, self.end)


class PriceEntry(Part):
    """`price`"""

    amount: Price
    period: Annotated[Recurrence, BeforeValidator(_recurrence)]
    tax_included: bool


class OneOffEntry(Part):
    """One of `oneOff`"""

    type: OneOffType
    amount: Price
    tax_included: bool


class DiscountEntry(Part):
    """One of `discounts`"""

    name: Bilingual
    percent: Annotated[Decimal, Field(gt=0, le=100, decimal_places=2)] | None = None
    amount: Price | None = None
    months: Annotated[int, Field(ge=1, le=36)] | None = None
    on: Literal["recurring"] | OneOffType = "recurring"
    valid_for: ValidForEntry = ValidForEntry()

    @model_validator(mode="after")
    def _percent_or_amount(self) -> "DiscountEntry":
        if (self.percent is None) == (self.amount is None):
            raise ValueError("a discount has either percent or amount")
        if self.months is not None and self.on != "recurring":
            raise ValueError("months stands with a discount on the recurring price only")
        return self


class InstalmentEntry(Part):
    """`instalment`: total = downPayment + instalments x monthlyAmount"""

    total: Price
    down_payment: Price = Decimal(0)
    instalments: int = Field(ge=1, le=60)
    monthly_amount: Price
    tax_included: bool

    @model_validator(mode="after")
    def _adds_up(self) -> "InstalmentEntry":
        paid = self.down_payment + self.monthly_amount * self.instalments
        if paid != self.total:
            sum_ = f"{self.down_payment} + {self.instalments} x {self.monthly_amount} = {paid}"
            raise ValueError(f"the instalments do not add up: {sum_}, but the total is {self.total}")
        return self


class AllowanceEntry(Part):
    """One of `allowances`"""

    usage: UsageKind
    amount: Annotated[Annotated[int, Field(gt=0)] | None, BeforeValidator(_amount)] = None
    money: Annotated[Price, Field(gt=0)] | None = None
    zone: str = "national"
    pooled: bool = False

    @model_validator(mode="after")
    def _amount_or_money(self) -> "AllowanceEntry":
        if ("amount" in self.model_fields_set) == (self.money is not None):
            raise ValueError("an allowance has either amount or money")
        if self.zone == INTERNATIONAL and self.money is None:
            raise ValueError("calls abroad cost differently by country: an allowance of them is money")
        return self


class TierEntry(Part):
    """One of `tiers`"""

    up_to: int | None = Field(default=None, gt=0)
    price: Price
    unit_size: int = Field(gt=0)
    flat: Price = Decimal(0)


class OutOfBundleEntry(Part):
    """One of `outOfBundle`"""

    usage: UsageKind
    price: Price | None = None
    unit_size: int | None = Field(default=None, gt=0)
    monthly_cap: Price | None = None
    tiers: tuple[TierEntry, ...] = ()
    by_volume: bool = False

    @model_validator(mode="after")
    def _price_or_tiers(self) -> "OutOfBundleEntry":
        if bool(self.tiers) == (self.price is not None) or (self.price is None) != (self.unit_size is None):
            raise ValueError("say either price with its unitSize, or tiers")
        ends = [tier.up_to or 0 for tier in self.tiers[:-1]]
        if self.tiers and (self.tiers[-1].up_to is not None or 0 in ends or ends != sorted(set(ends))):
            raise ValueError("each of the tiers ends (upTo) above the one before it, and the last one has no end")
        return self


class OfferingEntry(Part):
    """One of `offerings`: a version of an offering"""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
    version: str = Field(default=FIRST_VERSION, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=20)
    valid_for: ValidForEntry = ValidForEntry()
    name: Bilingual
    description: Bilingual
    spellings: tuple[str, ...] = ()
    kind: OfferingKind
    customer_type: Annotated[tuple[CustomerType, ...], BeforeValidator(_several), Field(min_length=1)] = (
        CustomerType.INDIVIDUAL,
    )
    price: PriceEntry | None = None
    one_off: tuple[OneOffEntry, ...] = ()
    discounts: tuple[DiscountEntry, ...] = ()
    instalment: InstalmentEntry | None = None
    allowances: tuple[AllowanceEntry, ...] = ()
    out_of_bundle: tuple[OutOfBundleEntry, ...] = ()
    contract_months: Annotated[int, Field(ge=1, le=36)] | None = None
    exit_fee_per_month: Price | None = None
    eligible_credit_classes: tuple[Literal["A", "B", "C", "D"], ...] = ("A", "B", "C", "D")
    add_on_for: tuple[LineKind, ...] = ()
    bundled_offerings: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()

    @field_validator("name", "description", mode="after")
    @classmethod
    def _is_told_in_both_languages(cls, text: Bilingual) -> Bilingual:
        for language in ("ar", "en"):
            if not text[language].strip():
                raise ValueError(f"the {'Arabic' if language == 'ar' else 'English'} text is empty")
        if max(len(text.ar), len(text.en)) > 500:
            raise ValueError("the text is longer than 500 letters")
        return text

    @property
    def mistakes(self) -> list[tuple[str, str]]:
        """What does not fit together within the entry: the word at which it is told, and why."""
        kind, found = self.kind, []
        if self.exit_fee_per_month is not None and self.contract_months is None:
            found.append(("exitFeePerMonth", "exitFeePerMonth stands without contractMonths"))
        if self.price is None and self.instalment is None:
            found.append(("price", "price is missing"))
        if self.price is not None and self.instalment is not None:
            found.append(("price", "price stands beside instalment; a device by instalment has its monthlyAmount only"))
        if self.instalment is not None and kind is not OfferingKind.DEVICE:
            found.append(("instalment", "instalment is for the kind device only"))
        if any(rate.tiers for rate in self.out_of_bundle) and not kind.is_postpaid:
            found.append(("outOfBundle", f"tiers are for lines that pay after use, not for {kind}"))
        if any(one.money for one in self.allowances) and not self._paid_after_use:
            found.append(("allowances", f"allowances of money are for lines that pay after use, not for {kind}"))
        money = {one.usage for one in self.allowances if one.money}
        if any(rate.by_volume and (rate.monthly_cap or rate.usage in money) for rate in self.out_of_bundle):
            found.append(("outOfBundle", "byVolume gives back what was paid, so it stands with no monthlyCap or money"))
        return found + self._misplaced()

    @property
    def _paid_after_use(self) -> bool:
        kinds = (self.kind,) if self.kind.is_line else tuple(map(OfferingKind, self.add_on_for))
        return bool(kinds) and all(kind.is_postpaid for kind in kinds)

    def _misplaced(self) -> list[tuple[str, str]]:
        kind, found = self.kind, []
        if self.add_on_for and kind.is_line:
            found.append(("addOnFor", f"addOnFor is for add-ons and devices, not for {kind}"))
        if self.bundled_offerings and kind is not OfferingKind.BUNDLE:
            found.append(("bundledOfferings", f"bundledOfferings is for the kind bundle, not for {kind}"))
        if kind is OfferingKind.BUNDLE and len(self.bundled_offerings) < 2:
            found.append(("kind", "a bundle needs two bundledOfferings at least"))
        if not self.eligible_credit_classes:
            found.append(("eligibleCreditClasses", "nobody could buy it without a credit class"))
        return found


def offering_of(entry: OfferingEntry, currency: str, areas: tuple[str, ...]) -> Offering:
    """The offering that a checked entry stands for; `areas` are its areas by their English names."""
    fee = entry.exit_fee_per_month
    return Offering(
        id=entry.id,
        version=entry.version,
        valid=entry.valid_for.validity,
        name=entry.name,
        description=entry.description,
        kind=entry.kind,
        customer_types=tuple(sorted(set(entry.customer_type), key=list(CustomerType).index)),
        lifecycle_status=LifecycleStatus.LAUNCHED,
        price=_price(entry, currency),
        one_off=_one_off(entry, currency),
        discounts=tuple(_discount(d, currency) for d in entry.discounts),
        instalment=_instalment(entry.instalment, currency),
        allowances=tuple(_allowance(a, currency) for a in entry.allowances),
        out_of_bundle=tuple(_out_of_bundle(o, currency) for o in entry.out_of_bundle),
        contract_months=entry.contract_months,
        exit_fee_per_month=None if fee is None else Money(fee, currency),
        eligible_credit_classes=frozenset(entry.eligible_credit_classes),
        spellings=entry.spellings,
        add_on_for=_add_on_for(entry),
        bundled=entry.bundled_offerings,
        areas=areas,
    )


def _price(entry: OfferingEntry, currency: str) -> OfferingPrice:
    if entry.instalment is not None:
        monthly = Money(entry.instalment.monthly_amount, currency)
        return OfferingPrice(monthly, Recurrence(1, "month"), entry.instalment.tax_included)
    assert entry.price is not None  # noqa: S101 - `mistakes` refuses an entry without any price
    return OfferingPrice(Money(entry.price.amount, currency), entry.price.period, entry.price.tax_included)


def _one_off(entry: OfferingEntry, currency: str) -> tuple[OneOffPrice, ...]:
    prices = [OneOffPrice(one.type, Money(one.amount, currency), one.tax_included) for one in entry.one_off]
    if entry.instalment is not None and entry.instalment.down_payment:
        down = Money(entry.instalment.down_payment, currency)
        prices.append(OneOffPrice("downPayment", down, entry.instalment.tax_included))
    return tuple(prices)


def _discount(entry: DiscountEntry, currency: str) -> Discount:
    amount = None if entry.amount is None else Money(entry.amount, currency)
    return Discount(entry.name, entry.percent, amount, entry.months, entry.on, entry.valid_for.validity)


def _instalment(entry: InstalmentEntry | None, currency: str) -> Instalment | None:
    if entry is None:
        return None
    return Instalment(entry.instalments, Money(entry.monthly_amount, currency), Money(entry.down_payment, currency))


def _allowance(entry: AllowanceEntry, currency: str) -> Allowance:
    money = None if entry.money is None else Money(entry.money, currency)
    return Allowance(entry.usage, entry.amount, entry.zone, entry.pooled, money)


def _out_of_bundle(entry: OutOfBundleEntry, currency: str) -> OutOfBundle:
    cap = None if entry.monthly_cap is None else Money(entry.monthly_cap, currency)
    tiers = tuple(
        UsageTier(tier.up_to, Money(tier.price, currency), tier.unit_size, Money(tier.flat, currency))
        for tier in entry.tiers
    )
    price, size = (tiers[0].price, tiers[0].unit_size) if tiers else (entry.price or Decimal(0), entry.unit_size or 1)
    told = price if isinstance(price, Money) else Money(price, currency)
    return OutOfBundle(entry.usage, told, size, cap, tiers, entry.by_volume)


def _add_on_for(entry: OfferingEntry) -> frozenset[OfferingKind]:
    if entry.kind is OfferingKind.ADD_ON and not entry.add_on_for:
        return LINE_KINDS
    return frozenset(map(OfferingKind, entry.add_on_for))
