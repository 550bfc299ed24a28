"""From drafts to bills: numbers without gaps, entries in the ledger, the account's credit spent. A set at a time."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Date, Numeric, String, Subquery, Uuid, column, func, insert, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from backend.account import service as account
from backend.billing.models import CustomerBill
from backend.billing.run import tables
from backend.billing.run.tables import POST
from backend.infra import audit
from backend.infra.database import Rows
from backend.infra.numbers import next_numbers
from backend.ledger import service as ledger

SOURCE = "bill"
# Credit pays what it can; a bill below zero gives its money to the account. One account has one bill in a set.
CREDIT = "CASE WHEN p.total < 0 THEN p.total ELSE least(greatest(p.credit, 0), p.total) END"
SPENT = text(f"""
SELECT p.billing_account_id AS account_id, -{CREDIT} AS amount FROM draft_post AS p WHERE {CREDIT} <> 0
""")  # noqa: S608
NUMBERS = text("""
UPDATE draft_post AS p SET bill_no = n.bill_no
FROM (SELECT bill_id, row_number() OVER (ORDER BY account_no, bill_id) AS place FROM draft_post) AS o
JOIN unnest(CAST(:numbers AS text[])) WITH ORDINALITY AS n (bill_no, place) ON n.place = o.place
WHERE p.bill_id = o.bill_id
""")
NUMBERED = text(f"""
UPDATE billing_customer_bill AS b SET bill_no = p.bill_no, remaining_amount = greatest(p.total - {CREDIT}, 0),
  state = CASE WHEN p.total <= {CREDIT} THEN 'settled' WHEN {CREDIT} > 0 THEN 'partiallyPaid' ELSE 'sent' END
FROM draft_post AS p WHERE b.id = p.bill_id
""")  # noqa: S608
ISSUED = text("""
SELECT CAST(b.id AS text) AS entity_id, b.party_id, jsonb_build_object('bill_no', b.bill_no, 'state', b.state,
  'tax_included', CAST(b.tax_included AS text), 'remaining_amount', CAST(b.remaining_amount AS text)) AS after
FROM draft_post AS p JOIN billing_customer_bill AS b ON b.id = p.bill_id
""")
ENTRIES = text("SELECT bill_id AS id, CAST(bill_id AS text) AS source_id, bill_date AS entry_date FROM draft_post")
# What each kind of line is in the books. Fees and discounts of one kind stand apart.
BOOKS = """CASE l.charge
  WHEN 'deposit' THEN 'liability.deposit' WHEN 'depositReturn' THEN 'liability.deposit'
  WHEN 'discount' THEN 'revenue.discount' WHEN 'adjustment' THEN 'adjustment'
  WHEN 'usage' THEN 'revenue.usage' WHEN 'lateUsage' THEN 'revenue.usage'
  WHEN 'oneOff' THEN 'revenue.oneTime' WHEN 'exitFee' THEN 'revenue.oneTime'
  ELSE 'revenue.recurring' END"""
LEGS = text(f"""
SELECT p.bill_id AS entry_id, 'receivable' AS account, p.billing_account_id,
  CASE WHEN p.total < 0 THEN NULL ELSE p.bill_id END AS bill_id, p.total AS amount FROM draft_post AS p
UNION ALL
SELECT p.bill_id, 'receivable', p.billing_account_id, p.bill_id, -{CREDIT} FROM draft_post AS p
WHERE p.total > 0 AND {CREDIT} > 0
UNION ALL
SELECT p.bill_id, 'receivable', p.billing_account_id, NULL, {CREDIT} FROM draft_post AS p
WHERE p.total > 0 AND {CREDIT} > 0
UNION ALL
SELECT p.bill_id, b.book, NULL, NULL, b.amount FROM draft_post AS p CROSS JOIN LATERAL (
  SELECT {BOOKS} AS book, -sum(l.tax_excluded) AS amount FROM billing_applied_rate AS l
  WHERE l.bill_id = p.bill_id GROUP BY 1
) AS b
UNION ALL
SELECT b.id, 'liability.tax', NULL, NULL,
    -b.tax FROM draft_post AS p JOIN billing_customer_bill AS b ON b.id = p.bill_id
""")  # noqa: S608


def post(session: Session, bills: Rows) -> Sequence[UUID]:
    """Number the drafts among these, write the ledger, spend credit. Which ones; the others are left alone.

    All have one date of issue. The accounts are locked, and the temporary tables begun, by whoever calls.
    """
    _choose(session, bills)
    first = session.execute(select(func.count(), func.min(POST.c.bill_date)).select_from(POST)).one()
    count, issued = first
    if not count:
        return []
    tables.analyze(session, POST)
    ledger.post_set(session, source=SOURCE, entries=_entries(), legs=_legs())
    spent = SPENT.columns(column("account_id", Uuid), column("amount", Numeric)).subquery()
    account.move_credits(session, spent)
    session.execute(NUMBERS, {"numbers": next_numbers(session, "INV", count, year=issued.year)})
    session.execute(NUMBERED)
    issued_bills = ISSUED.columns(
        column("entity_id", String), column("party_id", Uuid), column("after", JSONB)
    ).subquery()
    audit.note_set(session, action="create", entity=CustomerBill.__tablename__, rows=issued_bills)
    return session.scalars(select(POST.c.bill_id).order_by(POST.c.bill_no)).all()


def _choose(session: Session, bills: Rows) -> None:
    """Bills that have no number yet, with the credit that can pay them."""
    bill = CustomerBill
    accounts = select(bill.billing_account_id).where(bill.id.in_(bills), bill.bill_no.is_(None))
    money = account.money_of_theirs(accounts).subquery()
    drafts = (
        select(
            bill.id,
            bill.billing_account_id,
            bill.bill_date,
            bill.tax_included,
            money.c.credit_amount,
            money.c.account_no,
        )
        .join(money, money.c.account_id == bill.billing_account_id)
        .where(bill.id.in_(bills), bill.bill_no.is_(None))
    )
    columns = ["bill_id", "billing_account_id", "bill_date", "total", "credit", "account_no"]
    session.execute(insert(POST).from_select(columns, drafts))


def _entries() -> Subquery:
    return ENTRIES.columns(column("id", Uuid), column("source_id", String), column("entry_date", Date)).subquery()


def _legs() -> Subquery:
    ids = (column(name, Uuid) for name in ("billing_account_id", "bill_id"))
    return LEGS.columns(column("entry_id", Uuid), column("account", String), *ids, column("amount", Numeric)).subquery()
