"""Customers, party roles, accounts that roll up, and interactions that staff write."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

EMPTY = sa.text("'{}'")
DOCUMENTS = (
    "party_account",
    "settlement_account",
    "financial_account",
    "billing_cycle_specification",
    "bill_format",
    "bill_presentation_media",
)
RENAMED = (
    ("pk_billing_billing_account", "pk_account_billing_account"),
    ("uq_billing_billing_account_account_no", "uq_account_billing_account_account_no"),
)


def upgrade() -> None:
    _customers()
    _roles()
    _accounts()
    _interactions()


def downgrade() -> None:
    op.drop_column("interactions_party_interaction", "document")
    op.drop_column("interactions_party_interaction", "status_changed_at")
    for column, length in (("channel", 20), ("direction", 10), ("status", 12), ("reason", 80)):
        shortened = sa.text(f"UPDATE interactions_party_interaction SET {column} = left({column}, :length)")
        op.execute(shortened.bindparams(length=length))
        op.alter_column("interactions_party_interaction", column, type_=sa.String(length))
    for name in DOCUMENTS:
        op.drop_table(f"account_{name}")
    op.execute("DELETE FROM account_billing_account WHERE party_id IS NULL OR NOT main")
    op.drop_constraint("fk_account_billing_account_rolls_up_to_id", "account_billing_account")
    op.drop_index("ix_account_billing_account_rolls_up_to_id", "account_billing_account")
    op.drop_index("ix_account_billing_account_party_id", "account_billing_account")
    op.drop_index("uq_account_billing_account_main", "account_billing_account")
    for column in ("main", "name", "state", "rolls_up_to_id", "document", "updated_at"):
        op.drop_column("account_billing_account", column)
    op.alter_column("account_billing_account", "party_id", nullable=False)
    for old, new in RENAMED:
        op.execute(f"ALTER INDEX {new} RENAME TO {old}")
    op.rename_table("account_billing_account", "billing_billing_account")
    op.create_unique_constraint("uq_billing_billing_account_party_id", "billing_billing_account", ["party_id"])
    op.drop_table("customer_party_role")
    op.drop_table("customer_customer")


def _customers() -> None:
    op.create_table(
        "customer_customer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("credit_class", sa.String(length=1), nullable=True),
        sa.Column("credit_limit", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("document", postgresql.JSONB(), nullable=False, server_default=EMPTY),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_customer")),
        sa.UniqueConstraint("party_id", name=op.f("uq_customer_customer_party_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party_party.id"], name=op.f("fk_customer_customer_party_id")),
    )
    op.create_index(op.f("ix_customer_customer_created_at"), "customer_customer", ["created_at"])
    op.execute(
        "INSERT INTO customer_customer (id, party_id, name, status, credit_class, created_at, updated_at)"
        " SELECT gen_random_uuid(), person.id, concat_ws(' ', given_name, nullif(middle_name, ''), family_name),"
        " 'active', known.credit_class, person.created_at, now() FROM party_individual AS person"
        " LEFT JOIN LATERAL (SELECT application.credit_class FROM acquisition_application AS application"
        " JOIN ordering_product_order AS placed ON placed.application_id = application.id"
        " WHERE placed.party_id = person.id AND application.credit_class IS NOT NULL"
        " ORDER BY application.decided_at DESC LIMIT 1) AS known ON true"
        " WHERE EXISTS (SELECT FROM ordering_product WHERE ordering_product.party_id = person.id)"
    )


def _roles() -> None:
    op.create_table(
        "customer_party_role",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=True),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("rights", postgresql.ARRAY(sa.String(length=12)), nullable=False, server_default=EMPTY),
        sa.Column("order_limit", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document", postgresql.JSONB(), nullable=False, server_default=EMPTY),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_party_role")),
        sa.ForeignKeyConstraint(["party_id"], ["party_party.id"], name=op.f("fk_customer_party_role_party_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["party_organization.id"], name=op.f("fk_customer_party_role_organization_id")
        ),
    )
    for column in ("name", "party_id", "organization_id"):
        op.create_index(op.f(f"ix_customer_party_role_{column}"), "customer_party_role", [column])
    op.create_index(
        "uq_customer_party_role_contact",
        "customer_party_role",
        ["party_id", "organization_id"],
        unique=True,
        postgresql_where=sa.text("organization_id IS NOT NULL AND ended_at IS NULL"),
    )


def _accounts() -> None:
    table = "account_billing_account"
    op.drop_constraint("uq_billing_billing_account_party_id", "billing_billing_account")
    op.rename_table("billing_billing_account", table)
    for old, new in RENAMED:
        op.execute(f"ALTER INDEX {old} RENAME TO {new}")
    op.alter_column(table, "party_id", nullable=True)
    op.add_column(table, sa.Column("main", sa.Boolean(), nullable=False, server_default=sa.text("true")))
    op.add_column(table, sa.Column("name", sa.String(length=250), nullable=True))
    op.add_column(table, sa.Column("state", sa.String(length=40), nullable=False, server_default="defined"))
    op.add_column(table, sa.Column("rolls_up_to_id", sa.Uuid(), nullable=True))
    op.add_column(table, sa.Column("document", postgresql.JSONB(), nullable=False, server_default=EMPTY))
    op.add_column(table, sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE account_billing_account SET updated_at = created_at")
    op.alter_column(table, "updated_at", nullable=False)
    op.create_foreign_key(op.f(f"fk_{table}_rolls_up_to_id"), table, table, ["rolls_up_to_id"], ["id"])
    op.create_index(op.f(f"ix_{table}_rolls_up_to_id"), table, ["rolls_up_to_id"])
    op.create_index(op.f(f"ix_{table}_party_id"), table, ["party_id"])
    op.create_index(f"uq_{table}_main", table, ["party_id"], unique=True, postgresql_where=sa.text("main"))
    for name in DOCUMENTS:
        op.create_table(
            f"account_{name}",
            sa.Column("id", sa.Uuid(), nullable=False),
            sa.Column("document", postgresql.JSONB(), nullable=False),
            sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_account_{name}")),
        )


def _interactions() -> None:
    table = "interactions_party_interaction"
    for column in ("channel", "direction", "status"):
        op.alter_column(table, column, type_=sa.String(60))
    op.alter_column(table, "reason", type_=sa.Text())
    op.add_column(table, sa.Column("status_changed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(table, sa.Column("document", postgresql.JSONB(), nullable=False, server_default=EMPTY))
