"""Usage, a line for each product and rate class; what came too late for an earlier bill stands on a line of its own."""

from decimal import Decimal

from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.billing.run.charges.sharing import ADD_SUM, OF_PRODUCT
from backend.billing.run.charges.wording import LATE, USAGE, names

# an amount that ends at a millionth has not been rounded: a message or a whole minute, which most are
INEXACT = "count(*) FILTER (WHERE min_scale(u.amount) > 6)"
_LATE = {"first": "CAST(r.first AS text)", "last": "CAST(r.last AS text)"}
USAGES = f"""
WITH used AS (
  SELECT u.product_id, u.rate_class, u.local_date < a.period_start AS late,
    CASE WHEN u.local_date < a.period_start THEN date_trunc('month', u.local_date) END AS month,
    min(u.local_date) AS first, max(u.local_date) AS last, sum(u.quantity) AS quantity, sum(u.amount) AS amount,
    {INEXACT} AS inexact
  FROM draft_usage AS u
  JOIN draft_product AS p ON p.product_id = u.product_id
  JOIN draft_account AS a ON a.account_id = p.account_id
  GROUP BY 1, 2, 3, 4
)
{ADD_SUM}
SELECT {OF_PRODUCT}, CASE WHEN r.late THEN 7 ELSE 6 END, 'usageCharge',
    CASE WHEN r.late THEN 'lateUsage' ELSE 'usage' END,
  n.name_ar, n.name_en,
  CASE WHEN r.late THEN r.first ELSE greatest(p.started, a.period_start) END,
  CASE WHEN r.late THEN r.last ELSE least(coalesce(p.ended, a.period_end), a.period_end) END,
  r.quantity / c.quantity_size, c.quantity_unit, r.rate_class, :percent, r.amount, false, NULL, r.inexact
FROM used AS r
JOIN draft_product AS p ON p.product_id = r.product_id
JOIN draft_account AS a ON a.account_id = p.account_id
JOIN draft_rate_class AS c ON c.key = r.rate_class
CROSS JOIN LATERAL (
  SELECT {names(LATE, what="c.name_", number="coalesce(p.number, '')", **_LATE)} WHERE r.late
  UNION ALL SELECT {names(USAGE, what="c.name_", number="coalesce(p.number, '')")} WHERE NOT r.late
) AS n (name_ar, name_en)
"""  # noqa: S608 - constants of ours


def add(session: Session, percent: Decimal) -> None:
    """Whatever stands in `draft_usage`."""
    session.execute(text(USAGES), {"percent": percent})
