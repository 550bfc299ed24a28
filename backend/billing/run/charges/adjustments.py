"""What billing staff added to or took off an account: the next bill takes it. Amounts hold the tax."""

from decimal import Decimal

from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.billing.run.charges.sharing import ADD

ADJUSTMENTS = f"""
{ADD}
SELECT a.account_id, NULL, a.party_id, 0, NULL, NULL, 9,
    CASE WHEN j.amount < 0 THEN 'creditNote' ELSE 'oneTimeCharge' END,
  'adjustment', j.name_ar, j.name_en, a.period_start, a.period_end, NULL, NULL, NULL,
  CASE WHEN j.taxed THEN :percent ELSE 0 END, j.amount, true, j.id
FROM draft_account AS a
JOIN billing_adjustment AS j ON j.billing_account_id = a.account_id AND j.state = 'approved'
"""  # noqa: S608 - constants of ours


def add(session: Session, percent: Decimal) -> None:
    """Approved ones that wait."""
    session.execute(text(ADJUSTMENTS), {"percent": percent})
