"""The foundation: job queue, infrastructure, access, conversations."""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


DROP_QUEUE = """
DO $$
DECLARE thing record;
BEGIN
  FOR thing IN SELECT format('DROP TABLE IF EXISTS %I CASCADE', relname) AS sql FROM pg_class
      WHERE relkind = 'r' AND relname LIKE 'procrastinate\\_%' LOOP EXECUTE thing.sql; END LOOP;
  FOR thing IN SELECT format('DROP FUNCTION IF EXISTS %s CASCADE', oid::regprocedure) AS sql FROM pg_proc
      WHERE proname LIKE 'procrastinate\\_%' LOOP EXECUTE thing.sql; END LOOP;
  FOR thing IN SELECT format('DROP TYPE IF EXISTS %I CASCADE', typname) AS sql FROM pg_type
      WHERE typname LIKE 'procrastinate\\_%' AND typtype IN ('e', 'c') LOOP EXECUTE thing.sql; END LOOP;
END $$
"""


def upgrade() -> None:
    op.get_bind().connection.driver_connection.execute(SchemaManager.get_schema())
    op.execute("CREATE SCHEMA IF NOT EXISTS rasa")
    op.create_table(
        "access_conversation_grant",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_access_conversation_grant")),
    )
    op.create_index(
        op.f("ix_access_conversation_grant_party_id"), "access_conversation_grant", ["party_id"], unique=False
    )
    op.create_table(
        "access_staff_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("name_ar", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_staff_member")),
        sa.UniqueConstraint("username", name=op.f("uq_access_staff_member_username")),
    )
    op.create_table(
        "infra_clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift", sa.Interval(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_infra_clock_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_infra_clock")),
    )
    op.create_table(
        "infra_idempotent_answer",
        sa.Column("caller", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("caller", "key", name=op.f("pk_infra_idempotent_answer")),
    )
    op.create_table(
        "infra_outgoing_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_infra_outgoing_message")),
    )
    op.create_index("ix_infra_outgoing_message_created_at", "infra_outgoing_message", ["created_at"], unique=False)
    op.create_table(
        "infra_running_number",
        sa.Column("prefix", sa.String(length=8), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", "year", name=op.f("pk_infra_running_number")),
    )
    op.create_table(
        "access_one_time_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("recipient_fingerprint", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("tries_left", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["access_conversation_grant.conversation_id"],
            name=op.f("fk_access_one_time_code_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_one_time_code")),
    )
    op.create_index(
        "ix_access_one_time_code_conversation",
        "access_one_time_code",
        ["conversation_id", "created_at"],
        unique=False,
    )
    op.create_index(
        "ix_access_one_time_code_recipient",
        "access_one_time_code",
        ["recipient_fingerprint", "created_at"],
        unique=False,
    )
    op.create_table(
        "conversations_conversation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("owner", sa.String(length=10), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=True),
        sa.Column("interaction_id", sa.Uuid(), nullable=True),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("apologised", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["access_staff_member.id"], name=op.f("fk_conversations_conversation_agent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations_conversation")),
    )
    op.create_index(
        op.f("ix_conversations_conversation_active_at"),
        "conversations_conversation",
        ["active_at"],
        unique=False,
    )
    op.create_index(
        "ix_conversations_conversation_queue",
        "conversations_conversation",
        ["queued_at"],
        unique=False,
        postgresql_where=sa.text("owner = 'queued'"),
    )
    op.create_table(
        "conversations_handoff",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("packet", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["claimed_by"], ["access_staff_member.id"], name=op.f("fk_conversations_handoff_claimed_by")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations_conversation.id"],
            name=op.f("fk_conversations_handoff_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations_handoff")),
    )
    op.create_index(
        op.f("ix_conversations_handoff_conversation_id"),
        "conversations_handoff",
        ["conversation_id"],
        unique=False,
    )
    op.create_table(
        "conversations_message",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("sender", sa.String(length=10), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("buttons", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=True),
        sa.Column("payload", sa.String(), nullable=True),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("try_after", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations_conversation.id"],
            name=op.f("fk_conversations_message_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name=op.f("pk_conversations_message")),
        sa.UniqueConstraint(
            "conversation_id", "client_id", name=op.f("uq_conversations_message_conversation_id_client_id")
        ),
    )
    op.create_index(
        "ix_conversations_message_open",
        "conversations_message",
        ["conversation_id", "seq"],
        unique=False,
        postgresql_where=sa.text("state IN ('waiting', 'working')"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_conversations_message_open",
        table_name="conversations_message",
        postgresql_where=sa.text("state IN ('waiting', 'working')"),
    )
    op.drop_table("conversations_message")
    op.drop_index(op.f("ix_conversations_handoff_conversation_id"), table_name="conversations_handoff")
    op.drop_table("conversations_handoff")
    op.drop_index(
        "ix_conversations_conversation_queue",
        table_name="conversations_conversation",
        postgresql_where=sa.text("owner = 'queued'"),
    )
    op.drop_index(op.f("ix_conversations_conversation_active_at"), table_name="conversations_conversation")
    op.drop_table("conversations_conversation")
    op.drop_index("ix_access_one_time_code_recipient", table_name="access_one_time_code")
    op.drop_index("ix_access_one_time_code_conversation", table_name="access_one_time_code")
    op.drop_table("access_one_time_code")
    op.drop_table("infra_running_number")
    op.drop_index("ix_infra_outgoing_message_created_at", table_name="infra_outgoing_message")
    op.drop_table("infra_outgoing_message")
    op.drop_table("infra_idempotent_answer")
    op.drop_table("infra_clock")
    op.drop_table("access_staff_member")
    op.drop_index(op.f("ix_access_conversation_grant_party_id"), table_name="access_conversation_grant")
    op.drop_table("access_conversation_grant")
    op.execute("DROP SCHEMA IF EXISTS rasa CASCADE")
    op.execute(DROP_QUEUE)
