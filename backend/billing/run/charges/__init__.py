"""What is charged: each module adds the lines of one kind of charge to `draft_line`, for all accounts at once."""

from decimal import Decimal

from sqlalchemy.orm import Session

from backend.billing.run.charges import (
    adjustments,
    commitments,
    deposits,
    discounts,
    ending,
    instalments,
    one_offs,
    rentals,
    unused,
    usage,
)
from backend.infra.operator.billing import Billing


def add(session: Session, settings: Billing, percent: Decimal) -> None:
    """The lines of the gathered accounts, exact. `percent` is the value added tax."""
    rentals.add(session, settings, percent)
    if settings.rentals == "advance":
        unused.add(session, settings, percent)
    for charge in (one_offs, instalments, ending, usage):
        charge.add(session, percent)
    discounts.add(session)
    deposits.add(session)
    commitments.add(session, percent)
    adjustments.add(session, percent)
