"""Tariffs as the catalogue states them."""

from decimal import Decimal

from sqlalchemy.orm import Session

from backend.catalog import service as catalog
from backend.catalog.rules import Offering
from backend.rating.rules import Price, Tariff
from backend.usage.rules import UsageKind

SECONDS_A_MINUTE = 60
NATIONAL = "national"


def tariff_of(session: Session, offering_id: str) -> Tariff:
    """The tariff of an offering: its allowances at home and its prices beyond them."""
    offering = catalog.offering(session, offering_id)
    return Tariff({kind: _price(offering, kind) for kind in UsageKind})


def _price(offering: Offering, kind: UsageKind) -> Price:
    beyond = next((price for price in offering.out_of_bundle if price.usage == kind), None)
    if beyond is None:
        return Price(included=None)
    return Price(
        included=_included(offering, kind),
        unit_size=Decimal(beyond.unit_size),
        per_unit=beyond.price.value,
        at_most=beyond.monthly_cap.value if beyond.monthly_cap else None,
    )


def _included(offering: Offering, kind: UsageKind) -> Decimal | None:
    held = [a.amount for a in offering.allowances if a.usage == kind and a.zone == NATIONAL]
    if None in held:
        return None
    factor = SECONDS_A_MINUTE if kind is UsageKind.VOICE else 1
    return Decimal(sum(amount * factor for amount in held if amount is not None))
