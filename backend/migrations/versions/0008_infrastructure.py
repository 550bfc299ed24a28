"""Answers kept for repeated requests are encrypted; hub subscriptions and deliveries, audit log, API clients."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _forget_answers(sa.Text())
    op.create_index(op.f("ix_infra_idempotent_answer_created_at"), "infra_idempotent_answer", ["created_at"])


def downgrade() -> None:
    op.drop_index("ix_infra_idempotent_answer_created_at", "infra_idempotent_answer")
    _forget_answers(postgresql.JSONB())


def _forget_answers(body: sa.types.TypeEngine) -> None:
    """Answers of the old kind are forgotten: they live for days at most."""
    op.execute("DELETE FROM infra_idempotent_answer")
    op.drop_column("infra_idempotent_answer", "body")
    op.add_column("infra_idempotent_answer", sa.Column("body", body, nullable=True))
