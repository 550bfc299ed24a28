"""What the money engine stands on: sold versions, spans without service, and postings that name their bill."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ordering_product", sa.Column("offering_version", sa.String(20), nullable=True))
    op.create_table(
        "ordering_suspension",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["product_id"], ["ordering_product.id"], name="fk_ordering_suspension_product_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ordering_suspension"),
    )
    op.create_index(
        "uq_ordering_suspension_open",
        "ordering_suspension",
        ["product_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_ordering_suspension_product_id", "ordering_suspension", ["product_id", "began_at"])
    op.execute(  # since when is not known of those that do not work today
        "INSERT INTO ordering_suspension (id, product_id, began_at)"
        " SELECT gen_random_uuid(), id, now() FROM ordering_product WHERE status = 'suspended'"
    )
    op.add_column("ledger_posting", sa.Column("bill_id", sa.Uuid(), nullable=True))
    op.create_index(
        "ix_ledger_posting_bill_id", "ledger_posting", ["bill_id"], postgresql_where=sa.text("bill_id IS NOT NULL")
    )


def downgrade() -> None:
    op.drop_index("ix_ledger_posting_bill_id", "ledger_posting")
    op.drop_column("ledger_posting", "bill_id")
    op.drop_table("ordering_suspension")
    op.drop_column("ordering_product", "offering_version")
