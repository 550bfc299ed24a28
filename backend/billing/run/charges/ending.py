"""The exit fee of a contract that ended early: for each month of it that is left, begun ones too."""

from decimal import Decimal

from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.billing.run.charges.sharing import ADD, OF_PRODUCT
from backend.billing.run.charges.wording import EXIT_FEE, names

EXIT_FEES = f"""
{ADD}
SELECT {OF_PRODUCT}, 7, 'oneTimeCharge', 'exitFee', {names(EXIT_FEE, offering="p.name_")}, p.ended, p.ended,
  o.contract_months - r.served, 'month', NULL, :percent, o.exit_fee * (o.contract_months - r.served), false, NULL
FROM draft_product AS p
JOIN draft_account AS a ON a.account_id = p.account_id
JOIN draft_offering AS o ON o.offering = p.offering
CROSS JOIN LATERAL (
  SELECT CAST(extract(year FROM age(p.ended + 1, p.started)) * 12 + extract(month FROM age(p.ended + 1,
    p.started)) AS int)
    AS served
) AS r
WHERE p.ended BETWEEN a.period_start AND a.period_end AND p.ended >= p.started AND NOT p.replaced
  AND o.exit_fee IS NOT NULL AND o.contract_months > r.served
"""  # noqa: S608 - constants of ours


def add(session: Session, percent: Decimal) -> None:
    """Contracts that were left in the period; who changed to another plan did not leave."""
    session.execute(text(EXIT_FEES), {"percent": percent})
