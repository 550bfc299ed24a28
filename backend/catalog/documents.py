"""The TMF620 JSON of the catalogue's own things, in one language. Pure: rows and offerings in, dictionaries out."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from backend.catalog.models import ProductOfferingPrice
from backend.catalog.rules import Allowance, Discount, Offering, Recurrence, Validity, allowance_text
from backend.catalog.rules.wording import CONTRACT, CUSTOMER_NAMES, EXIT_FEE, KIND_NAMES
from backend.kernel.money import Money
from backend.kernel.text import Bilingual, Language

BASE = "/tmf-api/productCatalogManagement/v4"
Json = dict[str, Any]
UNITS = {"data": "MB", "voice": "minute", "message": "message"}


def money(amount: Decimal, unit: str) -> Json:
    """TMF Money, rounded to the currency's minor unit; small prices of usage keep their four decimals."""
    rounded = Money(amount, unit).rounded().value
    return {"unit": unit, "value": float(rounded if rounded == amount else amount)}


def moments(valid: Validity, zone: ZoneInfo) -> Json:
    """TMF TimePeriod of whole days, the last one included to its last second."""
    found = {}
    if valid.start is not None:
        found["startDateTime"] = _midnight(valid.start, zone).isoformat()
    if valid.end is not None:
        found["endDateTime"] = datetime.combine(valid.end, time(23, 59, 59), tzinfo=zone).isoformat()
    return found


def reference(resource: str, id_: str, name: str) -> Json:
    """A reference to something that this catalogue serves."""
    return {"id": id_, "href": f"{BASE}/{resource}/{id_}", "name": name}


def offering_body(offering: Offering, language: Language, zone: ZoneInfo, names: Mapping[str, Bilingual]) -> Json:
    """What TMF620 says of an offering, but for its prices and its time stamps; `names` are those of what it bundles."""
    body = {
        "name": offering.name[language],
        "description": offering.description[language],
        "isBundle": bool(offering.bundled),
        "isSellable": offering.is_sold,
        "version": offering.version,
        "category": [reference("category", id_, KIND_NAMES[id_][language]) for id_ in categories_of(offering)],
        "productSpecification": reference("productSpecification", offering.kind, KIND_NAMES[offering.kind][language]),
        "marketSegment": [{"id": one.value, "name": CUSTOMER_NAMES[one][language]} for one in offering.customer_types],
        "validFor": moments(offering.valid, zone),
        "place": [{"id": area, "name": area} for area in offering.areas],
        "prodSpecCharValueUse": [_characteristic(allowance) for allowance in offering.allowances],
        "productOfferingTerm": _terms(offering, language),
        "bundledProductOffering": [_bundled(id_, names, language) for id_ in offering.bundled],
    }
    return {name: value for name, value in (body | _own_words(offering, language)).items() if value not in ({}, None)}


def categories_of(offering: Offering) -> tuple[str, ...]:
    """The ids of the categories that it is in."""
    return (offering.kind.value, *(("roaming",) if offering.is_roaming else ()))


def price_body(row: ProductOfferingPrice, language: Language, zone: ZoneInfo, vat_percent: Decimal) -> Json:
    """What TMF620 says of a price."""
    recurring = row.price_type == "recurring" and row.period_unit is not None
    body = {
        "name": row.name_ar if language == "ar" else row.name_en,
        "priceType": row.price_type,
        "percentage": None if row.percentage is None else float(row.percentage),
        "price": None if row.amount is None or row.currency is None else money(row.amount, row.currency),
        "recurringChargePeriodType": row.period_unit if recurring else None,
        "recurringChargePeriodLength": row.period_length if recurring else None,
        "unitOfMeasure": _unit_of_measure(row),
        "tax": [{"taxCategory": "VAT", "taxRate": float(vat_percent)}] if row.by_file else None,
        "productOfferingTerm": [{"duration": _months(row.months)}] if row.months else None,
        "validFor": moments(Validity(row.valid_from, row.valid_to), zone) or None,
        "taxIncluded": row.tax_included,
        "appliesTo": row.subject,
        "monthlyCap": None if row.monthly_cap is None else money(row.monthly_cap, row.currency or ""),
        "lifecycleStatus": row.lifecycle_status,
        "isBundle": False if row.by_file else None,
    }
    return {name: value for name, value in body.items() if value is not None}


def price_in_offering(row: ProductOfferingPrice, language: Language) -> Json:
    """The reference to a price, with what a reader of the offering wants to know of it at once."""
    body = reference("productOfferingPrice", row.id, row.name_ar if language == "ar" else row.name_en)
    more: Json = {
        "priceType": row.price_type,
        "price": None if row.amount is None or row.currency is None else money(row.amount, row.currency),
        "percentage": None if row.percentage is None else float(row.percentage),
        "taxIncluded": row.tax_included,
        "appliesTo": row.subject,
        "months": row.months,
    }
    if row.period_unit in ("day", "month"):
        period = Recurrence(row.period_length or 1, "day" if row.period_unit == "day" else "month")
        more |= {"recurringChargePeriod": str(period), "recurringChargePeriodText": period.text[language]}
    return body | {name: value for name, value in more.items() if value is not None}


def category_body(id_: str, language: Language, offerings: Iterable[Offering]) -> Json:
    """A category with what it holds."""
    held = [reference("productOffering", one.id, one.name[language]) for one in offerings if id_ in categories_of(one)]
    return {"name": KIND_NAMES[id_][language], "isRoot": True, "productOffering": held, "version": "1.0"}


def specification_body(kind: str, language: Language) -> Json:
    """What a kind of product is made of."""
    characteristics = [
        {"name": usage, "valueType": "number", "configurable": False, "minCardinality": 0, "maxCardinality": 1}
        for usage in UNITS
    ]
    holds = kind not in {"device", "bundle"}
    body: Json = {"name": KIND_NAMES[kind][language], "isBundle": kind == "bundle", "version": "1.0"}
    return body | ({"productSpecCharacteristic": characteristics} if holds else {})


def catalog_body(name: Bilingual, language: Language) -> Json:
    """The operator's own catalogue."""
    categories = [reference("category", id_, text[language]) for id_, text in KIND_NAMES.items()]
    return {"name": name[language], "catalogType": "Product Catalog", "category": categories, "version": "1.0"}


def _own_words(offering: Offering, language: Language) -> Json:
    fee = offering.exit_fee_per_month
    return {
        "kind": offering.kind.value,
        "customerType": offering.customer_type.value,
        "customerTypes": [one.value for one in offering.customer_types],
        "allowances": [allowance_text(allowance)[language] for allowance in offering.allowances],
        "contractMonths": offering.contract_months,
        "exitFeePerMonth": money(fee.value, fee.unit) if fee else None,
        "eligibleCreditClasses": sorted(offering.eligible_credit_classes),
        "addOnFor": sorted(offering.add_on_for),
        "instalments": _instalments(offering),
    }


def _instalments(offering: Offering) -> Json | None:
    plan = offering.instalment
    if plan is None:
        return None
    parts = {"total": plan.total, "downPayment": plan.down_payment, "monthlyAmount": plan.monthly}
    return {"count": plan.count} | {name: money(part.value, part.unit) for name, part in parts.items()}


def _characteristic(allowance: Allowance) -> Json:
    if allowance.money is not None:
        return _money_characteristic(allowance, allowance.money)
    value: Json = {"value": "unlimited" if allowance.amount is None else allowance.amount}
    return {
        "name": allowance.usage if allowance.zone == "national" else f"{allowance.usage}:{allowance.zone}",
        "valueType": "string" if allowance.amount is None else "number",
        "description": "pooled" if allowance.pooled else allowance.zone,
        "productSpecCharacteristicValue": [value | {"unitOfMeasure": UNITS[allowance.usage], "isDefault": True}],
    }


def _money_characteristic(allowance: Allowance, held: Money) -> Json:
    zone = "" if allowance.zone == "national" else f":{allowance.zone}"
    value: Json = {"value": float(held.value), "unitOfMeasure": held.unit, "isDefault": True}
    return {
        "name": f"{allowance.usage}{zone}:money",
        "valueType": "number",
        "description": "pooled" if allowance.pooled else allowance.zone,
        "productSpecCharacteristicValue": [value],
    }


def _terms(offering: Offering, language: Language) -> list[Json]:
    if offering.contract_months is None:
        return []
    fee = offering.exit_fee_per_month
    told = {} if fee is None else {"description": EXIT_FEE.format(fee=f"{fee.unit} {fee.value:.2f}")[language]}
    return [{"name": CONTRACT[language], "duration": _months(offering.contract_months)} | told]


def _bundled(id_: str, names: Mapping[str, Bilingual], language: Language) -> Json:
    limits = {"numberRelOfferDefault": 1, "numberRelOfferLowerLimit": 1, "numberRelOfferUpperLimit": 1}
    name = names[id_][language] if id_ in names else id_
    return reference("productOffering", id_, name) | {"bundledProductOfferingOption": limits}


def _unit_of_measure(row: ProductOfferingPrice) -> Json | None:
    if row.unit_size is None:
        return None
    units = {"voice": "second", "message": "message", "data": "MB"}
    return {"amount": float(row.unit_size), "units": units.get(row.subject or "", "unit")}


def _months(count: int) -> Json:
    return {"amount": float(count), "units": "month"}


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)


def discount_body(discount: Discount, language: Language) -> Json:
    """A discount in a few words of our own, for people who serve customers."""
    body = {
        "name": discount.name[language],
        "percent": None if discount.percent is None else float(discount.percent),
        "amount": None if discount.amount is None else money(discount.amount.value, discount.amount.unit),
        "months": discount.months,
        "on": discount.on,
    }
    return {name: value for name, value in body.items() if value is not None}
