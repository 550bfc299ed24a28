"""Monthly fees, and fees that recur by other spans: what every product costs for the days that it was there."""

from decimal import Decimal

from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.billing.run.charges.sharing import ADD, OF_PRODUCT, PAUSED, shared
from backend.billing.run.charges.wording import FEE, PERIOD_FEE, names
from backend.infra.operator.billing import Billing

# In advance, an earlier bill may have charged the days already.
CHARGED = """
  SELECT l.product_id, max(l.period_end) AS last
  FROM draft_account AS a
  JOIN billing_customer_bill AS b ON b.billing_account_id = a.account_id AND b.period_end >= a.period_start - 62
  JOIN billing_applied_rate AS l ON l.bill_id = b.id AND l.charge = 'rental'
  GROUP BY l.product_id
"""
NOTHING_CHARGED = "SELECT CAST(NULL AS uuid) AS product_id, CAST(NULL AS date) AS last WHERE false"
RENTALS = """
WITH charged AS ({charged}), served AS (
  SELECT p.*, s.base_start, s.base_end,
    greatest(p.started, s.first, c.last + 1) AS first, least(coalesce(p.ended, s.last), s.last) AS last
  FROM draft_product AS p
  JOIN draft_span AS s ON s.account_id = p.account_id
  LEFT JOIN charged AS c ON c.product_id = p.product_id
  WHERE p.period_unit = 'month' AND p.period_length = 1 AND p.instalments IS NULL AND p.started <= s.last
), counted AS (
  SELECT p.*, {paused} AS paused FROM served AS p WHERE p.first <= p.last
)
{add}
SELECT {of_product}, 1, 'recurringCharge', 'rental', {names}, p.first, p.last, p.last - p.first + 1 - p.paused,
    'day', NULL,
  :percent, {amount}, p.gross, NULL
FROM counted AS p
"""
RECURRING = """
WITH charged AS ({charged})
{add}
SELECT {of_product}, 1, 'recurringCharge', 'rental', {names}, r.first, r.last, NULL, NULL, NULL, :percent, p.price,
    p.gross,
  NULL
FROM draft_product AS p
JOIN draft_span AS s ON s.account_id = p.account_id
LEFT JOIN charged AS c ON c.product_id = p.product_id
CROSS JOIN LATERAL (
  SELECT k, CAST(p.started + k * each AS date) AS first, CAST(p.started + (k + 1) * each AS date) - 1 AS last
  FROM (SELECT CASE p.period_unit WHEN 'day' THEN make_interval(days => p.period_length)
          ELSE make_interval(months => p.period_length) END AS each) AS one,
    generate_series(0, (s.last - p.started) / CASE p.period_unit WHEN 'day' THEN p.period_length
          ELSE 28 * p.period_length END) AS k
) AS r
WHERE (p.period_unit = 'day' OR p.period_length > 1) AND p.instalments IS NULL
  AND r.first BETWEEN s.first AND s.last AND r.first > coalesce(c.last, r.first - 1)
  AND (p.ended IS NULL OR r.first < p.ended OR (r.k = 0 AND p.ended >= p.started))
"""


def add(session: Session, settings: Billing, percent: Decimal) -> None:
    """Fees of the spans in `draft_span`; a product that is paused is charged for it or not, as the setting says."""
    charged = CHARGED if settings.rentals == "advance" else NOTHING_CHARGED
    free = settings.suspended_days == "free"
    paused = PAUSED.format(first="p.first", last="p.last") if free else "0"
    parts = {"charged": charged, "add": ADD, "of_product": OF_PRODUCT}
    amount = shared(settings, "p.price", "p.first", "p.last", "p.paused")
    rentals = RENTALS.format(names=names(FEE, offering="p.name_"), paused=paused, amount=amount, **parts)
    session.execute(text(rentals), {"percent": percent})
    recurring = RECURRING.format(names=names(PERIOD_FEE, offering="p.name_"), **parts)
    session.execute(text(recurring), {"percent": percent})
