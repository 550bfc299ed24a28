"""What accepted disputes gave stands on the lines that it was given back of, as a credit note does.

Notes written here have no number: their entries in the ledger are there already, in the name of the dispute.
"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NOTES = """
    INSERT INTO billing_credit_note (
        id, bill_id, billing_account_id, party_id, reason, unit, tax_excluded, tax, tax_included, state, entered_by,
        created_at, issued_at
    )
    SELECT d.id, b.id, b.billing_account_id, b.party_id, d.dispute_no, d.unit, 0, 0, 0, 'approved',
        coalesce(d.decided_by, 'staff'), coalesce(d.decided_at, d.created_at), d.decided_at
    FROM disputes_dispute d JOIN billing_customer_bill b ON b.id = d.bill_id WHERE d.state = 'accepted'
"""
LINES = """
    INSERT INTO billing_credit_note_line (note_id, line_id, tax_excluded, tax, tax_included)
    SELECT note_id, line_id, gross - tax, tax, gross FROM (
        SELECT note_id, line_id, gross, round(gross * line_tax / tax_included, 2) AS tax FROM (
            SELECT d.id AS note_id, l.id AS line_id, l.tax AS line_tax, l.tax_included,
                round(d.amount * sum(l.tax_included) OVER upto / sum(l.tax_included) OVER whole, 2)
                - round(d.amount * (sum(l.tax_included) OVER upto - l.tax_included)
                    / sum(l.tax_included) OVER whole, 2) AS gross
            FROM disputes_dispute d JOIN billing_applied_rate l ON l.bill_id = d.bill_id
            WHERE d.state = 'accepted' AND l.tax_included > 0 AND l.id = coalesce(d.line_id, l.id)
            WINDOW whole AS (PARTITION BY d.id), upto AS (PARTITION BY d.id ORDER BY l.position)
        ) AS shared WHERE gross > 0
    ) AS taxed
"""
TOTALS = """
    UPDATE billing_credit_note n SET tax_excluded = s.net, tax = s.tax, tax_included = s.net + s.tax
    FROM (
        SELECT note_id, sum(tax_excluded) AS net, sum(tax) AS tax FROM billing_credit_note_line GROUP BY note_id
    ) AS s
    WHERE s.note_id = n.id AND n.note_no IS NULL AND n.state = 'approved'
"""


def upgrade() -> None:
    for statement in (NOTES, LINES, TOTALS):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DELETE FROM billing_credit_note WHERE note_no IS NULL AND state = 'approved'")
