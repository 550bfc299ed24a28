"""Deposits: charged once, without tax, when a product begins; all of them come back when the last product is over."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.billing.run.charges.sharing import ADD, OF_PRODUCT
from backend.billing.run.charges.wording import DEPOSIT, DEPOSIT_RETURN, names

DEPOSITS = f"""
{ADD}
SELECT {OF_PRODUCT}, 3, 'oneTimeCharge', 'deposit', {names(DEPOSIT, offering="p.name_")}, p.started,
  least(coalesce(p.ended, a.period_end), a.period_end), NULL, NULL, NULL, 0, d.deposit, false, NULL
FROM draft_product AS p
JOIN draft_account AS a ON a.account_id = p.account_id
JOIN draft_deposit AS d ON d.product_id = p.product_id
WHERE p.started BETWEEN a.period_start AND a.period_end AND coalesce(p.ended, p.started) >= p.started
"""  # noqa: S608 - constants of ours

# An account is done with when everything it had is over by its last day, and something was.
RETURNS = f"""
WITH over AS MATERIALIZED (
  SELECT account_id, max(ended) AS ended FROM draft_product GROUP BY account_id HAVING bool_and(ended IS NOT NULL)
), held AS MATERIALIZED (
  SELECT a.account_id, a.party_id, a.period_end, coalesce((
      SELECT sum(l.tax_excluded) FROM billing_customer_bill AS b JOIN billing_applied_rate AS l ON l.bill_id = b.id
      WHERE b.billing_account_id = a.account_id AND l.charge IN ('deposit', 'depositReturn')), 0)
    + coalesce((SELECT sum(l.amount) FROM draft_line AS l
      WHERE l.account_id = a.account_id AND l.charge = 'deposit'), 0) AS amount
  FROM draft_account AS a
  JOIN over AS o ON o.account_id = a.account_id AND o.ended <= a.period_end
)
{ADD}
SELECT account_id, NULL, party_id, 0, NULL, NULL, 8, 'creditNote', 'depositReturn', {names(DEPOSIT_RETURN)}, period_end,
  period_end, NULL, NULL, NULL, 0, -amount, false, NULL
FROM held WHERE amount > 0
"""  # noqa: S608 - constants of ours


def add(session: Session) -> None:
    """Deposits of products that began in the period; and what is held, where nothing goes on."""
    session.execute(text(DEPOSITS))
    session.execute(text(RETURNS))
