"""Parties: one id for people and organisations, the hierarchy of companies, documents of every kind."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

REFERRING = ("ordering_product", "ordering_product_order", "provisioning_service")
CHECKED = "identification_type IN ('nationalId', 'commercialRegistration')"
EMPTY = sa.text("'{}'")


def upgrade() -> None:
    op.create_table(
        "party_party",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_party")),
    )
    op.execute("INSERT INTO party_party (id, kind) SELECT id, 'individual' FROM party_individual")
    op.add_column("party_individual", sa.Column("document", postgresql.JSONB(), nullable=False, server_default=EMPTY))
    _refer("party_individual", "id", "party_party")
    op.create_table(
        "party_organization",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("trading_name", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("organization_type", sa.String(length=60), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("document", postgresql.JSONB(), nullable=False, server_default=EMPTY),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_organization")),
        sa.ForeignKeyConstraint(["parent_id"], ["party_organization.id"], name=op.f("fk_party_organization_parent_id")),
    )
    _refer("party_organization", "id", "party_party")
    op.create_index(op.f("ix_party_organization_parent_id"), "party_organization", ["parent_id"])
    op.create_index(op.f("ix_party_organization_created_at"), "party_organization", ["created_at"])
    op.rename_table("party_individual_identification", "party_identification")
    for old, new in _RENAMED:
        op.execute(f"ALTER INDEX {old} RENAME TO {new}")
    for table in ("party_identification", "party_contact_medium"):
        op.alter_column(table, "individual_id", new_column_name="party_id")
        op.add_column(table, sa.Column("document", sa.Text(), nullable=True))
    for table, kept in (
        ("party_identification", "individual_identification"),
        ("party_contact_medium", "contact_medium"),
    ):
        op.drop_constraint(f"fk_party_{kept}_individual_id", table)
        _refer(table, "party_id", "party_party")
    op.add_column("party_identification", sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
    for column in ("identification_type", "number", "fingerprint"):
        op.alter_column("party_identification", column, nullable=True)
    op.drop_constraint("uq_party_identification_fingerprint", "party_identification")
    op.create_index(
        "uq_party_identification_fingerprint",
        "party_identification",
        ["fingerprint"],
        unique=True,
        postgresql_where=sa.text(CHECKED),
    )
    op.create_index("ix_party_identification_fingerprint", "party_identification", ["fingerprint"])
    op.execute(
        "UPDATE party_individual SET document = jsonb_build_object('languageAbility', jsonb_build_array("
        "jsonb_build_object('languageCode', language, 'isFavouriteLanguage', true)))"
    )
    for column in ("medium_type", "value", "fingerprint"):
        op.alter_column("party_contact_medium", column, nullable=True)
    op.alter_column("party_identification", "identification_type", type_=sa.String(length=60))
    op.alter_column("party_contact_medium", "medium_type", type_=sa.String(length=60))
    for table in REFERRING:
        op.drop_constraint(f"fk_{table}_party_id", table)
        op.create_foreign_key(op.f(f"fk_{table}_party_id"), table, "party_party", ["party_id"], ["id"])


def downgrade() -> None:
    for table in REFERRING:
        op.drop_constraint(f"fk_{table}_party_id", table)
        op.create_foreign_key(op.f(f"fk_{table}_party_id"), table, "party_individual", ["party_id"], ["id"])
    op.execute(
        "DELETE FROM party_identification WHERE party_id IN (SELECT id FROM party_organization) OR number IS NULL"
    )
    op.execute(
        "DELETE FROM party_contact_medium WHERE party_id IN (SELECT id FROM party_organization) OR value IS NULL"
    )
    op.alter_column("party_identification", "identification_type", type_=sa.String(length=20))
    op.alter_column("party_contact_medium", "medium_type", type_=sa.String(length=10))
    for column in ("medium_type", "value", "fingerprint"):
        op.alter_column("party_contact_medium", column, nullable=False)
    op.drop_index("ix_party_identification_fingerprint", "party_identification")
    op.drop_index("uq_party_identification_fingerprint", "party_identification")
    op.execute("DELETE FROM party_identification WHERE NOT (" + CHECKED + ")")
    op.create_unique_constraint("uq_party_identification_fingerprint", "party_identification", ["fingerprint"])
    for column in ("identification_type", "number", "fingerprint"):
        op.alter_column("party_identification", column, nullable=False)
    op.drop_column("party_identification", "position")
    for table, kept in (
        ("party_identification", "individual_identification"),
        ("party_contact_medium", "contact_medium"),
    ):
        op.drop_constraint(f"fk_{table}_party_id", table)
        op.drop_column(table, "document")
        op.alter_column(table, "party_id", new_column_name="individual_id")
        op.create_foreign_key(
            op.f(f"fk_party_{kept}_individual_id"),
            table,
            "party_individual",
            ["individual_id"],
            ["id"],
            ondelete="CASCADE",
        )
    for old, new in _RENAMED:
        op.execute(f"ALTER INDEX {new} RENAME TO {old}")
    op.rename_table("party_identification", "party_individual_identification")
    op.drop_table("party_organization")
    op.drop_constraint("fk_party_individual_id", "party_individual")
    op.drop_column("party_individual", "document")
    op.drop_table("party_party")


_RENAMED = (
    ("pk_party_individual_identification", "pk_party_identification"),
    ("uq_party_individual_identification_fingerprint", "uq_party_identification_fingerprint"),
    ("ix_party_individual_identification_individual_id", "ix_party_identification_party_id"),
    ("ix_party_contact_medium_individual_id", "ix_party_contact_medium_party_id"),
)


def _refer(table: str, column: str, to: str) -> None:
    op.create_foreign_key(op.f(f"fk_{table}_{column}"), table, to, [column], ["id"], ondelete="CASCADE")
