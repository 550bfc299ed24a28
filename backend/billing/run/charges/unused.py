"""What comes back of fees that were charged in advance, when a product ended before the days were over."""

from decimal import Decimal

from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.billing.run.charges.sharing import ADD, OF_PRODUCT, shared
from backend.billing.run.charges.wording import UNUSED, names
from backend.infra.operator.billing import Billing

# No more comes back than credit notes have left of the line; of a line of which no day was used, all of that.
COMING_BACK = """
WITH paid AS (
  SELECT l.id, l.product_id, l.period_start, l.period_end, l.tax_excluded - coalesce((
      SELECT sum(n.tax_excluded) FROM billing_credit_note_line AS n WHERE n.line_id = l.id), 0) AS remains
  FROM draft_account AS a
  JOIN billing_customer_bill AS b ON b.billing_account_id = a.account_id AND b.period_end >= a.period_start - 62
  JOIN billing_applied_rate AS l ON l.bill_id = b.id AND l.charge = 'rental'
  WHERE NOT EXISTS (SELECT FROM billing_applied_rate AS back WHERE back.reference = l.id)
)
{add}
SELECT {of_product}, 2, 'creditNote', 'unused', {names}, greatest(p.ended + 1, c.period_start), c.period_end,
  c.period_end - greatest(p.ended + 1, c.period_start) + 1, 'day', NULL, :percent,
  -CASE WHEN p.ended < c.period_start THEN c.remains ELSE least(c.remains, {net}) END, false, c.id
FROM draft_product AS p
JOIN paid AS c ON c.product_id = p.product_id AND c.period_end > p.ended
JOIN draft_span AS s ON s.account_id = p.account_id AND c.period_start BETWEEN s.base_start AND s.base_end
    AND NOT s.ahead
WHERE c.remains > 0 AND p.period_unit = 'month' AND p.period_length = 1
"""


def add(session: Session, settings: Billing, percent: Decimal) -> None:
    """Days that were charged and not served, at the price and by the proration at which they were charged."""
    price = "CASE WHEN p.gross THEN p.price * 100 / (100 + :percent) ELSE p.price END"
    net = shared(settings, f"({price})", "greatest(p.ended + 1, c.period_start)", "c.period_end")
    statement = COMING_BACK.format(add=ADD, of_product=OF_PRODUCT, names=names(UNUSED, offering="p.name_"), net=net)
    session.execute(text(statement), {"percent": percent})
