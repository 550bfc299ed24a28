"""What the multitude has bought: the lines for people that the operator sells now."""

from sqlalchemy.orm import Session

from backend.catalog import service as catalog
from backend.catalog.rules import CustomerType, Offering
from backend.seed.multitude.rows import Offer


def offers(session: Session) -> tuple[Offer, ...]:
    """The offerings that somebody of the multitude may have, in the operator's order; possibly none."""
    return tuple(
        _offer(offering)
        for offering in catalog.sold(session)
        if offering.is_line and offering.customer_type is CustomerType.INDIVIDUAL
    )


def _offer(offering: Offering) -> Offer:
    price = offering.price
    return Offer(
        id=offering.id,
        name_ar=offering.name.ar,
        name_en=offering.name.en,
        fixed=offering.kind.is_fixed,
        amount=price.amount.value,
        currency=price.amount.unit,
        period_length=price.period.length,
        period_unit=price.period.unit,
        tax_included=price.tax_included,
    )
