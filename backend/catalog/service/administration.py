"""Writing the catalogue over its API (TMF620): what callers say, and the terms and prices that follow from it."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.catalog import queries
from backend.catalog.errors import OfferingInUse, PriceInUse, ValidForInvalid
from backend.catalog.models import ProductOffering, ProductOfferingPrice, ProductOfferingVersion, Published
from backend.catalog.rules import LifecycleStatus
from backend.catalog.rules.offering import FIRST_VERSION
from backend.catalog.service import offerings as stored
from backend.catalog.service.assembly import terms_of_nothing
from backend.catalog.service.publishing import PRICES, show, show_groups, show_prices
from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.kernel.text import Bilingual

Json = dict[str, Any]
KEPT_IN_COLUMNS = frozenset({"id", "href", "name", "description", "lifecycleStatus", "lastUpdate"})
UNITS = {"day": "day", "days": "day", "daily": "day", "month": "month", "months": "month", "monthly": "month"}


def create_offering(session: Session, _: Caller, body: Json) -> ProductOffering:
    """A new offering. It is not sold before it is Launched with a kind and a recurring price."""
    row: ProductOffering = _created(session, ProductOffering, body, default_status=LifecycleStatus.IN_STUDY)
    row.position = queries.last_position(session) + 1
    description = body.get("description", "")
    row.versions = [
        ProductOfferingVersion(
            version=(body.get("version") or FIRST_VERSION)[:60],
            terms=terms_of_nothing(Bilingual(body["name"], body["name"]), Bilingual(description, description)),
            currency=operator_of(session).currency,
            price_ids=[],
        )
    ]
    session.flush()
    _derive(session, row, row.versions[0], frozenset(body))
    show(session, [row])
    return row


def change_offering(session: Session, _: Caller, row: ProductOffering, whole: Json, names: frozenset[str]) -> None:
    """Change what the patch says. On an offering of the operator's file it holds until the next load or version."""
    version, _sold = stored.version_on(row, clock_of(session).today())
    terms = dict(version.terms)
    for name in names & {"name", "description"}:
        terms[name] = terms[name] | {session.info.get("language", "en"): whole.get(name, "")}
    version.terms = terms
    _say(row, whole, names)
    if names & {"lifecycleStatus"}:
        row.lifecycle_status = whole.get("lifecycleStatus", LifecycleStatus.IN_STUDY)
    _derive(session, row, version, names)
    row.updated_at = clock_of(session).now()
    show(session, [row])


def remove_offering(session: Session, _: Caller, row: ProductOffering) -> None:
    """Delete an offering that nobody has, wants or bundles. Raises OfferingInUse."""
    if queries.is_referred_to(session, row.id):
        raise OfferingInUse(offering=row.id)
    stored.forget(session)
    session.delete(row)


def create_price(session: Session, _: Caller, body: Json) -> ProductOfferingPrice:
    """A new price, to which offerings may refer."""
    row: ProductOfferingPrice = _created(session, ProductOfferingPrice, body)
    _price_columns(session, row, body, frozenset(body))
    session.flush()
    show_prices(session, [row])
    show(session, queries.offerings_with_price(session, row.id))
    return row


def change_price(session: Session, _: Caller, row: ProductOfferingPrice, whole: Json, names: frozenset[str]) -> None:
    """Change what the patch says, for whoever buys from now on."""
    _change_name(session, row, whole, names)
    _say(row, whole, names)
    _price_columns(session, row, whole, names)
    row.updated_at = clock_of(session).now()
    session.flush()
    show_prices(session, [row])
    show(session, queries.offerings_with_price(session, row.id))


def remove_price(session: Session, _: Caller, row: ProductOfferingPrice) -> None:
    """Delete a price that no offering has. Raises PriceInUse."""
    if queries.offerings_with_price(session, row.id):
        raise PriceInUse(price=row.id)
    session.delete(row)


def create_group(session: Session, model: type[Published], body: Json) -> Published:
    """A new catalogue, category or specification."""
    row: Published = _created(session, model, body)
    session.flush()
    show_groups(session, [row])
    return row


def change_group(session: Session, row: Published, whole: Json, names: frozenset[str]) -> None:
    """Change what the patch says."""
    _change_name(session, row, whole, names)
    _say(row, whole, names)
    row.updated_at = clock_of(session).now()
    session.flush()
    show_groups(session, [row])


def remove_group(session: Session, _: Caller, row: Published) -> None:
    """Delete it; what it held stays."""
    session.delete(row)


def _created(session: Session, model: type[Any], body: Json, default_status: str | None = None) -> Any:
    now = clock_of(session).now()
    kept_elsewhere = KEPT_IN_COLUMNS - ({"description"} if model is not ProductOffering else set())
    row = model(
        id=str(uuid4()),
        name_ar=body["name"],
        name_en=body["name"],
        lifecycle_status=body.get("lifecycleStatus", default_status),
        said={name: value for name, value in body.items() if name not in kept_elsewhere},
        created_at=now,
        updated_at=now,
    )
    session.add(row)
    return row


def _change_name(session: Session, row: Published, whole: Json, names: frozenset[str]) -> None:
    if "lifecycleStatus" in names:
        row.lifecycle_status = whole.get("lifecycleStatus")
    if "name" in names:
        setattr(row, f"name_{session.info.get('language', 'en')}", whole["name"])


def _say(row: Published, whole: Json, names: Iterable[str]) -> None:
    """Keep what the patch said; None stands for what it removed."""
    own = KEPT_IN_COLUMNS - ({"description"} if not isinstance(row, ProductOffering) else set())
    row.said = row.said | {name: whole.get(name) for name in names if name not in own}


def _derive(session: Session, row: ProductOffering, version: ProductOfferingVersion, names: frozenset[str]) -> None:
    """The terms that follow from what was said."""
    said, terms = row.said, dict(version.terms)
    if "kind" in names:
        terms["kind"] = said.get("kind")
    if "customerType" in names:
        terms["customer_types"] = [said.get("customerType") or "individual"]
    if "productOfferingTerm" in names:
        terms["contract_months"] = _contract_months(said.get("productOfferingTerm") or [])
    if PRICES in names:
        version.price_ids = [ref["id"] for ref in said.get(PRICES) or [] if len(ref["id"]) <= 160]
    if "validFor" in names:
        version.valid_from, version.valid_to = _days(session, said.get("validFor") or {})
    version.terms = terms
    session.flush()


def _contract_months(terms: list[Json]) -> int | None:
    for term in terms:
        duration = term.get("duration") or {}
        if UNITS.get(str(duration.get("units")).lower()) == "month" and duration.get("amount"):
            return int(duration["amount"])
    return None


def _days(session: Session, period: Json) -> tuple[date | None, date | None]:
    start, end = (_day(session, period.get(name)) for name in ("startDateTime", "endDateTime"))
    if start is not None and end is not None and end < start:
        raise ValidForInvalid
    return start, end


def _day(session: Session, moment: str | None) -> date | None:
    if moment is None:
        return None
    try:
        told = datetime.fromisoformat(moment)
    except ValueError as error:
        raise ValidForInvalid from error
    if not 1900 <= told.year < 3000:
        raise ValidForInvalid
    return clock_of(session).local(told).date() if told.tzinfo else told.date()


def _price_columns(session: Session, row: ProductOfferingPrice, body: Json, names: frozenset[str]) -> None:
    price, unit = body.get("price") or {}, body.get("unitOfMeasure") or {}
    values: dict[str, Any] = {
        "priceType": {"price_type": body.get("priceType")},
        "price": {"amount": _decimal(price.get("value")), "currency": _currency(price.get("unit"))},
        "percentage": {"percentage": _decimal(body.get("percentage"))},
        "recurringChargePeriodLength": {"period_length": body.get("recurringChargePeriodLength")},
        "recurringChargePeriodType": {"period_unit": _unit(body.get("recurringChargePeriodType"))},
        "unitOfMeasure": {"unit_size": int(unit["amount"]) if unit.get("amount") else None},
        "taxIncluded": {"tax_included": bool(body.get("taxIncluded", True))},
        "appliesTo": {"subject": body.get("appliesTo")},
        "productOfferingTerm": {"months": _contract_months(body.get("productOfferingTerm") or [])},
        "validFor": dict(zip(("valid_from", "valid_to"), _days(session, body.get("validFor") or {}), strict=True)),
    }
    for name in names & values.keys():
        for column, value in values[name].items():
            setattr(row, column, value)


def _decimal(number: float | int | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _currency(unit: str | None) -> str | None:
    return unit if unit is not None and len(unit) == 3 else None


def _unit(text: str | None) -> str | None:
    return None if text is None else UNITS.get(text.lower(), text[:60])
