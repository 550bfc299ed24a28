"""Answers kept for repeated requests are encrypted; hub subscriptions and deliveries, audit log, API clients."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


AUDIT_INDEXES = {
    "entity": ["entity", "entity_id"],
    "party": ["party_id", "at"],
    "actor": ["actor", "at"],
    "at": ["at"],
}
REFUSE_CHANGES = """
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only: % is refused', TG_OP
    USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def upgrade() -> None:
    _forget_answers(sa.Text())
    op.create_index(op.f("ix_infra_idempotent_answer_created_at"), "infra_idempotent_answer", ["created_at"])

    op.create_table(
        "infra_audit_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.String(length=12), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("actor_name", sa.String(length=80), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=True),
        sa.Column("operation", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("entity", sa.String(length=80), nullable=False),
        sa.Column("entity_id", sa.String(length=80), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("before", postgresql.JSONB(), nullable=True),
        sa.Column("after", postgresql.JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_infra_audit_entry")),
    )
    for name, columns in AUDIT_INDEXES.items():
        op.create_index(f"ix_infra_audit_entry_{name}", "infra_audit_entry", columns)
    op.execute(REFUSE_CHANGES)
    op.execute(
        "CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON infra_audit_entry"
        " FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()"
    )
    op.create_table(
        "infra_hub_subscription",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("api", sa.String(length=10), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("callback", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=True),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_infra_hub_subscription")),
    )
    op.create_index(op.f("ix_infra_hub_subscription_api"), "infra_hub_subscription", ["api"])
    op.create_table(
        "infra_hub_delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subscription_id", sa.Uuid(), nullable=False),
        sa.Column("event_type", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(length=300), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_infra_hub_delivery")),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["infra_hub_subscription.id"],
            name=op.f("fk_infra_hub_delivery_subscription_id"),
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_infra_hub_delivery_subscription", "infra_hub_delivery", ["subscription_id", "created_at"])
    op.create_table(
        "access_api_client",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("secret_hash", sa.String(length=200), nullable=False),
        sa.Column("permissions", postgresql.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_api_client")),
        sa.UniqueConstraint("name", name=op.f("uq_access_api_client_name")),
    )


def downgrade() -> None:
    for table in ("access_api_client", "infra_hub_delivery", "infra_hub_subscription", "infra_audit_entry"):
        op.drop_table(table)
    op.execute("DROP FUNCTION audit_is_append_only()")
    op.drop_index("ix_infra_idempotent_answer_created_at", "infra_idempotent_answer")
    _forget_answers(postgresql.JSONB())


def _forget_answers(body: sa.types.TypeEngine) -> None:
    """Answers of the old kind are forgotten: they live for days at most."""
    op.execute("DELETE FROM infra_idempotent_answer")
    op.drop_column("infra_idempotent_answer", "body")
    op.add_column("infra_idempotent_answer", sa.Column("body", body, nullable=True))
