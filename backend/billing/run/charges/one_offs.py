"""What is paid once, when a product begins: activation, installation, a device; not by whoever changes plan."""

from decimal import Decimal

from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.billing.run.charges.sharing import ADD, OF_PRODUCT
from backend.billing.run.charges.wording import ONE_OFF, names

ONE_OFFS = f"""
{ADD}
SELECT {OF_PRODUCT}, 3, 'oneTimeCharge', 'oneOff', {names(ONE_OFF, what="o.name_", offering="p.name_")}, p.started,
    p.started,
  NULL, NULL, o.type, :percent, o.amount, o.gross, NULL
FROM draft_product AS p
JOIN draft_account AS a ON a.account_id = p.account_id
JOIN draft_one_off AS o ON o.offering = p.offering
WHERE p.started BETWEEN a.period_start AND a.period_end AND coalesce(p.ended, p.started) >= p.started
    AND NOT p.successor
"""  # noqa: S608 - constants of ours


def add(session: Session, percent: Decimal) -> None:
    """One-off prices of the version that was sold."""
    session.execute(text(ONE_OFFS), {"percent": percent})
