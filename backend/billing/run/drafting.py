"""From exact lines to bills: rounded once, half up, taxed line by line, added up, looked at, kept as drafts.

What a record costs is known to a billionth, so that a sum of usage may be off by half a billionth for each record that
is not exact. A sum that so cannot be told from a half is taken as one, and rounded away from zero: `ROUNDED`.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.billing.run import tables
from backend.infra.operator import Operator
from backend.infra.ordered_ids import COUNTED_ID, counted_prefix
from backend.kernel.money import MINOR_UNITS
from backend.rating import service as rating

HALF_A_BILLIONTH = Decimal("0.0000000005")
ROUNDED = f"round(amount + sign(amount) * coalesce(inexact, 0) * {HALF_A_BILLIONTH:f}, :digits)"
# A price before tax is rounded, and taxed as printed; of one with tax, the whole is rounded and the tax taken out.
PRICED = f"""
SELECT l.*, CASE WHEN gross THEN round(rounded * 100 / (100 + percent), :digits) ELSE rounded END AS net,
  CASE WHEN gross THEN rounded - round(rounded * 100 / (100 + percent), :digits)
    ELSE round(rounded * percent / 100, :digits) END AS tax
FROM (SELECT *, {ROUNDED} AS rounded FROM draft_line) AS l
WHERE charge IN ('rental', 'usage') OR rounded <> 0
"""  # noqa: S608 - constants of ours
BRANCH = "CASE WHEN branch IS NULL THEN {name} ELSE branch || ': ' || {name} END"
PRINTED = f"""
INSERT INTO draft_printed
SELECT account_id, product_id, party_id, type, charge, rate_class, {BRANCH.format(name="name_ar")} AS name_ar,
  {BRANCH.format(name="name_en")} AS name_en, first, last, quantity, unit, percent, net, tax, amount, reference,
  row_number() OVER (PARTITION BY account_id
    ORDER BY member, started NULLS LAST, product_id, step, first, rate_class, name_en, type DESC) AS position
FROM ({PRICED}) AS priced
"""  # noqa: S608 - constants of ours
BILLS = """
INSERT INTO billing_customer_bill (id, bill_no, billing_account_id, party_id, period_start, period_end, bill_date,
    due_date,
  unit, tax_excluded, tax, tax_included, remaining_amount, disputed_amount, state, created_at, run_id, category)
SELECT a.bill_id, NULL, a.account_id, a.party_id, a.period_start, a.period_end, :issued, CASE
    WHEN a.cycle = 'halfMonthly' THEN CAST(:issued AS date) + :due_days
    ELSE CAST(:issued AS date) + :due_day - 1 END,
  :unit, t.net, t.tax, t.net + t.tax, 0, 0,
  CASE WHEN h.bills >= :least_bills AND t.net + t.tax > h.average * :factor AND t.net + t.tax - h.average >= :at_least
    THEN 'onHold' ELSE 'new' END, :now, :run_id, :category
FROM draft_account AS a
JOIN (SELECT account_id, sum(net) AS net, sum(tax) AS tax FROM draft_printed GROUP BY account_id) AS t
  ON t.account_id = a.account_id
CROSS JOIN LATERAL (
  SELECT count(*) AS bills, avg(b.tax_included) AS average FROM billing_customer_bill AS b
  WHERE b.billing_account_id = a.account_id AND b.period_start >= a.period_start - 184 AND b.bill_no IS NOT NULL
) AS h
"""
LINES = f"""
INSERT INTO billing_applied_rate (id, bill_id, position, type, charge, rate_class, name_ar, name_en, product_id,
    party_id,
  period_start, period_end, quantity, quantity_unit, tax_percent, tax_excluded, tax, tax_included, reference)
SELECT {COUNTED_ID}, a.bill_id, l.position, l.type, l.charge, l.rate_class, left(l.name_ar, 200), left(l.name_en, 200),
  l.product_id, l.party_id, l.first, l.last, l.quantity, l.unit, l.percent, l.net, l.tax, l.net + l.tax, l.reference
FROM draft_printed AS l
JOIN draft_account AS a ON a.account_id = l.account_id
"""  # noqa: S608 - constants of ours
ADJUSTED = text("""
UPDATE billing_adjustment AS j SET state = 'billed', bill_id = a.bill_id
FROM draft_line AS l JOIN draft_account AS a ON a.account_id = l.account_id
WHERE l.charge = 'adjustment' AND j.id = l.reference
""")
USED = text("""
SELECT u.id, a.bill_id FROM draft_usage AS u
JOIN draft_product AS p ON p.product_id = u.product_id
JOIN draft_account AS a ON a.account_id = p.account_id
""")
MADE = text("""
SELECT count(*), count(*) FILTER (WHERE b.state = 'onHold'), coalesce(sum(b.tax_included), 0)
FROM draft_account AS a JOIN billing_customer_bill AS b ON b.id = a.bill_id
""")


def print_lines(session: Session, digits: int) -> None:
    """The lines in their printed order, rounded and taxed, in `draft_printed`."""
    session.execute(text(PRINTED), {"digits": digits})
    tables.analyze(session, tables.PRINTED, tables.PRINTED.c.account_id)


def digits_of(operator: Operator) -> int:
    """How many decimals the operator's currency has."""
    return MINOR_UNITS.get(operator.currency, 2)


def keep(
    session: Session, operator: Operator, *, now: datetime, issued: date, run_id: UUID | None, category: str
) -> tuple[int, int, Decimal]:
    """Keep what was printed as drafts. How many bills, how many of them held, and what they come to."""
    check, settings = operator.billing.check, operator.billing
    values = {
        "issued": issued,
        "due_day": settings.due_day,
        "due_days": settings.due_days,
        "unit": operator.currency,
        "least_bills": check.bills,
        "factor": check.factor,
        "at_least": check.at_least,
        "now": now,
        "run_id": run_id,
        "category": category,
    }
    session.execute(text(BILLS), values)
    session.execute(text(LINES), {"ids": counted_prefix()})
    session.execute(ADJUSTED)
    rating.mark_billed(session, USED.columns(tables.USAGE.c.id, tables.ACCOUNT.c.bill_id).subquery())
    bills, held, total = session.execute(MADE).one()
    return bills, held, total
