"""Prepaid balances: buckets, what moves in them, reservations, vouchers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "prepaid_recharge_tries",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_prepaid_recharge_tries")),
    )
    op.create_table(
        "prepaid_voucher_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch_no", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("unit", sa.String(length=3), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepaid_voucher_batch")),
        sa.UniqueConstraint("batch_no", name=op.f("uq_prepaid_voucher_batch_batch_no")),
    )
    op.create_table(
        "prepaid_voucher",
        sa.Column("serial", sa.String(length=24), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(length=43), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_for", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["prepaid_voucher_batch.id"], name=op.f("fk_prepaid_voucher_batch_id")),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_prepaid_voucher")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_prepaid_voucher_code_hash")),
    )
    op.create_index(op.f("ix_prepaid_voucher_batch_id"), "prepaid_voucher", ["batch_id"], unique=False)
    op.create_table(
        "prepaid_balance",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("active_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("renews_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("low_told", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account_billing_account.id"], name=op.f("fk_prepaid_balance_account_id")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["ordering_product.id"], name=op.f("fk_prepaid_balance_product_id")),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_prepaid_balance")),
    )
    op.create_index(
        "ix_prepaid_balance_ending",
        "prepaid_balance",
        ["active_until"],
        unique=False,
        postgresql_where=sa.text("status <> 'expired'"),
    )
    op.create_index("ix_prepaid_balance_party_id", "prepaid_balance", ["party_id"], unique=False)
    op.create_index(
        "ix_prepaid_balance_renewal",
        "prepaid_balance",
        ["renews_at"],
        unique=False,
        postgresql_where=sa.text("renews_at IS NOT NULL"),
    )
    op.create_table(
        "prepaid_action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=True),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("receiver_id", sa.Uuid(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("usage_type", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("failure", sa.String(length=60), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("source", sa.String(length=120), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["prepaid_balance.product_id"], name=op.f("fk_prepaid_action_product_id")
        ),
        sa.ForeignKeyConstraint(
            ["receiver_id"], ["prepaid_balance.product_id"], name=op.f("fk_prepaid_action_receiver_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepaid_action")),
        sa.UniqueConstraint("source", name=op.f("uq_prepaid_action_source")),
    )
    op.create_index("ix_prepaid_action_product_id", "prepaid_action", ["product_id", "requested_at"], unique=False)
    op.create_table(
        "prepaid_bucket",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=True),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("usage_type", sa.String(length=10), nullable=True),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("promotional", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("remaining", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.Column("reserved", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.CheckConstraint("remaining >= 0", name=op.f("ck_prepaid_bucket_not_overdrawn")),
        sa.CheckConstraint(
            "reserved >= 0 AND (remaining IS NULL OR reserved <= remaining)",
            name=op.f("ck_prepaid_bucket_reserved_is_there"),
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["prepaid_balance.product_id"], name=op.f("fk_prepaid_bucket_product_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepaid_bucket")),
        postgresql_with={"fillfactor": "70"},
    )
    op.create_index(
        "ix_prepaid_bucket_ending",
        "prepaid_bucket",
        ["valid_until"],
        unique=False,
        postgresql_where=sa.text("status = 'active' AND valid_until IS NOT NULL"),
    )
    op.create_index(
        "ix_prepaid_bucket_product_id",
        "prepaid_bucket",
        ["product_id"],
        unique=False,
        postgresql_where=sa.text("status = 'active'"),
    )
    op.create_index(
        "uq_prepaid_bucket_purse",
        "prepaid_bucket",
        ["product_id"],
        unique=True,
        postgresql_where=sa.text("usage_type = 'monetary' AND NOT promotional AND status <> 'expired'"),
    )
    op.create_table(
        "prepaid_reservation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_ref", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=True),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("used", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("bucket_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("bucket_kinds", sa.ARRAY(sa.String(length=10)), nullable=False),
        sa.Column("amounts", sa.ARRAY(sa.Numeric(precision=18, scale=4)), nullable=False),
        sa.Column("price", sa.ARRAY(sa.Numeric(precision=18, scale=9)), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("failure", sa.String(length=60), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["prepaid_balance.product_id"], name=op.f("fk_prepaid_reservation_product_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepaid_reservation")),
        sa.UniqueConstraint("session_ref", "position", name=op.f("uq_prepaid_reservation_session_ref_position")),
    )
    op.create_index(
        "ix_prepaid_reservation_held",
        "prepaid_reservation",
        ["expires_at"],
        unique=False,
        postgresql_where=sa.text("status = 'created'"),
    )
    op.create_index(
        "ix_prepaid_reservation_product_id", "prepaid_reservation", ["product_id", "created_at"], unique=False
    )
    op.create_table(
        "prepaid_movement",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("bucket_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("usage_type", sa.String(length=10), nullable=False),
        sa.Column("amount", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("cause", sa.String(length=16), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.String(length=80), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bucket_id"], ["prepaid_bucket.id"], name=op.f("fk_prepaid_movement_bucket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepaid_movement")),
    )
    op.create_index("ix_prepaid_movement_product_id", "prepaid_movement", ["product_id", "id"], unique=False)
    op.create_index(
        "ix_prepaid_movement_unposted",
        "prepaid_movement",
        ["account_id"],
        unique=False,
        postgresql_where=sa.text("entry_id IS NULL AND usage_type = 'monetary'"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_prepaid_movement_unposted",
        table_name="prepaid_movement",
        postgresql_where=sa.text("entry_id IS NULL AND usage_type = 'monetary'"),
    )
    op.drop_index("ix_prepaid_movement_product_id", table_name="prepaid_movement")
    op.drop_table("prepaid_movement")
    op.drop_index("ix_prepaid_reservation_product_id", table_name="prepaid_reservation")
    op.drop_index(
        "ix_prepaid_reservation_held", table_name="prepaid_reservation", postgresql_where=sa.text("status = 'created'")
    )
    op.drop_table("prepaid_reservation")
    op.drop_index(
        "uq_prepaid_bucket_purse",
        table_name="prepaid_bucket",
        postgresql_where=sa.text("usage_type = 'monetary' AND NOT promotional AND status <> 'expired'"),
    )
    op.drop_index(
        "ix_prepaid_bucket_product_id", table_name="prepaid_bucket", postgresql_where=sa.text("status = 'active'")
    )
    op.drop_index(
        "ix_prepaid_bucket_ending",
        table_name="prepaid_bucket",
        postgresql_where=sa.text("status = 'active' AND valid_until IS NOT NULL"),
    )
    op.drop_table("prepaid_bucket")
    op.drop_index("ix_prepaid_action_product_id", table_name="prepaid_action")
    op.drop_table("prepaid_action")
    op.drop_index(
        "ix_prepaid_balance_renewal", table_name="prepaid_balance", postgresql_where=sa.text("renews_at IS NOT NULL")
    )
    op.drop_index("ix_prepaid_balance_party_id", table_name="prepaid_balance")
    op.drop_index(
        "ix_prepaid_balance_ending", table_name="prepaid_balance", postgresql_where=sa.text("status <> 'expired'")
    )
    op.drop_table("prepaid_balance")
    op.drop_index(op.f("ix_prepaid_voucher_batch_id"), table_name="prepaid_voucher")
    op.drop_table("prepaid_voucher")
    op.drop_table("prepaid_voucher_batch")
    op.drop_table("prepaid_recharge_tries")
