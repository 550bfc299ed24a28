"""Bill runs, cycles of accounts, adjustments and credit notes; every receivable in the ledger names its bill."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

AMOUNT = sa.Numeric(14, 4)
CYCLE = {
    "cycle_kind": sa.String(12),
    "bill_day": sa.Integer(),
    "cycle_since": sa.Date(),
    "former_kind": sa.String(12),
    "former_day": sa.Integer(),
    "minimum_charge": AMOUNT,
}
LINE = {"charge": sa.String(20), "rate_class": sa.String(60), "party_id": sa.Uuid(), "reference": sa.Uuid()}
# Bills made before postings named them: what is left on each moves from the account to the bill, so that both agree.
OPENING_ENTRIES = """
INSERT INTO ledger_entry (id, source, source_id, entry_date, created_at)
SELECT gen_random_uuid(), 'billOpening', bill_no, CURRENT_DATE, now() FROM billing_customer_bill WHERE remaining_amount > 0
"""
OPENING_LEGS = """
INSERT INTO ledger_posting (id, entry_id, account, billing_account_id, bill_id, amount)
SELECT gen_random_uuid(), e.id, 'receivable', b.billing_account_id, leg.bill_id, leg.amount
FROM ledger_entry AS e
JOIN billing_customer_bill AS b ON b.bill_no = e.source_id
CROSS JOIN LATERAL (VALUES (b.id, b.remaining_amount), (NULL, -b.remaining_amount)) AS leg (bill_id, amount)
WHERE e.source = 'billOpening'
"""
# What the lines of earlier bills were, as far as later bills ask for it.
CHARGES = """
UPDATE billing_applied_rate SET charge = CASE type WHEN 'recurringCharge' THEN 'rental' WHEN 'usageCharge' THEN 'usage'
  ELSE 'deposit' END
WHERE charge IS NULL
"""


def upgrade() -> None:
    for name, kind in CYCLE.items():
        op.add_column("account_billing_account", sa.Column(name, kind, nullable=True))
    for name, kind in LINE.items():
        op.add_column("billing_applied_rate", sa.Column(name, kind, nullable=True))
    op.create_index(
        "ix_billing_applied_rate_reference",
        "billing_applied_rate",
        ["reference"],
        postgresql_where=sa.text("reference IS NOT NULL"),
    )
    op.execute(CHARGES)
    op.alter_column("billing_customer_bill", "bill_no", nullable=True)
    op.add_column("billing_customer_bill", sa.Column("run_id", sa.Uuid(), nullable=True))
    op.add_column("billing_customer_bill", sa.Column("category", sa.String(8), nullable=False, server_default="normal"))
    op.create_check_constraint(
        op.f("ck_billing_customer_bill_numbered"),
        "billing_customer_bill",
        "bill_no IS NOT NULL OR state IN ('new', 'onHold', 'validated')",
    )
    op.create_index(
        "ix_billing_customer_bill_draft",
        "billing_customer_bill",
        ["run_id", "billing_account_id"],
        postgresql_where=sa.text("bill_no IS NULL"),
    )
    _runs()
    _corrections()
    op.drop_index("ix_ledger_posting_account", "ledger_posting")
    op.create_index(
        "ix_ledger_posting_account",
        "ledger_posting",
        ["billing_account_id", "account"],
        postgresql_where=sa.text("billing_account_id IS NOT NULL"),
    )
    op.execute(OPENING_ENTRIES)
    op.execute(OPENING_LEGS)


def downgrade() -> None:
    op.drop_index("ix_ledger_posting_account", "ledger_posting")
    op.create_index("ix_ledger_posting_account", "ledger_posting", ["billing_account_id", "account"])
    for table in (
        "billing_bill_on_demand",
        "billing_credit_note_line",
        "billing_credit_note",
        "billing_adjustment",
        "billing_bill_run_chunk",
        "billing_bill_run",
    ):
        op.drop_table(table)
    op.execute("DELETE FROM billing_customer_bill WHERE bill_no IS NULL")
    op.drop_index("ix_billing_customer_bill_draft", "billing_customer_bill")
    op.drop_constraint(op.f("ck_billing_customer_bill_numbered"), "billing_customer_bill")
    op.drop_column("billing_customer_bill", "category")
    op.drop_column("billing_customer_bill", "run_id")
    op.alter_column("billing_customer_bill", "bill_no", nullable=False)
    op.drop_index("ix_billing_applied_rate_reference", "billing_applied_rate")
    for name in reversed(LINE):
        op.drop_column("billing_applied_rate", name)
    for name in reversed(CYCLE):
        op.drop_column("account_billing_account", name)


def _runs() -> None:
    op.create_table(
        "billing_bill_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_no", sa.String(20), nullable=False),
        sa.Column("closing", sa.Date(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("started_by", sa.String(80), nullable=False),
        sa.Column("approved_by", sa.String(80), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_bill_run")),
        sa.UniqueConstraint("run_no", name=op.f("uq_billing_bill_run_run_no")),
    )
    op.create_index(
        "uq_billing_bill_run_open",
        "billing_bill_run",
        ["closing"],
        unique=True,
        postgresql_where=sa.text("state IN ('running', 'checked', 'approved')"),
    )
    op.create_table(
        "billing_bill_run_chunk",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_account", sa.Uuid(), nullable=False),
        sa.Column("last_account", sa.Uuid(), nullable=False),
        sa.Column("accounts", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("bills", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(18, 4), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["billing_bill_run.id"], name=op.f("fk_billing_bill_run_chunk_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "number", name=op.f("pk_billing_bill_run_chunk")),
    )


def _corrections() -> None:
    op.create_table(
        "billing_adjustment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("billing_account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("amount", AMOUNT, nullable=False),
        sa.Column("taxed", sa.Boolean(), nullable=False),
        sa.Column("name_ar", sa.String(200), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("entered_by", sa.String(80), nullable=False),
        sa.Column("decided_by", sa.String(80), nullable=True),
        sa.Column("bill_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["billing_account_id"],
            ["account_billing_account.id"],
            name=op.f("fk_billing_adjustment_billing_account_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_adjustment")),
    )
    op.create_index(
        "ix_billing_adjustment_account",
        "billing_adjustment",
        ["billing_account_id"],
        postgresql_where=sa.text("state = 'approved'"),
    )
    op.create_table(
        "billing_credit_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_no", sa.String(20), nullable=True),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("billing_account_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("unit", sa.String(3), nullable=False),
        sa.Column("tax_excluded", AMOUNT, nullable=False),
        sa.Column("tax", AMOUNT, nullable=False),
        sa.Column("tax_included", AMOUNT, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("entered_by", sa.String(80), nullable=False),
        sa.Column("decided_by", sa.String(80), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bill_id"], ["billing_customer_bill.id"], name=op.f("fk_billing_credit_note_bill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_credit_note")),
        sa.UniqueConstraint("note_no", name=op.f("uq_billing_credit_note_note_no")),
    )
    op.create_index(op.f("ix_billing_credit_note_bill_id"), "billing_credit_note", ["bill_id"])
    op.create_table(
        "billing_credit_note_line",
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("tax_excluded", AMOUNT, nullable=False),
        sa.Column("tax", AMOUNT, nullable=False),
        sa.Column("tax_included", AMOUNT, nullable=False),
        sa.ForeignKeyConstraint(
            ["note_id"],
            ["billing_credit_note.id"],
            name=op.f("fk_billing_credit_note_line_note_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["billing_applied_rate.id"], name=op.f("fk_billing_credit_note_line_line_id")
        ),
        sa.PrimaryKeyConstraint("note_id", "line_id", name=op.f("pk_billing_credit_note_line")),
    )
    op.create_index(op.f("ix_billing_credit_note_line_line_id"), "billing_credit_note_line", ["line_id"])
    op.create_table(
        "billing_bill_on_demand",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("billing_account_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(200), nullable=True),
        sa.Column("description", sa.String(500), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["billing_account_id"],
            ["account_billing_account.id"],
            name=op.f("fk_billing_bill_on_demand_billing_account_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_bill_on_demand")),
    )
    op.create_index(
        op.f("ix_billing_bill_on_demand_billing_account_id"), "billing_bill_on_demand", ["billing_account_id"]
    )
