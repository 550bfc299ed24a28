"""Payments with what belongs to them, and bills on their way to customers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payment_callback",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.String(length=80), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("result", sa.String(length=12), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_callback")),
    )
    op.create_index("ix_payment_callback_event_id", "payment_callback", ["event_id"], unique=False)
    op.create_index("ix_payment_callback_reference", "payment_callback", ["reference", "received_at"], unique=False)
    op.create_table(
        "payment_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("profile", sa.String(length=40), nullable=False),
        sa.Column("file_no", sa.String(length=40), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("line_sum", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_file")),
    )
    op.create_index("ix_payment_file_loaded_at", "payment_file", ["loaded_at"], unique=False)
    op.create_index(
        "uq_payment_file_no",
        "payment_file",
        ["profile", "file_no"],
        unique=True,
        postgresql_where=sa.text("state = 'loaded'"),
    )
    op.create_index(
        "uq_payment_file_sha256",
        "payment_file",
        ["sha256"],
        unique=True,
        postgresql_where=sa.text("state <> 'refused'"),
    )
    op.create_table(
        "payment_sandbox_charge",
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("merchant_reference", sa.String(length=80), nullable=False),
        sa.Column("unit", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("return_url", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("save_card", sa.Boolean(), nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refunded", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_payment_sandbox_charge")),
        sa.UniqueConstraint("merchant_reference", name=op.f("uq_payment_sandbox_charge_merchant_reference")),
    )
    op.create_table(
        "delivery_preference",
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("preference", sa.String(length=10), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party_party.id"], name=op.f("fk_delivery_preference_party_id")),
        sa.PrimaryKeyConstraint("party_id", name=op.f("pk_delivery_preference")),
    )
    op.create_table(
        "payment_autopay",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("billing_account_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("consent_version", sa.String(length=20), nullable=False),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("consent_by", sa.String(length=80), nullable=False),
        sa.Column("gateway_reference", sa.String(length=80), nullable=False),
        sa.Column("redirect_url", sa.String(length=500), nullable=True),
        sa.Column("token", sa.Text(), nullable=True),
        sa.Column("label", sa.String(length=40), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["billing_account_id"], ["account_billing_account.id"], name=op.f("fk_payment_autopay_billing_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_autopay")),
        sa.UniqueConstraint("gateway_reference", name=op.f("uq_payment_autopay_gateway_reference")),
    )
    op.create_index("ix_payment_autopay_party_id", "payment_autopay", ["party_id"], unique=False)
    op.create_index(
        "uq_payment_autopay_active",
        "payment_autopay",
        ["billing_account_id"],
        unique=True,
        postgresql_where=sa.text("state = 'active'"),
    )
    op.create_table(
        "delivery_bill_document",
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("template", sa.String(length=20), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["bill_id"], ["billing_customer_bill.id"], name=op.f("fk_delivery_bill_document_bill_id")
        ),
        sa.PrimaryKeyConstraint("bill_id", "language", name=op.f("pk_delivery_bill_document")),
    )
    op.create_table(
        "delivery_delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["billing_customer_bill.id"], name=op.f("fk_delivery_delivery_bill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_delivery")),
        sa.UniqueConstraint("bill_id", "channel", name=op.f("uq_delivery_delivery_bill_id_channel")),
    )
    op.create_index("ix_delivery_delivery_message_id", "delivery_delivery", ["message_id"], unique=False)
    op.create_index("ix_delivery_delivery_party_id", "delivery_delivery", ["party_id", "created_at"], unique=False)
    op.create_table(
        "payment_payment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_no", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("status_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("billing_account_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=True),
        sa.Column("product_id", sa.Uuid(), nullable=True),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("reversed_amount", sa.Numeric(precision=14, scale=4), server_default="0", nullable=False),
        sa.Column("gateway_reference", sa.String(length=80), nullable=True),
        sa.Column("redirect_url", sa.String(length=500), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("held", sa.String(length=30), nullable=True),
        sa.Column("receipt_no", sa.String(length=20), nullable=True),
        sa.Column("taken_by", sa.String(length=80), nullable=True),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payment_payment_positive")),
        sa.CheckConstraint(
            "reversed_amount >= 0 AND reversed_amount <= amount", name=op.f("ck_payment_payment_reversed_within")
        ),
        sa.ForeignKeyConstraint(["bill_id"], ["billing_customer_bill.id"], name=op.f("fk_payment_payment_bill_id")),
        sa.ForeignKeyConstraint(
            ["billing_account_id"], ["account_billing_account.id"], name=op.f("fk_payment_payment_billing_account_id")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["ordering_product.id"], name=op.f("fk_payment_payment_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_payment")),
        sa.UniqueConstraint("gateway_reference", name=op.f("uq_payment_payment_gateway_reference")),
        sa.UniqueConstraint("payment_no", name=op.f("uq_payment_payment_payment_no")),
        sa.UniqueConstraint("receipt_no", name=op.f("uq_payment_payment_receipt_no")),
    )
    op.create_index("ix_payment_payment_account", "payment_payment", ["billing_account_id", "created_at"], unique=False)
    op.create_index(
        "ix_payment_payment_open",
        "payment_payment",
        ["created_at"],
        unique=False,
        postgresql_where=sa.text("status IN ('pendingAuthorization')"),
    )
    op.create_index("ix_payment_payment_party_id", "payment_payment", ["party_id", "created_at"], unique=False)
    op.create_table(
        "payment_allocation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["billing_customer_bill.id"], name=op.f("fk_payment_allocation_bill_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payment_payment.id"], name=op.f("fk_payment_allocation_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_allocation")),
    )
    op.create_index("ix_payment_allocation_payment_id", "payment_allocation", ["payment_id"], unique=False)
    op.create_table(
        "payment_autopay_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("autopay_id", sa.Uuid(), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["autopay_id"], ["payment_autopay.id"], name=op.f("fk_payment_autopay_attempt_autopay_id")
        ),
        sa.ForeignKeyConstraint(
            ["bill_id"], ["billing_customer_bill.id"], name=op.f("fk_payment_autopay_attempt_bill_id")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment_payment.id"], name=op.f("fk_payment_autopay_attempt_payment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_autopay_attempt")),
        sa.UniqueConstraint("bill_id", "number", name=op.f("uq_payment_autopay_attempt_bill_id_number")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_payment_autopay_attempt_payment_id")),
    )
    op.create_table(
        "payment_file_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("profile", sa.String(length=40), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("bank_reference", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("value_date", sa.Date(), nullable=True),
        sa.Column("unit", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["payment_file.id"], name=op.f("fk_payment_file_line_file_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payment_payment.id"], name=op.f("fk_payment_file_line_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_file_line")),
        sa.UniqueConstraint("file_id", "line_no", name=op.f("uq_payment_file_line_file_id_line_no")),
    )
    op.create_index(
        "ix_payment_file_line_waiting",
        "payment_file_line",
        ["state", "id"],
        unique=False,
        postgresql_where=sa.text("state IN ('pending', 'suspense')"),
    )
    op.create_index(
        "uq_payment_file_line_once",
        "payment_file_line",
        ["profile", "bank_reference"],
        unique=True,
        postgresql_where=sa.text("state IN ('pending', 'paid', 'suspense')"),
    )
    op.create_table(
        "payment_refund",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("refund_no", sa.String(length=20), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("unit", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("status_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("asked_by", sa.String(length=80), nullable=False),
        sa.Column("approved_by", sa.String(length=80), nullable=True),
        sa.Column("gateway_reference", sa.String(length=80), nullable=True),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payment_refund_positive")),
        sa.ForeignKeyConstraint(["payment_id"], ["payment_payment.id"], name=op.f("fk_payment_refund_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_refund")),
        sa.UniqueConstraint("refund_no", name=op.f("uq_payment_refund_refund_no")),
    )
    op.create_index("ix_payment_refund_party_id", "payment_refund", ["party_id", "created_at"], unique=False)
    op.create_index("ix_payment_refund_payment_id", "payment_refund", ["payment_id"], unique=False)


def downgrade() -> None:
    for table in (
        "payment_refund",
        "payment_file_line",
        "payment_autopay_attempt",
        "payment_allocation",
        "payment_payment",
        "delivery_delivery",
        "delivery_bill_document",
        "payment_autopay",
        "delivery_preference",
        "payment_sandbox_charge",
        "payment_file",
        "payment_callback",
    ):
        op.drop_table(table)
