"""Usage by file and over HTTP, what it costs record by record, and the prices that say so."""

from datetime import datetime, time, timedelta

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from backend.infra.operator import load_operator

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = postgresql.JSONB()
EMPTY = sa.text("'{}'")


def upgrade() -> None:
    op.create_table(
        "usage_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("source", sa.String(60), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("counts", JSON, server_default=EMPTY, nullable=False),
        sa.Column("reason", sa.String(500), nullable=True),
        sa.Column("kept_as", sa.String(300), nullable=True),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("loaded_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_usage_file"),
    )
    op.create_index("uq_usage_file_sha256", "usage_file", ["sha256"], unique=True)
    op.create_index("ix_usage_file_source", "usage_file", ["source", "sequence"])
    _extend_usage()
    op.create_table(
        "usage_suspended_record",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("raw", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(160), nullable=True),
        sa.Column("record", JSON, server_default=EMPTY, nullable=False),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["usage_file.id"], name="fk_usage_suspended_record_file_id"),
        sa.PrimaryKeyConstraint("id", name="pk_usage_suspended_record"),
    )
    op.create_index("uq_usage_suspended_record_line", "usage_suspended_record", ["file_id", "line_no"], unique=True)
    op.create_index("ix_usage_suspended_record_state", "usage_suspended_record", ["state", "id"])
    op.create_table(
        "usage_collection",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["ordering_product.id"], name="fk_usage_collection_product_id"),
        sa.PrimaryKeyConstraint("product_id", name="pk_usage_collection"),
    )
    op.create_table(
        "usage_specification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document", JSON, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_usage_specification"),
    )
    _create_rating()


def _extend_usage() -> None:
    table = "usage_usage"
    op.alter_column(table, "record_id", type_=sa.String(160))
    op.alter_column(table, "product_id", nullable=True)
    op.alter_column(table, "kind", type_=sa.String(10))
    op.alter_column(table, "quantity", type_=sa.Numeric(20, 6))
    op.alter_column(table, "destination", type_=sa.String(40))
    op.alter_column(table, "id", server_default=sa.text("gen_random_uuid()"))
    op.add_column(table, sa.Column("status", sa.String(10), server_default="guided", nullable=False))
    op.add_column(table, sa.Column("units", sa.BigInteger(), nullable=True))
    op.execute("UPDATE usage_usage SET units = ceil(quantity * CASE kind WHEN 'data' THEN 1048576 ELSE 1 END)")
    op.alter_column(table, "units", nullable=False)
    _mark_billed(table)
    op.add_column(table, sa.Column("calling", sa.String(40), nullable=True))
    op.add_column(table, sa.Column("visited", sa.String(12), nullable=True))
    op.add_column(table, sa.Column("parts", sa.Integer(), server_default="1", nullable=False))
    op.add_column(table, sa.Column("file_id", sa.Uuid(), nullable=True))
    op.add_column(table, sa.Column("line_no", sa.Integer(), nullable=True))
    op.add_column(table, sa.Column("document", JSON, server_default=EMPTY, nullable=False))
    op.create_foreign_key("fk_usage_usage_file_id", table, "usage_file", ["file_id"], ["id"])
    op.create_index("ix_usage_usage_started_at", table, ["started_at", "id"])
    op.create_index("ix_usage_usage_unrated", table, ["product_id"], postgresql_where=sa.text("status = 'guided'"))
    op.create_index("ix_usage_usage_file_id", table, ["file_id"], postgresql_where=sa.text("file_id IS NOT NULL"))


def _mark_billed(table: str) -> None:
    """What bills of before have charged must not be rated for the next ones."""
    last = op.get_bind().execute(sa.text("SELECT max(period_end) FROM billing_customer_bill")).scalar()
    if last is not None:
        until = datetime.combine(last + timedelta(days=1), time(), tzinfo=load_operator().zone_info)
        billed = sa.text(f"UPDATE {table} SET status = 'billed' WHERE started_at < :until")
        op.get_bind().execute(billed, {"until": until})


def _create_rating() -> None:
    op.create_table(
        "rating_rate_class",
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("name_ar", sa.String(120), nullable=False),
        sa.Column("name_en", sa.String(120), nullable=False),
        sa.Column("quantity_unit", sa.String(20), nullable=False),
        sa.Column("quantity_size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_rating_rate_class"),
    )
    op.create_table(
        "rating_rated_usage",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("usage_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("rate_class", sa.String(60), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("quantity", sa.Numeric(20, 6), nullable=False),
        sa.Column("included_quantity", sa.Numeric(20, 6), nullable=False),
        sa.Column("amount", sa.Numeric(18, 6), nullable=False),
        sa.Column("unit", sa.String(3), nullable=False),
        sa.Column("reverses_id", sa.BigInteger(), nullable=True),
        sa.Column("rated_at", MOMENT, nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["usage_id"], ["usage_usage.id"], name="fk_rating_rated_usage_usage_id"),
        sa.ForeignKeyConstraint(["rate_class"], ["rating_rate_class.key"], name="fk_rating_rated_usage_rate_class"),
        sa.PrimaryKeyConstraint("id", name="pk_rating_rated_usage"),
    )
    table = "rating_rated_usage"
    unbilled, billed = sa.text("bill_id IS NULL"), sa.text("bill_id IS NOT NULL")
    op.create_index("ix_rating_rated_usage_unbilled", table, ["product_id", "local_date"], postgresql_where=unbilled)
    op.create_index("ix_rating_rated_usage_usage_id", table, ["usage_id"])
    op.create_index("ix_rating_rated_usage_bill_id", table, ["bill_id"], postgresql_where=billed)
    op.create_index("ix_rating_rated_usage_span", table, ["product_id", "local_date"])
    op.create_index(
        "uq_rating_rated_usage_reverses_id",
        table,
        ["reverses_id"],
        unique=True,
        postgresql_where=sa.text("reverses_id IS NOT NULL"),
    )
    op.create_table(
        "rating_tally",
        sa.Column("scope", sa.String(120), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "since", name="pk_rating_tally"),
    )
    op.create_index("ix_rating_tally_owner_id", "rating_tally", ["owner_id"])
    op.create_table(
        "rating_rate_book",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("loaded_by", sa.String(80), nullable=False),
        sa.Column("loaded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rating_rate_book"),
        sa.UniqueConstraint("valid_from", name="uq_rating_rate_book_valid_from"),
    )


def downgrade() -> None:
    for table in ("rating_rate_book", "rating_tally", "rating_rated_usage", "rating_rate_class"):
        op.drop_table(table)
    for table in ("usage_specification", "usage_collection", "usage_suspended_record"):
        op.drop_table(table)
    table = "usage_usage"
    for index in ("ix_usage_usage_file_id", "ix_usage_usage_unrated", "ix_usage_usage_started_at"):
        op.drop_index(index, table)
    op.drop_constraint("fk_usage_usage_file_id", table, type_="foreignkey")
    for column in ("document", "line_no", "file_id", "parts", "visited", "calling", "units", "status"):
        op.drop_column(table, column)
    op.alter_column(table, "id", server_default=None)
    op.execute("DELETE FROM usage_usage WHERE product_id IS NULL OR kind = 'valueAdded'")
    op.alter_column(table, "destination", type_=sa.String(20), postgresql_using="left(destination, 20)")
    op.alter_column(table, "quantity", type_=sa.Numeric(14, 3))
    op.alter_column(table, "kind", type_=sa.String(8))
    op.alter_column(table, "product_id", nullable=False)
    op.alter_column(table, "record_id", type_=sa.String(80), postgresql_using="left(record_id, 80)")
    op.drop_table("usage_file")
