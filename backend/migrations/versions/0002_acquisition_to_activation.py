"""From application to active line: parties, catalogue, applications, numbers and services, orders and products."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "acquisition_sandbox_identity",
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_acquisition_sandbox_identity")),
    )
    op.create_table(
        "catalog_product_offering",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_ar", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("description_ar", sa.String(), nullable=False),
        sa.Column("description_en", sa.String(), nullable=False),
        sa.Column("spellings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("customer_type", sa.String(length=12), nullable=False),
        sa.Column("lifecycle_status", sa.String(length=12), nullable=False),
        sa.Column("allowances", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("out_of_bundle", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("contract_months", sa.Integer(), nullable=True),
        sa.Column("exit_fee_per_month", sa.Numeric(precision=12, scale=4), nullable=True),
        sa.Column("eligible_credit_classes", postgresql.ARRAY(sa.String(length=1)), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_product_offering")),
    )
    op.create_index(
        op.f("ix_catalog_product_offering_lifecycle_status"),
        "catalog_product_offering",
        ["lifecycle_status"],
        unique=False,
    )
    op.create_table(
        "party_individual",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("given_name", sa.String(length=120), nullable=False),
        sa.Column("middle_name", sa.String(length=120), nullable=False),
        sa.Column("family_name", sa.String(length=120), nullable=False),
        sa.Column("birth_date", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_individual")),
    )
    op.create_index(op.f("ix_party_individual_created_at"), "party_individual", ["created_at"], unique=False)
    op.create_table(
        "provisioning_number",
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_provisioning_number")),
    )
    op.create_index(
        "ix_provisioning_number_available",
        "provisioning_number",
        ["kind", "number"],
        unique=False,
        postgresql_where=sa.text("state = 'available'"),
    )
    op.create_table(
        "provisioning_sandbox_line",
        sa.Column("msisdn", sa.String(length=16), nullable=False),
        sa.Column("iccid", sa.String(length=20), nullable=True),
        sa.Column("profile", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("msisdn", name=op.f("pk_provisioning_sandbox_line")),
    )
    op.create_table(
        "provisioning_sandbox_request",
        sa.Column("request_id", sa.String(length=80), nullable=False),
        sa.Column("msisdn", sa.String(length=16), nullable=False),
        sa.Column("operation", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_provisioning_sandbox_request")),
    )
    op.create_index(
        "ix_provisioning_sandbox_request_line", "provisioning_sandbox_request", ["msisdn", "at"], unique=False
    )
    op.create_table(
        "acquisition_application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=14), nullable=False),
        sa.Column("offering_id", sa.String(length=60), nullable=True),
        sa.Column("person_name", sa.Text(), nullable=True),
        sa.Column("national_id", sa.Text(), nullable=True),
        sa.Column("identity_fingerprint", sa.String(length=64), nullable=True),
        sa.Column("birth_date", sa.Text(), nullable=True),
        sa.Column("contact_number", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("monthly_income", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("terms_accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deposit_accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("credit_class", sa.String(length=1), nullable=True),
        sa.Column("deposit_amount", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("submissions", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["offering_id"], ["catalog_product_offering.id"], name=op.f("fk_acquisition_application_offering_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acquisition_application")),
    )
    op.create_index(
        op.f("ix_acquisition_application_identity_fingerprint"),
        "acquisition_application",
        ["identity_fingerprint"],
        unique=False,
    )
    op.create_index(
        "ix_acquisition_application_state", "acquisition_application", ["state", "updated_at"], unique=False
    )
    op.create_index(
        "uq_acquisition_application_open",
        "acquisition_application",
        ["conversation_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('draft', 'submitted', 'verified')"),
    )
    op.create_table(
        "catalog_product_offering_price",
        sa.Column("offering_id", sa.String(length=60), nullable=False),
        sa.Column("price_type", sa.String(length=12), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=4), nullable=False),
        sa.Column("period_length", sa.Integer(), nullable=False),
        sa.Column("period_unit", sa.String(length=6), nullable=False),
        sa.Column("tax_included", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["offering_id"],
            ["catalog_product_offering.id"],
            name=op.f("fk_catalog_product_offering_price_offering_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("offering_id", "price_type", name=op.f("pk_catalog_product_offering_price")),
    )
    op.create_table(
        "ordering_product",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("offering_id", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("price_amount", sa.Numeric(precision=12, scale=4), nullable=False),
        sa.Column("price_currency", sa.String(length=3), nullable=False),
        sa.Column("price_period_length", sa.Integer(), nullable=False),
        sa.Column("price_period_unit", sa.String(length=6), nullable=False),
        sa.Column("price_tax_included", sa.Boolean(), nullable=False),
        sa.Column("msisdn", sa.String(length=16), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("order_date", sa.DateTime(timezone=True), nullable=False),
        sa.Column("start_date", sa.DateTime(timezone=True), nullable=True),
        sa.Column("termination_date", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["offering_id"], ["catalog_product_offering.id"], name=op.f("fk_ordering_product_offering_id")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party_individual.id"], name=op.f("fk_ordering_product_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ordering_product")),
    )
    op.create_index(op.f("ix_ordering_product_party_id"), "ordering_product", ["party_id"], unique=False)
    op.create_index("ix_ordering_product_span", "ordering_product", ["start_date", "termination_date"], unique=False)
    op.create_index(
        "uq_ordering_product_living_msisdn",
        "ordering_product",
        ["msisdn"],
        unique=True,
        postgresql_where=sa.text("status NOT IN ('terminated', 'cancelled', 'aborted')"),
    )
    op.create_table(
        "party_contact_medium",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("individual_id", sa.Uuid(), nullable=False),
        sa.Column("medium_type", sa.String(length=10), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["individual_id"],
            ["party_individual.id"],
            name=op.f("fk_party_contact_medium_individual_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_contact_medium")),
    )
    op.create_index(op.f("ix_party_contact_medium_fingerprint"), "party_contact_medium", ["fingerprint"], unique=False)
    op.create_index(
        op.f("ix_party_contact_medium_individual_id"), "party_contact_medium", ["individual_id"], unique=False
    )
    op.create_table(
        "party_individual_identification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("individual_id", sa.Uuid(), nullable=False),
        sa.Column("identification_type", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["individual_id"],
            ["party_individual.id"],
            name=op.f("fk_party_individual_identification_individual_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_individual_identification")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_party_individual_identification_fingerprint")),
    )
    op.create_index(
        op.f("ix_party_individual_identification_individual_id"),
        "party_individual_identification",
        ["individual_id"],
        unique=False,
    )
    op.create_table(
        "provisioning_service",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("iccid", sa.String(length=20), nullable=True),
        sa.Column("start_date", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_date", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["number"], ["provisioning_number.number"], name=op.f("fk_provisioning_service_number")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party_individual.id"], name=op.f("fk_provisioning_service_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provisioning_service")),
        sa.UniqueConstraint("iccid", name=op.f("uq_provisioning_service_iccid")),
        sa.UniqueConstraint("product_id", name=op.f("uq_provisioning_service_product_id")),
    )
    op.create_index(op.f("ix_provisioning_service_party_id"), "provisioning_service", ["party_id"], unique=False)
    op.create_index(
        "uq_provisioning_service_living_number",
        "provisioning_service",
        ["number"],
        unique=True,
        postgresql_where=sa.text("state <> 'terminated'"),
    )
    op.create_table(
        "provisioning_sim",
        sa.Column("serial", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["provisioning_number.number"], name=op.f("fk_provisioning_sim_number")),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_provisioning_sim")),
    )
    op.create_index(op.f("ix_provisioning_sim_number"), "provisioning_sim", ["number"], unique=False)
    op.create_table(
        "ordering_product_order",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_no", sa.String(length=20), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("order_date", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completion_date", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["acquisition_application.id"], name=op.f("fk_ordering_product_order_application_id")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party_individual.id"], name=op.f("fk_ordering_product_order_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ordering_product_order")),
        sa.UniqueConstraint("application_id", name=op.f("uq_ordering_product_order_application_id")),
        sa.UniqueConstraint("order_no", name=op.f("uq_ordering_product_order_order_no")),
    )
    op.create_index(
        op.f("ix_ordering_product_order_conversation_id"), "ordering_product_order", ["conversation_id"], unique=False
    )
    op.create_index(
        "ix_ordering_product_order_party", "ordering_product_order", ["party_id", "order_date"], unique=False
    )
    op.create_table(
        "ordering_product_order_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("offering_id", sa.String(length=60), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("deposit", sa.Numeric(precision=12, scale=4), nullable=True),
        sa.ForeignKeyConstraint(
            ["offering_id"], ["catalog_product_offering.id"], name=op.f("fk_ordering_product_order_item_offering_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["ordering_product_order.id"],
            name=op.f("fk_ordering_product_order_item_order_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["ordering_product.id"], name=op.f("fk_ordering_product_order_item_product_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ordering_product_order_item")),
        sa.UniqueConstraint("order_id", "position", name=op.f("uq_ordering_product_order_item_order_id_position")),
        sa.UniqueConstraint("product_id", name=op.f("uq_ordering_product_order_item_product_id")),
    )


def downgrade() -> None:
    op.drop_table("ordering_product_order_item")
    op.drop_index("ix_ordering_product_order_party", table_name="ordering_product_order")
    op.drop_index(op.f("ix_ordering_product_order_conversation_id"), table_name="ordering_product_order")
    op.drop_table("ordering_product_order")
    op.drop_index(op.f("ix_provisioning_sim_number"), table_name="provisioning_sim")
    op.drop_table("provisioning_sim")
    op.drop_index(
        "uq_provisioning_service_living_number",
        table_name="provisioning_service",
        postgresql_where=sa.text("state <> 'terminated'"),
    )
    op.drop_index(op.f("ix_provisioning_service_party_id"), table_name="provisioning_service")
    op.drop_table("provisioning_service")
    op.drop_index(
        op.f("ix_party_individual_identification_individual_id"), table_name="party_individual_identification"
    )
    op.drop_table("party_individual_identification")
    op.drop_index(op.f("ix_party_contact_medium_individual_id"), table_name="party_contact_medium")
    op.drop_index(op.f("ix_party_contact_medium_fingerprint"), table_name="party_contact_medium")
    op.drop_table("party_contact_medium")
    op.drop_index(
        "uq_ordering_product_living_msisdn",
        table_name="ordering_product",
        postgresql_where=sa.text("status NOT IN ('terminated', 'cancelled', 'aborted')"),
    )
    op.drop_index("ix_ordering_product_span", table_name="ordering_product")
    op.drop_index(op.f("ix_ordering_product_party_id"), table_name="ordering_product")
    op.drop_table("ordering_product")
    op.drop_table("catalog_product_offering_price")
    op.drop_index(
        "uq_acquisition_application_open",
        table_name="acquisition_application",
        postgresql_where=sa.text("state IN ('draft', 'submitted', 'verified')"),
    )
    op.drop_index("ix_acquisition_application_state", table_name="acquisition_application")
    op.drop_index(op.f("ix_acquisition_application_identity_fingerprint"), table_name="acquisition_application")
    op.drop_table("acquisition_application")
    op.drop_index("ix_provisioning_sandbox_request_line", table_name="provisioning_sandbox_request")
    op.drop_table("provisioning_sandbox_request")
    op.drop_table("provisioning_sandbox_line")
    op.drop_index(
        "ix_provisioning_number_available",
        table_name="provisioning_number",
        postgresql_where=sa.text("state = 'available'"),
    )
    op.drop_table("provisioning_number")
    op.drop_index(op.f("ix_party_individual_created_at"), table_name="party_individual")
    op.drop_table("party_individual")
    op.drop_index(op.f("ix_catalog_product_offering_lifecycle_status"), table_name="catalog_product_offering")
    op.drop_table("catalog_product_offering")
    op.drop_table("acquisition_sandbox_identity")
