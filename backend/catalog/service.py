"""Use cases of the catalogue, and its front door: load the operator's file, find what is sold."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from sqlalchemy.orm import Session

from backend.catalog import matching, queries, source
from backend.catalog.errors import OfferingUnknown
from backend.catalog.models import ProductOffering, ProductOfferingPrice
from backend.catalog.rules import (
    Allowance,
    CustomerType,
    LifecycleStatus,
    Offering,
    OfferingKind,
    OfferingPrice,
    OutOfBundle,
    PeriodUnit,
    Recurrence,
    UsageKind,
)
from backend.infra.operator import operator_of
from backend.kernel.money import Money
from backend.kernel.text import Bilingual


def load(session: Session, path: Path = source.DEMONSTRATION) -> int:
    """Make the catalogue what the file says, and return how many offerings it has. Loading again changes nothing.

    An offering that the file no longer has is retired. Raises FileMistake and changes nothing on a mistake.
    """
    offerings = source.offerings_in(path, operator_of(session).currency)
    for position, offering in enumerate(offerings):
        session.merge(_row(offering, position))
    kept = {offering.id for offering in offerings}
    for row in queries.all_offerings(session):
        if row.id not in kept:
            row.lifecycle_status = LifecycleStatus.RETIRED
    session.flush()
    return len(offerings)


def offering(session: Session, offering_id: str) -> Offering:
    """The offering of that id, sold or retired. Raises OfferingUnknown."""
    row = queries.offering(session, offering_id)
    if row is None:
        raise OfferingUnknown(offering=offering_id)
    return offering_of(row)


def offerings_by_id(session: Session, ids: Sequence[str]) -> Mapping[str, Offering]:
    """The offerings of these ids; each must be there."""
    return {id_: offering(session, id_) for id_ in dict.fromkeys(ids)}


def sold(session: Session, *, kind: str | None = None) -> list[Offering]:
    """What is sold now, in the operator's order."""
    rows = session.scalars(queries.offerings(lifecycle_status=LifecycleStatus.LAUNCHED, kind=kind))
    return [offering_of(row) for row in rows]


def match(session: Session, text: str) -> list[Offering]:
    """The sold offerings that the text names best, in any spelling of either language; possibly none."""
    return matching.best(text, sold(session))


def offering_of(row: ProductOffering) -> Offering:
    """The stored offering as other domains see it."""
    fee = row.exit_fee_per_month
    return Offering(
        id=row.id,
        name=Bilingual(ar=row.name_ar, en=row.name_en),
        description=Bilingual(ar=row.description_ar, en=row.description_en),
        kind=OfferingKind(row.kind),
        customer_type=CustomerType(row.customer_type),
        lifecycle_status=LifecycleStatus(row.lifecycle_status),
        price=_price(row),
        allowances=tuple(Allowance(**a) for a in row.allowances),
        out_of_bundle=tuple(_out_of_bundle(o, row.currency) for o in row.out_of_bundle),
        contract_months=row.contract_months,
        exit_fee_per_month=None if fee is None else Money(fee, row.currency),
        eligible_credit_classes=frozenset(row.eligible_credit_classes),
        spellings=tuple(row.spellings),
    )


def _price(row: ProductOffering) -> OfferingPrice:
    price = next(p for p in row.prices if p.price_type == "recurring")
    period = Recurrence(price.period_length, cast(PeriodUnit, price.period_unit))
    return OfferingPrice(Money(price.amount, row.currency), period, price.tax_included)


def _row(offering: Offering, position: int) -> ProductOffering:
    fee = offering.exit_fee_per_month
    return ProductOffering(
        id=offering.id,
        position=position,
        name_ar=offering.name.ar,
        name_en=offering.name.en,
        description_ar=offering.description.ar,
        description_en=offering.description.en,
        spellings=list(offering.spellings),
        kind=offering.kind,
        customer_type=offering.customer_type,
        lifecycle_status=offering.lifecycle_status,
        allowances=[_stored_allowance(a) for a in offering.allowances],
        out_of_bundle=[_stored_out_of_bundle(o) for o in offering.out_of_bundle],
        contract_months=offering.contract_months,
        exit_fee_per_month=fee.value if fee else None,
        eligible_credit_classes=sorted(offering.eligible_credit_classes),
        currency=offering.price.amount.unit,
        prices=[_stored_price(offering)],
    )


def _stored_price(offering: Offering) -> ProductOfferingPrice:
    price = offering.price
    return ProductOfferingPrice(
        offering_id=offering.id,
        price_type="recurring",
        amount=price.amount.value,
        period_length=price.period.length,
        period_unit=price.period.unit,
        tax_included=price.tax_included,
    )


def _stored_allowance(allowance: Allowance) -> dict[str, Any]:
    return {"usage": allowance.usage, "amount": allowance.amount, "zone": allowance.zone, "pooled": allowance.pooled}


def _stored_out_of_bundle(rate: OutOfBundle) -> dict[str, Any]:
    cap = rate.monthly_cap
    return {
        "usage": rate.usage,
        "price": str(rate.price.value),
        "unit_size": rate.unit_size,
        "monthly_cap": None if cap is None else str(cap.value),
    }


def _out_of_bundle(stored: dict[str, Any], currency: str) -> OutOfBundle:
    usage = cast(UsageKind, stored["usage"])
    cap = stored["monthly_cap"]
    limit = None if cap is None else Money(Decimal(cap), currency)
    return OutOfBundle(usage, Money(Decimal(stored["price"]), currency), stored["unit_size"], limit)
