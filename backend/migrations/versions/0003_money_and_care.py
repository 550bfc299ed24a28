"""Money and care: ledger, usage, bills, disputes, tickets, interactions, and the start page's people."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

REFUSE_CHANGES = """
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only: % of % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
LEDGER_TABLES = ("ledger_entry", "ledger_posting")


def upgrade() -> None:
    op.create_table(
        "billing_billing_account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_no", sa.String(length=20), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("credit_amount", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_billing_account")),
        sa.UniqueConstraint("account_no", name=op.f("uq_billing_billing_account_account_no")),
        sa.UniqueConstraint("party_id", name=op.f("uq_billing_billing_account_party_id")),
    )
    op.create_table(
        "interactions_party_interaction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interactions_party_interaction")),
    )
    op.create_index(
        "ix_interactions_party_interaction_party",
        "interactions_party_interaction",
        ["party_id", "started_at"],
        unique=False,
    )
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=30), nullable=False),
        sa.Column("source_id", sa.String(length=80), nullable=False),
        sa.Column("entry_date", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_ledger_entry_source_source_id")),
    )
    op.create_table(
        "sandbox_demonstration_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=12), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sandbox_demonstration_person")),
    )
    op.create_table(
        "tickets_trouble_ticket",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_no", sa.String(length=20), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=True),
        sa.Column("ticket_type", sa.String(length=20), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("status", sa.String(length=14), nullable=False),
        sa.Column("line_test", sa.String(length=12), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expected_resolution_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets_trouble_ticket")),
        sa.UniqueConstraint("ticket_no", name=op.f("uq_tickets_trouble_ticket_ticket_no")),
    )
    op.create_index(
        "ix_tickets_trouble_ticket_party", "tickets_trouble_ticket", ["party_id", "created_at"], unique=False
    )
    op.create_table(
        "usage_usage",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.String(length=80), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("destination", sa.String(length=20), nullable=True),
        sa.Column("collected_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_usage_usage")),
        sa.UniqueConstraint("record_id", name=op.f("uq_usage_usage_record_id")),
    )
    op.create_index("ix_usage_usage_product", "usage_usage", ["product_id", "started_at"], unique=False)
    op.create_table(
        "billing_customer_bill",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bill_no", sa.String(length=20), nullable=False),
        sa.Column("billing_account_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("bill_date", sa.Date(), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("unit", sa.String(length=3), nullable=False),
        sa.Column("tax_excluded", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("tax", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("tax_included", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("remaining_amount", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("disputed_amount", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("state", sa.String(length=14), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("disputed_amount >= 0", name=op.f("ck_billing_customer_bill_dispute_not_negative")),
        sa.CheckConstraint("remaining_amount >= 0", name=op.f("ck_billing_customer_bill_not_overpaid")),
        sa.ForeignKeyConstraint(
            ["billing_account_id"],
            ["billing_billing_account.id"],
            name=op.f("fk_billing_customer_bill_billing_account_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_customer_bill")),
        sa.UniqueConstraint("bill_no", name=op.f("uq_billing_customer_bill_bill_no")),
        sa.UniqueConstraint(
            "billing_account_id", "period_start", name=op.f("uq_billing_customer_bill_billing_account_id_period_start")
        ),
    )
    op.create_index("ix_billing_customer_bill_party", "billing_customer_bill", ["party_id", "bill_date"], unique=False)
    op.create_table(
        "interactions_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interaction_id", sa.Uuid(), nullable=False),
        sa.Column("item_date", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.String(length=10), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("intent", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions_party_interaction.id"],
            name=op.f("fk_interactions_item_interaction_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interactions_item")),
    )
    op.create_index(
        "ix_interactions_item_interaction", "interactions_item", ["interaction_id", "item_date"], unique=False
    )
    op.create_table(
        "ledger_posting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(length=30), nullable=False),
        sa.Column("billing_account_id", sa.Uuid(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=16, scale=4), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["ledger_entry.id"], name=op.f("fk_ledger_posting_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_posting")),
    )
    op.create_index("ix_ledger_posting_account", "ledger_posting", ["billing_account_id", "account"], unique=False)
    op.create_index(op.f("ix_ledger_posting_entry_id"), "ledger_posting", ["entry_id"], unique=False)
    op.create_table(
        "tickets_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("author", sa.String(length=80), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets_trouble_ticket.id"], name=op.f("fk_tickets_note_ticket_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets_note")),
    )
    op.create_index(op.f("ix_tickets_note_ticket_id"), "tickets_note", ["ticket_id"], unique=False)
    op.create_table(
        "billing_applied_rate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("name_ar", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=True),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=14, scale=3), nullable=True),
        sa.Column("quantity_unit", sa.String(length=10), nullable=True),
        sa.Column("tax_percent", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("tax_excluded", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("tax", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("tax_included", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.ForeignKeyConstraint(
            ["bill_id"], ["billing_customer_bill.id"], name=op.f("fk_billing_applied_rate_bill_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_applied_rate")),
        sa.UniqueConstraint("bill_id", "position", name=op.f("uq_billing_applied_rate_bill_id_position")),
    )
    op.create_table(
        "disputes_dispute",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dispute_no", sa.String(length=20), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("unit", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("decision_due_date", sa.Date(), nullable=False),
        sa.Column("resolution", sa.String(), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bill_id"], ["billing_customer_bill.id"], name=op.f("fk_disputes_dispute_bill_id")),
        sa.ForeignKeyConstraint(["line_id"], ["billing_applied_rate.id"], name=op.f("fk_disputes_dispute_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputes_dispute")),
        sa.UniqueConstraint("dispute_no", name=op.f("uq_disputes_dispute_dispute_no")),
    )
    op.create_index("ix_disputes_dispute_party", "disputes_dispute", ["party_id", "created_at"], unique=False)
    op.create_index(
        "uq_disputes_dispute_open",
        "disputes_dispute",
        ["bill_id", sa.literal_column("coalesce(line_id, '00000000-0000-0000-0000-000000000000'::uuid)")],
        unique=True,
        postgresql_where=sa.text("state IN ('opened', 'underReview')"),
    )
    op.execute(REFUSE_CHANGES)
    for table in LEDGER_TABLES:
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()"
        )


def downgrade() -> None:
    op.drop_index(
        "uq_disputes_dispute_open",
        table_name="disputes_dispute",
        postgresql_where=sa.text("state IN ('opened', 'underReview')"),
    )
    op.drop_index("ix_disputes_dispute_party", table_name="disputes_dispute")
    op.drop_table("disputes_dispute")
    op.drop_table("billing_applied_rate")
    op.drop_index(op.f("ix_tickets_note_ticket_id"), table_name="tickets_note")
    op.drop_table("tickets_note")
    op.drop_index(op.f("ix_ledger_posting_entry_id"), table_name="ledger_posting")
    op.drop_index("ix_ledger_posting_account", table_name="ledger_posting")
    op.drop_table("ledger_posting")
    op.drop_index("ix_interactions_item_interaction", table_name="interactions_item")
    op.drop_table("interactions_item")
    op.drop_index("ix_billing_customer_bill_party", table_name="billing_customer_bill")
    op.drop_table("billing_customer_bill")
    op.drop_index("ix_usage_usage_product", table_name="usage_usage")
    op.drop_table("usage_usage")
    op.drop_index("ix_tickets_trouble_ticket_party", table_name="tickets_trouble_ticket")
    op.drop_table("tickets_trouble_ticket")
    op.drop_table("sandbox_demonstration_person")
    op.drop_table("ledger_entry")
    op.drop_index("ix_interactions_party_interaction_party", table_name="interactions_party_interaction")
    op.drop_table("interactions_party_interaction")
    op.drop_table("billing_billing_account")
    op.execute("DROP FUNCTION ledger_is_append_only()")
