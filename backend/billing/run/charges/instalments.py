"""Devices that are paid over months: one instalment a month from the day it was bought, the rest when it ends early."""

from decimal import Decimal

from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.billing.run.charges.sharing import ADD, OF_PRODUCT
from backend.billing.run.charges.wording import INSTALMENT, REST, names

_NUMBERED = names(INSTALMENT, number="CAST(k + 1 AS text)", count="CAST(p.instalments AS text)", offering="p.name_")
INSTALMENTS = f"""
{ADD}
SELECT {OF_PRODUCT}, 4, 'recurringCharge', 'instalment', {_NUMBERED}, r.day, r.day, NULL, NULL, NULL, :percent,
    p.price, p.gross,
  NULL
FROM draft_product AS p
JOIN draft_account AS a ON a.account_id = p.account_id
CROSS JOIN LATERAL (
  SELECT k, CAST(p.started + make_interval(months => k) AS date) AS day FROM generate_series(0, p.instalments - 1) AS k
) AS r
WHERE p.instalments IS NOT NULL AND r.day BETWEEN a.period_start AND a.period_end
  AND (p.ended IS NULL OR r.day < p.ended OR (r.k = 0 AND p.ended >= p.started))
"""  # noqa: S608 - constants of ours
_DUE = "CAST(p.started + make_interval(months => k) AS date) < p.ended OR k = 0"
REMAINING = f"""
{ADD}
SELECT {OF_PRODUCT}, 5, 'oneTimeCharge', 'instalment', {names(REST, offering="p.name_")}, p.ended, p.ended, NULL,
    NULL, NULL,
  :percent, p.price * (p.instalments - r.due), p.gross, NULL
FROM draft_product AS p
JOIN draft_account AS a ON a.account_id = p.account_id
CROSS JOIN LATERAL (SELECT count(*) AS due FROM generate_series(0, p.instalments - 1) AS k WHERE {_DUE}) AS r
WHERE p.instalments > r.due AND p.ended BETWEEN a.period_start AND a.period_end AND p.ended >= p.started
"""  # noqa: S608 - constants of ours


def add(session: Session, percent: Decimal) -> None:
    """Instalments that fall due in the period."""
    session.execute(text(INSTALMENTS), {"percent": percent})
    session.execute(text(REMAINING), {"percent": percent})
