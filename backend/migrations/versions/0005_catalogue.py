"""The catalogue: versions, prices of every kind, discounts, coverage; what was loaded; technicians' visits."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

EMPTY = sa.text("'{}'")
OFFERING, VERSION, PRICE = (
    "catalog_product_offering",
    "catalog_product_offering_version",
    "catalog_product_offering_price",
)
GROUPS = ("catalog_catalog", "catalog_category", "catalog_product_specification")
JOBS = ("catalog_import_job", "catalog_export_job")
MOVED = (
    "description_ar",
    "description_en",
    "spellings",
    "allowances",
    "out_of_bundle",
    "contract_months",
    "exit_fee_per_month",
    "eligible_credit_classes",
    "currency",
)


def upgrade() -> None:
    _create_versions()
    _create_prices()
    _widen_offerings()
    for table in GROUPS:
        op.create_table(table, *_published(), sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")))
        op.create_index(op.f(f"ix_{table}_lifecycle_status"), table, ["lifecycle_status"])
    for table in JOBS:
        op.create_table(
            table,
            sa.Column("id", sa.String(60), nullable=False),
            sa.Column("document", postgresql.JSONB(), nullable=False),
            sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        )
    _create_loads()
    _create_appointments()


def downgrade() -> None:
    for table in ("appointments_search_time_slot", "appointments_slot", "appointments_appointment"):
        op.drop_table(table)
    op.drop_table("catalog_load")
    for table in (*JOBS, *GROUPS):
        op.drop_table(table)
    _narrow_offerings()
    _narrow_prices()
    op.drop_table(VERSION)


def _published(length: int = 160) -> list[sa.Column]:
    return [
        sa.Column("id", sa.String(length), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("by_file", sa.Boolean(), nullable=False),
        sa.Column("name_ar", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("lifecycle_status", sa.String(60), nullable=True),
        sa.Column("document", postgresql.JSONB(), nullable=False, server_default=EMPTY),
        sa.Column("said", postgresql.JSONB(), nullable=False, server_default=EMPTY),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    ]


def _create_versions() -> None:
    op.create_table(
        VERSION,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offering_id", sa.String(60), nullable=False),
        sa.Column("version", sa.String(60), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("terms", postgresql.JSONB(), nullable=False),
        sa.Column("exit_fee_per_month", sa.Numeric(12, 4), nullable=True),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("price_ids", postgresql.ARRAY(sa.String(160)), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{VERSION}")),
        sa.ForeignKeyConstraint(
            ["offering_id"], [f"{OFFERING}.id"], name=op.f(f"fk_{VERSION}_offering_id"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint("offering_id", "version", name=op.f(f"uq_{VERSION}_offering_id_version")),
    )
    op.execute(f"""
        INSERT INTO {VERSION} (offering_id, version, withdrawn, terms, exit_fee_per_month, currency, price_ids)
        SELECT id, '1.0', false, jsonb_build_object(
            'name', jsonb_build_object('ar', name_ar, 'en', name_en),
            'description', jsonb_build_object('ar', description_ar, 'en', description_en),
            'spellings', spellings, 'kind', kind, 'customer_types', jsonb_build_array(customer_type),
            'allowances', allowances, 'contract_months', contract_months,
            'eligible_credit_classes', to_jsonb(eligible_credit_classes),
            'add_on_for', CASE WHEN kind = 'addOn'
                THEN '["mobilePrepaid", "mobilePostpaid", "fixedPrepaid", "fixedPostpaid"]'::jsonb ELSE '[]'::jsonb END,
            'bundled', '[]'::jsonb, 'areas', '[]'::jsonb),
            exit_fee_per_month, currency,
            ARRAY[id || '-1.0-recurring']::varchar[] || ARRAY(
                SELECT id || '-1.0-usage-' || (rate->>'usage') FROM jsonb_array_elements(out_of_bundle) AS rate)::varchar[]
        FROM {OFFERING} ORDER BY position
    """)


def _create_prices() -> None:
    op.rename_table(PRICE, "catalog_old_price")
    op.execute(f"ALTER TABLE catalog_old_price RENAME CONSTRAINT pk_{PRICE} TO pk_catalog_old_price")
    op.create_table(
        PRICE,
        *_published(),
        sa.Column("price_type", sa.String(60), nullable=True),
        sa.Column("subject", sa.String(20), nullable=True),
        sa.Column("amount", sa.Numeric(16, 4), nullable=True),
        sa.Column("percentage", sa.Numeric(10, 4), nullable=True),
        sa.Column("currency", sa.String(3), nullable=True),
        sa.Column("period_length", sa.Integer(), nullable=True),
        sa.Column("period_unit", sa.String(60), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("unit_size", sa.Integer(), nullable=True),
        sa.Column("monthly_cap", sa.Numeric(12, 4), nullable=True),
        sa.Column("tax_included", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{PRICE}")),
    )
    op.create_index(op.f(f"ix_{PRICE}_lifecycle_status"), PRICE, ["lifecycle_status"])
    common = "position, by_file, name_ar, name_en, lifecycle_status, created_at, updated_at"
    op.execute(f"""
        INSERT INTO {PRICE} (id, {common}, price_type, amount, currency, period_length, period_unit, tax_included)
        SELECT o.id || '-1.0-recurring', 0, true, o.name_ar, o.name_en, o.lifecycle_status, now(), now(),
            p.price_type, p.amount, o.currency, p.period_length, p.period_unit, p.tax_included
        FROM catalog_old_price p JOIN {OFFERING} o ON o.id = p.offering_id WHERE p.price_type = 'recurring'
    """)
    op.execute(f"""
        INSERT INTO {PRICE} (id, {common}, price_type, subject, amount, currency, unit_size, monthly_cap, tax_included)
        SELECT o.id || '-1.0-usage-' || (rate->>'usage'), 0, true, o.name_ar, o.name_en, o.lifecycle_status,
            now(), now(), 'usage', rate->>'usage', (rate->>'price')::numeric, o.currency, (rate->>'unit_size')::int,
            (rate->>'monthly_cap')::numeric, false
        FROM {OFFERING} o, jsonb_array_elements(o.out_of_bundle) AS rate ON CONFLICT DO NOTHING
    """)
    op.drop_table("catalog_old_price")


def _widen_offerings() -> None:
    for column in MOVED:
        op.drop_column(OFFERING, column)
    for column in ("name_ar", "name_en"):
        op.alter_column(OFFERING, column, type_=sa.String())
    op.alter_column(OFFERING, "lifecycle_status", type_=sa.String(60), nullable=True)
    for column in ("kind", "customer_type"):
        op.alter_column(OFFERING, column, nullable=True)
    op.add_column(OFFERING, sa.Column("by_file", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.alter_column(OFFERING, "by_file", server_default=None)
    for column in ("document", "said"):
        op.add_column(OFFERING, sa.Column(column, postgresql.JSONB(), nullable=False, server_default=EMPTY))
    for column in ("created_at", "updated_at"):
        moment = sa.Column(column, sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())
        op.add_column(OFFERING, moment)
        op.alter_column(OFFERING, column, server_default=None)
    op.add_column(OFFERING, sa.Column("shown_on", sa.Date(), nullable=True))
    op.add_column(OFFERING, sa.Column("changes_on", sa.Date(), nullable=True))


def _create_loads() -> None:
    op.create_table(
        "catalog_load",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(255), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("loaded_by", sa.String(120), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("mistakes", postgresql.JSONB(), nullable=False),
        sa.Column("offerings", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_load")),
    )
    op.create_index("ix_catalog_load_loaded_at", "catalog_load", ["loaded_at"])


def _create_appointments() -> None:
    table = "appointments_appointment"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("area", sa.String(120), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.Column("document", postgresql.JSONB(), nullable=False, server_default=EMPTY),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["party_id"], ["party_party.id"], name=op.f(f"fk_{table}_party_id")),
    )
    op.create_index(f"ix_{table}_slot", table, ["area", "starts_at"], postgresql_where=sa.text("area IS NOT NULL"))
    op.create_index(f"ix_{table}_party_id", table, ["party_id"])
    waiting = sa.text("status IN ('initialized', 'confirmed')")
    op.create_index(f"uq_{table}_order_id", table, ["order_id"], unique=True, postgresql_where=waiting)
    op.create_table(
        "appointments_slot",
        sa.Column("area", sa.String(120), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("area", "starts_at", name=op.f("pk_appointments_slot")),
    )
    search = "appointments_search_time_slot"
    op.create_table(
        search,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("document", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{search}")),
        sa.ForeignKeyConstraint(["party_id"], ["party_party.id"], name=op.f(f"fk_{search}_party_id")),
    )


def _narrow_offerings() -> None:
    """Back to one version, the one that began last. Kinds that were not known become retired add-ons: records name them."""
    op.execute(f"""
        DELETE FROM {VERSION} v USING {VERSION} w WHERE v.offering_id = w.offering_id AND v.id <> w.id
        AND (NOT w.withdrawn, coalesce(w.valid_from, '-infinity'), w.id)
            > (NOT v.withdrawn, coalesce(v.valid_from, '-infinity'), v.id)
    """)
    op.execute(f"""
        UPDATE {OFFERING} SET kind = 'addOn', customer_type = coalesce(customer_type, 'individual'),
            lifecycle_status = 'Retired' WHERE kind IS NULL OR kind IN ('device', 'bundle')
    """)
    for column in ("shown_on", "changes_on", "created_at", "updated_at", "document", "said", "by_file"):
        op.drop_column(OFFERING, column)
    for name, type_ in (
        ("description_ar", sa.String()),
        ("description_en", sa.String()),
        ("spellings", postgresql.JSONB()),
        ("allowances", postgresql.JSONB()),
        ("out_of_bundle", postgresql.JSONB()),
        ("eligible_credit_classes", postgresql.ARRAY(sa.String(1))),
        ("currency", sa.String(3)),
        ("contract_months", sa.Integer()),
        ("exit_fee_per_month", sa.Numeric(12, 4)),
    ):
        op.add_column(OFFERING, sa.Column(name, type_, nullable=True))
    op.execute(f"""
        UPDATE {OFFERING} o SET
            description_ar = v.terms->'description'->>'ar', description_en = v.terms->'description'->>'en',
            spellings = v.terms->'spellings', allowances = v.terms->'allowances', currency = v.currency,
            contract_months = (v.terms->>'contract_months')::int, exit_fee_per_month = v.exit_fee_per_month,
            eligible_credit_classes =
                ARRAY(SELECT jsonb_array_elements_text(v.terms->'eligible_credit_classes'))::varchar(1)[],
            out_of_bundle = coalesce((SELECT jsonb_agg(jsonb_build_object('usage', p.subject, 'price', p.amount::text,
                'unit_size', p.unit_size, 'monthly_cap', p.monthly_cap::text))
                FROM {PRICE} p WHERE p.id = ANY(v.price_ids) AND p.price_type = 'usage'), '[]'),
            name_ar = left(o.name_ar, 120), name_en = left(o.name_en, 120),
            lifecycle_status = left(coalesce(o.lifecycle_status, 'Retired'), 12)
        FROM {VERSION} v WHERE v.offering_id = o.id
    """)
    for column in MOVED:
        if column not in ("contract_months", "exit_fee_per_month"):
            op.alter_column(OFFERING, column, nullable=False)
    for column in ("name_ar", "name_en"):
        op.alter_column(OFFERING, column, type_=sa.String(120))
    op.alter_column(OFFERING, "lifecycle_status", type_=sa.String(12), nullable=False)
    for column in ("kind", "customer_type"):
        op.alter_column(OFFERING, column, nullable=False)


def _narrow_prices() -> None:
    op.rename_table(PRICE, "catalog_new_price")
    op.execute(f"ALTER TABLE catalog_new_price RENAME CONSTRAINT pk_{PRICE} TO pk_catalog_new_price")
    op.create_table(
        PRICE,
        sa.Column("offering_id", sa.String(60), nullable=False),
        sa.Column("price_type", sa.String(12), nullable=False),
        sa.Column("amount", sa.Numeric(12, 4), nullable=False),
        sa.Column("period_length", sa.Integer(), nullable=False),
        sa.Column("period_unit", sa.String(6), nullable=False),
        sa.Column("tax_included", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["offering_id"], [f"{OFFERING}.id"], name=op.f(f"fk_{PRICE}_offering_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("offering_id", "price_type", name=op.f(f"pk_{PRICE}")),
    )
    op.execute(f"""
        INSERT INTO {PRICE} (offering_id, price_type, amount, period_length, period_unit, tax_included)
        SELECT v.offering_id, 'recurring', coalesce(p.amount, 0), coalesce(p.period_length, 1),
            CASE WHEN p.period_unit IN ('day', 'month') THEN p.period_unit ELSE 'month' END,
            coalesce(p.tax_included, true)
        FROM {VERSION} v LEFT JOIN catalog_new_price p
            ON p.id = ANY(v.price_ids) AND p.price_type = 'recurring' AND p.amount IS NOT NULL
        ON CONFLICT DO NOTHING
    """)
    op.drop_table("catalog_new_price")
