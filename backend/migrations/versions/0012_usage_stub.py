"""Rated usage, as bills take it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rating_rate_class",
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("name_ar", sa.String(120), nullable=False),
        sa.Column("name_en", sa.String(120), nullable=False),
        sa.Column("quantity_unit", sa.String(10), nullable=False),
        sa.Column("quantity_size", sa.Numeric(12, 3), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_rating_rate_class"),
    )
    op.create_table(
        "rating_rated_usage",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("usage_id", sa.Uuid(), nullable=True),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("rate_class", sa.String(60), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("quantity", sa.Numeric(16, 3), nullable=False),
        sa.Column("included_quantity", sa.Numeric(16, 3), nullable=False),
        sa.Column("amount", sa.Numeric(18, 6), nullable=False),
        sa.Column("unit", sa.String(3), nullable=False),
        sa.Column("reverses_id", sa.BigInteger(), nullable=True),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_rating_rated_usage"),
    )
    op.create_index(
        "ix_rating_rated_usage_unbilled",
        "rating_rated_usage",
        ["product_id", "local_date"],
        postgresql_where=sa.text("bill_id IS NULL"),
    )
    op.create_index(
        "ix_rating_rated_usage_bill_id",
        "rating_rated_usage",
        ["bill_id"],
        postgresql_where=sa.text("bill_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("rating_rated_usage")
    op.drop_table("rating_rate_class")
