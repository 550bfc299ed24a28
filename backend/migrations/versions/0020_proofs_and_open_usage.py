"""The last run of each nightly proof, which /metrics tells; usage that is not rated, by its state and time."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "infra_proof",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("findings", sa.Integer(), nullable=False),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_infra_proof"),
    )
    op.create_index(
        "ix_usage_usage_open",
        "usage_usage",
        ["status", "started_at", "id"],
        postgresql_where=sa.text("status NOT IN ('rated', 'rerated')"),
    )


def downgrade() -> None:
    op.drop_index("ix_usage_usage_open", "usage_usage")
    op.drop_table("infra_proof")
