"""Discounts in time: a part of a fee for the first months of a product, or of a one-off price."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.billing.run.charges.sharing import ADD, OF_PRODUCT
from backend.billing.run.charges.wording import DISCOUNT, names

# A fee of which only some days lie in the discount's months is discounted for those days, and never below nothing.
DISCOUNTS = f"""
WITH given AS (
  SELECT l.product_id, l.amount, l.gross, l.percent AS tax, l.first, l.last, l.charge, d.name_ar, d.name_en, d.percent,
    d.amount AS less, l.quantity, a.base_end - a.base_start + 1 AS base_days,
    CASE WHEN d.months IS NULL OR l.charge = 'oneOff' THEN l.last
      ELSE least(l.last, CAST(p.started + make_interval(months => d.months) AS date) - 1) END AS until
  FROM draft_line AS l
  JOIN draft_product AS p ON p.product_id = l.product_id
  JOIN draft_account AS a ON a.account_id = l.account_id
  JOIN draft_discount AS d ON d.offering = p.offering
    AND p.ordered BETWEEN coalesce(d.valid_from, p.ordered) AND coalesce(d.valid_to, p.ordered)
    AND ((d.on_type = 'recurring' AND l.charge IN ('rental', 'unused')) OR (l.charge = 'oneOff'
    AND l.rate_class = d.on_type))
)
{ADD}
SELECT {OF_PRODUCT}, CASE WHEN g.charge = 'oneOff' THEN 3 ELSE 2 END, 'creditNote', 'discount',
  {names(DISCOUNT, what="g.name_", offering="p.name_")}, g.first, g.until, NULL, NULL, NULL, g.tax,
  -sign(g.amount) * least(abs(g.amount), CASE
    WHEN g.percent IS NOT NULL THEN abs(g.amount) * g.percent / 100 * r.share
    WHEN g.charge = 'oneOff' OR g.quantity IS NULL THEN g.less
    ELSE g.less * g.quantity / g.base_days * r.share END), g.gross, NULL
FROM given AS g
JOIN draft_product AS p ON p.product_id = g.product_id
CROSS JOIN LATERAL (SELECT CAST(g.until - g.first + 1 AS numeric) / (g.last - g.first + 1) AS share) AS r
WHERE g.until >= g.first AND g.amount <> 0
"""  # noqa: S608 - constants of ours


def add(session: Session) -> None:
    """On the fees and one-offs that are there: call it after them."""
    session.execute(text(DISCOUNTS))
