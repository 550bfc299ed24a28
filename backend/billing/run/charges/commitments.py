"""What a cycle comes to at least, where that was agreed: fees, usage and discounts, before tax, are topped up to it."""

from decimal import Decimal

from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.billing.run.charges.sharing import ADD_SUM
from backend.billing.run.charges.wording import COMMITMENT, names

COMMITMENTS = f"""
WITH reached AS (
  SELECT a.account_id, a.party_id, a.period_start, a.period_end,
    a.minimum_charge * (a.period_end - a.period_start + 1) / (a.base_end - a.base_start + 1) AS wanted,
    l.amount, l.inexact
  FROM draft_account AS a
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(CASE WHEN gross THEN amount * 100 / (100 + percent) ELSE amount END), 0) AS amount,
      sum(inexact) AS inexact
    FROM draft_line AS l WHERE l.account_id = a.account_id
      AND l.charge IN ('rental', 'unused', 'usage', 'lateUsage', 'discount')
  ) AS l
  WHERE a.minimum_charge IS NOT NULL
)
{ADD_SUM}
SELECT account_id, NULL, party_id, 0, NULL, NULL, 8, 'recurringCharge', 'commitment', {names(COMMITMENT)}, period_start,
  period_end, NULL, NULL, NULL, :percent, wanted - amount, false, NULL, inexact
FROM reached WHERE wanted > amount
"""  # noqa: S608 - constants of ours


def add(session: Session, percent: Decimal) -> None:
    """On the charges that are there: call it after them."""
    session.execute(text(COMMITMENTS), {"percent": percent})
