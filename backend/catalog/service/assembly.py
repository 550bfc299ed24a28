"""From stored rows to an offering as other domains see it, and back."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, cast, get_args

from backend.catalog.models import ProductOffering, ProductOfferingPrice, ProductOfferingVersion
from backend.catalog.rules import (
    Allowance,
    CustomerType,
    Discount,
    Instalment,
    Offering,
    OfferingKind,
    OfferingPrice,
    OfferingVersion,
    OneOffPrice,
    OneOffType,
    OutOfBundle,
    PeriodUnit,
    Recurrence,
    UsageKind,
    UsageTier,
    Validity,
)
from backend.catalog.rules.wording import ONE_OFF_NAMES, USAGE_NAMES
from backend.kernel.money import Money
from backend.kernel.text import Bilingual

RECURRING, ONE_TIME, USAGE, DISCOUNT = "recurring", "oneTime", "usage", "discount"
Prices = Sequence[ProductOfferingPrice]
Values = dict[str, Any]


def facts_of(version: ProductOfferingVersion) -> OfferingVersion:
    """When it is sold."""
    return OfferingVersion(version.version, Validity(version.valid_from, version.valid_to), version.withdrawn)


def offering_of(
    row: ProductOffering, version: ProductOfferingVersion, known: Mapping[str, ProductOfferingPrice], *, sold: bool
) -> Offering | None:
    """The offering in that version; None while it lacks a kind or a price. `sold`: it is sold on the day asked for."""
    prices = [known[id_] for id_ in version.price_ids if id_ in known]
    terms, recurring = version.terms, next(filter(_is_recurring, prices), None)
    if recurring is None or not terms.get("kind"):
        return None
    fee = version.exit_fee_per_month
    return Offering(
        id=row.id,
        name=Bilingual(**terms["name"]),
        description=Bilingual(**terms["description"]),
        kind=OfferingKind(terms["kind"]),
        lifecycle_status=row.lifecycle_status or "",
        price=_price(recurring),
        allowances=tuple(_allowance(a) for a in terms["allowances"]),
        out_of_bundle=tuple(_usage(prices, terms.get("tiers", {}))),
        contract_months=terms["contract_months"],
        exit_fee_per_month=None if fee is None else Money(fee, version.currency),
        eligible_credit_classes=frozenset(terms["eligible_credit_classes"]),
        spellings=tuple(terms["spellings"]),
        customer_types=tuple(map(CustomerType, terms["customer_types"])),
        version=version.version,
        valid=Validity(version.valid_from, version.valid_to),
        in_force=sold,
        one_off=tuple(_one_off(prices)),
        discounts=tuple(_discounts(prices)),
        instalment=_instalment(recurring, prices),
        add_on_for=frozenset(map(OfferingKind, terms["add_on_for"])),
        bundled=tuple(terms["bundled"]),
        areas=tuple(terms["areas"]),
    )


def terms_of(offering: Offering) -> dict[str, Any]:
    """What is stored of an offering beside its prices."""
    return {
        "name": _both(offering.name),
        "description": _both(offering.description),
        "spellings": list(offering.spellings),
        "kind": offering.kind.value,
        "customer_types": [one.value for one in offering.customer_types],
        "allowances": [_stored_allowance(a) for a in offering.allowances],
        "tiers": {rate.usage: _stored_tiers(rate) for rate in offering.out_of_bundle if rate.tiers},
        "contract_months": offering.contract_months,
        "eligible_credit_classes": sorted(offering.eligible_credit_classes),
        "add_on_for": [kind.value for kind in OfferingKind if kind in offering.add_on_for],
        "bundled": list(offering.bundled),
        "areas": list(offering.areas),
    }


def terms_of_nothing(name: Bilingual, description: Bilingual) -> dict[str, Any]:
    """The terms of an offering of which only its name is known."""
    lists = dict.fromkeys(("spellings", "allowances", "add_on_for", "bundled", "areas"), ())
    return {
        "name": _both(name),
        "description": _both(description),
        "kind": None,
        "customer_types": [CustomerType.INDIVIDUAL.value],
        "contract_months": None,
        "eligible_credit_classes": list("ABCD"),
        **{key: list(value) for key, value in lists.items()},
    }


def price_values(offering: Offering) -> list[Values]:
    """The columns of each of its prices, the recurring one first."""
    found = [_recurring_values(offering)]
    found += [_one_off_values(price) for price in offering.one_off]
    found += [_usage_values(rate) for rate in offering.out_of_bundle]
    found += [_discount_values(discount, place) for place, discount in enumerate(offering.discounts, 1)]
    valid = {"valid_from": offering.valid.start, "valid_to": offering.valid.end}
    common = {"currency": offering.price.amount.unit, "lifecycle_status": offering.lifecycle_status}
    named: Counter[str] = Counter()
    for values in found:
        slug = values.pop("slug")
        named[slug] += 1
        again = f"-{named[slug]}" if named[slug] > 1 else ""
        values["id"] = f"{offering.id}-{offering.version}-{slug}{again}"
    return [valid | common | values for values in found]


def _recurring_values(offering: Offering) -> Values:
    price, instalment = offering.price, offering.instalment
    return _named(offering.name) | {
        "slug": "recurring",
        "price_type": RECURRING,
        "subject": "instalment" if instalment else None,
        "amount": price.amount.value,
        "period_length": price.period.length,
        "period_unit": price.period.unit,
        "months": instalment.count if instalment else None,
        "tax_included": price.tax_included,
    }


def _one_off_values(price: OneOffPrice) -> Values:
    values = {"slug": price.type.lower(), "price_type": ONE_TIME, "subject": price.type, "amount": price.amount.value}
    return _named(ONE_OFF_NAMES[price.type]) | values | {"tax_included": price.tax_included}


def _usage_values(rate: OutOfBundle) -> Values:
    return _named(USAGE_NAMES[rate.usage]) | {
        "slug": f"usage-{rate.usage}",
        "price_type": USAGE,
        "subject": rate.usage,
        "amount": rate.price.value,
        "unit_size": rate.unit_size,
        "monthly_cap": rate.monthly_cap.value if rate.monthly_cap else None,
        "tax_included": False,
    }


def _discount_values(discount: Discount, place: int) -> Values:
    return _named(discount.name) | {
        "slug": f"discount-{place}",
        "price_type": DISCOUNT,
        "subject": discount.on,
        "amount": discount.amount.value if discount.amount else None,
        "percentage": discount.percent,
        "months": discount.months,
        "valid_from": discount.valid.start,
        "valid_to": discount.valid.end,
    }


def _is_recurring(price: ProductOfferingPrice) -> bool:
    told = price.amount is not None and price.amount >= 0 and price.currency is not None
    return told and price.price_type == RECURRING and price.period_unit in get_args(PeriodUnit)


def _price(row: ProductOfferingPrice) -> OfferingPrice:
    period = Recurrence(row.period_length or 1, cast(PeriodUnit, row.period_unit))
    return OfferingPrice(_money(row), period, row.tax_included)


def _one_off(prices: Prices) -> Iterator[OneOffPrice]:
    for row in prices:
        if row.price_type == ONE_TIME and row.amount is not None:
            known = row.subject if row.subject in get_args(OneOffType) else "activation"
            yield OneOffPrice(cast(OneOffType, known), _money(row), row.tax_included)


def _usage(prices: Prices, tiers: Mapping[str, Any]) -> Iterator[OutOfBundle]:
    for row in prices:
        if row.price_type == USAGE and row.subject in get_args(UsageKind) and row.amount is not None:
            cap = None if row.monthly_cap is None else Money(row.monthly_cap, row.currency or "")
            kept = tiers.get(row.subject or "", {"tiers": [], "by_volume": False})
            found = tuple(_tier(one, row.currency or "") for one in kept["tiers"])
            usage = cast(UsageKind, row.subject)
            yield OutOfBundle(usage, _money(row), row.unit_size or 1, cap, found, kept["by_volume"])


def _discounts(prices: Prices) -> Iterator[Discount]:
    for row in prices:
        if row.price_type == DISCOUNT and (row.amount is None) != (row.percentage is None):
            on = row.subject if row.subject in get_args(OneOffType) else "recurring"
            yield Discount(
                name=Bilingual(row.name_ar, row.name_en),
                percent=row.percentage,
                amount=None if row.amount is None else _money(row),
                months=row.months,
                on=cast(Literal["recurring"], on),
                valid=Validity(row.valid_from, row.valid_to),
            )


def _instalment(recurring: ProductOfferingPrice, prices: Prices) -> Instalment | None:
    if recurring.subject != "instalment" or recurring.months is None:
        return None
    down = next((_money(row) for row in prices if row.subject == "downPayment"), None)
    return Instalment(recurring.months, _money(recurring), down or Money.zero(recurring.currency or ""))


def _money(row: ProductOfferingPrice) -> Money:
    return Money(row.amount or Decimal(0), row.currency or "")


def _both(text: Bilingual) -> dict[str, str]:
    return {"ar": text.ar, "en": text.en}


def _named(name: Bilingual) -> Values:
    return {"name_ar": name.ar, "name_en": name.en}


def _stored_allowance(allowance: Allowance) -> dict[str, Any]:
    held = {"usage": allowance.usage, "amount": allowance.amount, "zone": allowance.zone, "pooled": allowance.pooled}
    money = allowance.money
    return held if money is None else held | {"money": {"value": str(money.value), "unit": money.unit}}


def _allowance(stored: Mapping[str, Any]) -> Allowance:
    money = stored.get("money")
    return Allowance(**dict(stored) | {"money": money and Money(Decimal(money["value"]), money["unit"])})


def _stored_tiers(rate: OutOfBundle) -> dict[str, Any]:
    tiers = [
        {"up_to": one.up_to, "price": str(one.price.value), "unit_size": one.unit_size, "flat": str(one.flat.value)}
        for one in rate.tiers
    ]
    return {"tiers": tiers, "by_volume": rate.by_volume}


def _tier(stored: Mapping[str, Any], unit: str) -> UsageTier:
    price, flat = (Money(Decimal(stored[name]), unit) for name in ("price", "flat"))
    return UsageTier(stored["up_to"], price, stored["unit_size"], flat)
