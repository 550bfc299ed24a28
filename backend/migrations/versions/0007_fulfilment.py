"""Fulfilment: orders of every kind and their tasks, number reservations, ports, porting, reconciliation."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

LIVING = "uq_ordering_product_living_msisdn"
MOMENT, TEXT, ID = sa.DateTime(timezone=True), sa.String(), sa.Uuid()
EMPTY, FALSE = sa.text("'{}'"), sa.text("false")


def upgrade() -> None:
    _create()
    _widen()
    op.drop_index(LIVING, "ordering_product")
    op.execute("UPDATE ordering_product SET status = 'aborted ' WHERE status = 'aborted'")
    _index_living("'terminated', 'cancelled', 'aborted '")
    for statement in FILLED_IN:
        op.execute(statement)


def downgrade() -> None:
    for statement in FORGOTTEN:
        op.execute(statement)
    op.drop_index(LIVING, "ordering_product")
    op.execute("UPDATE ordering_product SET status = 'aborted' WHERE status = 'aborted '")
    _index_living("'terminated', 'cancelled', 'aborted'")
    _narrow()


# The offering's columns are read as JSON, because versions of the catalogue differ in them.
_OFFERING = """(SELECT to_jsonb(offering) FROM catalog_product_offering AS offering
    WHERE offering.id = product.offering_id LIMIT 1)"""
FILLED_IN = (
    "UPDATE provisioning_number SET free_at = now() + interval '90 days' WHERE state = 'quarantined'",
    "UPDATE provisioning_service SET category = 'CustomerFacingService'",
    "UPDATE ordering_product_order_item SET kind = 'line'",
    f"""
    UPDATE ordering_product AS product SET document = jsonb_strip_nulls(jsonb_build_object(
        '_offeringName', (SELECT jsonb_build_object('ar', found->'name_ar', 'en', found->'name_en')
                          FROM (SELECT {_OFFERING} AS found) AS known WHERE found ? 'name_ar'),
        'productCharacteristic', CASE WHEN msisdn IS NULL THEN NULL ELSE jsonb_build_array(jsonb_build_object(
            'name', CASE WHEN {_OFFERING}->>'kind' LIKE 'fixed%' THEN 'accountNumber' ELSE 'msisdn' END,
            'value', msisdn)) END,
        'productOrderItem', (SELECT jsonb_agg(jsonb_build_object(
            'productOrderId', item.order_id, 'orderItemId', item.item_id, 'orderItemAction', item.action))
            FROM ordering_product_order_item AS item WHERE item.product_id = product.id)
    ))
    """,
    """
    UPDATE ordering_product_order AS placed SET document = jsonb_build_object('productOrderItem', (
        SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            'id', item.item_id, 'action', item.action, 'quantity', 1,
            'productOffering', jsonb_build_object('id', item.offering_id),
            '_offeringName', product.document->'_offeringName')) ORDER BY item.position)
        FROM ordering_product_order_item AS item JOIN ordering_product AS product ON product.id = item.product_id
        WHERE item.order_id = placed.id))
    """,
    # Orders that are being worked on get the steps that they would have had; what is done already is not done twice.
    """
    INSERT INTO ordering_order_task (id, order_id, item_id, position, step, state, attempts)
    SELECT gen_random_uuid(), item.order_id, item.id, 2 * (item.position - 1) + step.position, step.name, 'pending', 0
    FROM ordering_product_order_item AS item
    CROSS JOIN (VALUES (1, 'reserveNumber'), (2, 'activate')) AS step (position, name)
    WHERE item.state IN ('acknowledged', 'inProgress')
    """,
)
FORGOTTEN = (
    """DELETE FROM ordering_product_order_item WHERE product_id IS NULL OR offering_id IS NULL OR action <> 'add'
       OR order_id IN (SELECT id FROM ordering_product_order WHERE application_id IS NULL OR party_id IS NULL)""",
    "DELETE FROM ordering_product_order WHERE application_id IS NULL OR party_id IS NULL",
    "UPDATE ordering_product SET line_id = NULL",
    """DELETE FROM ordering_product WHERE party_id IS NULL OR offering_id IS NULL OR price_amount IS NULL
       OR order_date IS NULL""",
    "UPDATE provisioning_access_port SET service_id = NULL",
    """DELETE FROM provisioning_service WHERE parent_id IS NOT NULL OR product_id IS NULL OR party_id IS NULL
       OR number IS NULL OR kind IS NULL OR length(kind) > 10""",
    "UPDATE provisioning_number SET state = 'quarantined' WHERE state = 'returned'",
    "UPDATE provisioning_number SET state = 'available' WHERE holder IS NOT NULL AND state = 'reserved'",
    """UPDATE ordering_product_order SET state = 'held' WHERE length(state) > 20""",
    """UPDATE ordering_product_order_item SET state = 'held' WHERE length(state) > 20""",
)


def _index_living(over: str) -> None:
    condition = sa.text(f"status NOT IN ({over})")
    op.create_index(LIVING, "ordering_product", ["msisdn"], unique=True, postgresql_where=condition)


# What was required, and is not any more: records from elsewhere say less, and so do orders that lack something.
OPTIONAL = {
    "ordering_product": {
        "party_id": ID,
        "offering_id": sa.String(60),
        "price_amount": sa.Numeric(12, 4),
        "price_currency": sa.String(3),
        "price_period_length": sa.Integer(),
        "price_period_unit": sa.String(6),
        "price_tax_included": sa.Boolean(),
        "order_date": MOMENT,
    },
    "ordering_product_order": {"application_id": ID, "party_id": ID},
    "ordering_product_order_item": {"offering_id": sa.String(60), "product_id": ID},
    "provisioning_service": {"product_id": ID, "party_id": ID, "kind": sa.String(10), "number": sa.String(16)},
}
ADDED = {
    "ordering_product": {"name": sa.String(200), "line_id": ID, "resume_at": MOMENT},
    "ordering_product_order": {
        "external_id": sa.String(200),
        "placed_by": sa.String(80),
        "requested_start_date": MOMENT,
        "requested_completion_date": MOMENT,
        "expected_completion_date": MOMENT,
        "cancellation_date": MOMENT,
        "cancellation_reason": TEXT,
    },
    "ordering_product_order_item": {
        "item_id": sa.String(100),
        "kind": sa.String(16),
        "successor_id": ID,
        "outcome": sa.String(10),
        "failure": postgresql.JSONB(),
        "secrets": sa.Text(),
    },
    "provisioning_number": {"holder": sa.String(80), "free_at": MOMENT},
    "provisioning_service": {"parent_id": ID, "category": sa.String(60), "name": sa.String(200)},
}
ADDED_WITH_DEFAULT = (
    ("ordering_product", "document", postgresql.JSONB(), EMPTY),
    ("ordering_product_order", "missing", postgresql.JSONB(), sa.text("'[]'")),
    ("ordering_product_order", "document", postgresql.JSONB(), EMPTY),
    ("ordering_product_order_item", "document", postgresql.JSONB(), EMPTY),
    ("provisioning_number", "ported", sa.Boolean(), FALSE),
    ("provisioning_sandbox_line", "roaming", sa.Boolean(), FALSE),
    ("provisioning_service", "roaming", sa.Boolean(), FALSE),
    ("provisioning_service", "document", postgresql.JSONB(), EMPTY),
    ("provisioning_sim", "kind", sa.String(4), "sim"),
    ("provisioning_sim", "state", sa.String(10), "inUse"),
)
WIDER = (("ordering_product_order", "state", 20, 24), ("ordering_product_order_item", "state", 20, 24))
INDEXES = (
    ("ix_ordering_product_ending", "ordering_product", ["termination_date"],
     "status IN ('active', 'suspended') AND termination_date IS NOT NULL"),
    ("ix_ordering_product_line_id", "ordering_product", ["line_id"], None),
    ("ix_ordering_product_resume_at", "ordering_product", ["resume_at"], "resume_at IS NOT NULL"),
    ("ix_ordering_product_order_external_id", "ordering_product_order", ["external_id"], None),
    ("ix_ordering_product_order_state", "ordering_product_order", ["state", "order_date"], None),
    ("ix_ordering_product_order_item_product_id", "ordering_product_order_item", ["product_id"], None),
    ("ix_ordering_product_order_item_successor_id", "ordering_product_order_item", ["successor_id"], None),
    ("ix_provisioning_number_free_at", "provisioning_number", ["free_at"], "free_at IS NOT NULL"),
    ("ix_provisioning_number_holder", "provisioning_number", ["holder"], "holder IS NOT NULL"),
    ("ix_provisioning_service_parent_id", "provisioning_service", ["parent_id"], None),
    ("ix_provisioning_reconciliation_started_at", "provisioning_reconciliation", ["started_at"], None),
    ("ix_provisioning_difference_report", "provisioning_difference", ["reconciliation_id", "state", "number"], None),
    ("ix_provisioning_number_reservation_holder", "provisioning_number_reservation", ["holder"], None),
    ("ix_provisioning_number_reservation_number", "provisioning_number_reservation", ["number"], None),
    ("ix_provisioning_porting_request_party_id", "provisioning_porting_request", ["party_id"], None),
    ("ix_provisioning_porting_request_product_id", "provisioning_porting_request", ["product_id"], None),
    ("ix_provisioning_porting_request_state", "provisioning_porting_request", ["state", "cut_over_at"], None),
    ("ix_provisioning_access_port_free", "provisioning_access_port", ["area", "id"], "service_id IS NULL"),
    ("ix_ordering_cancel_product_order_order_id", "ordering_cancel_product_order", ["order_id"], None),
    ("ix_ordering_order_task_due", "ordering_order_task", ["due_at"], "state = 'pending' AND due_at IS NOT NULL"),
    ("ix_ordering_order_task_item_id", "ordering_order_task", ["item_id"], None),
    ("ix_ordering_order_task_stuck", "ordering_order_task", ["stuck_at"], "stuck_at IS NOT NULL"),
)  # fmt: skip
FOREIGN = (
    ("ordering_product", "line_id", "ordering_product", None),
    ("ordering_product_order_item", "successor_id", "ordering_product", None),
    ("provisioning_service", "parent_id", "provisioning_service", "CASCADE"),
    ("provisioning_difference", "reconciliation_id", "provisioning_reconciliation", "CASCADE"),
    ("provisioning_porting_request", "party_id", "party_party", None),
    ("provisioning_access_port", "service_id", "provisioning_service", "SET NULL"),
    ("ordering_cancel_product_order", "order_id", "ordering_product_order", "CASCADE"),
    ("ordering_order_task", "order_id", "ordering_product_order", "CASCADE"),
    ("ordering_order_task", "item_id", "ordering_product_order_item", "CASCADE"),
)


def _tables() -> dict[str, tuple[sa.Column | sa.UniqueConstraint, ...]]:
    return {
        "provisioning_reconciliation": (
            sa.Column("started_at", MOMENT, nullable=False),
            sa.Column("finished_at", MOMENT),
            sa.Column("network_lines", sa.BigInteger(), nullable=False),
            sa.Column("sold_lines", sa.BigInteger(), nullable=False),
            sa.Column("differences", sa.BigInteger(), nullable=False),
        ),
        "provisioning_difference": (
            sa.Column("reconciliation_id", ID, nullable=False),
            sa.Column("number", sa.String(16), nullable=False),
            sa.Column("kind", sa.String(20), nullable=False),
            sa.Column("service_id", ID),
            sa.Column("ours", sa.String(40)),
            sa.Column("theirs", sa.String(40)),
            sa.Column("state", sa.String(10), server_default="open", nullable=False),
            sa.Column("error", sa.String(300)),
            sa.Column("repaired_at", MOMENT),
        ),
        "provisioning_number_reservation": (
            sa.Column("number", sa.String(16), nullable=False),
            sa.Column("holder", sa.String(80), nullable=False),
            sa.Column("state", sa.String(10), nullable=False),
            sa.Column("created_at", MOMENT, nullable=False),
            sa.Column("expires_at", MOMENT, nullable=False),
        ),
        "provisioning_porting_request": (
            sa.Column("request_id", sa.String(80), nullable=False),
            sa.Column("product_id", ID, nullable=False),
            sa.Column("party_id", ID, nullable=False),
            sa.Column("number", sa.String(16), nullable=False),
            sa.Column("donor", sa.String(60), nullable=False),
            sa.Column("account", sa.Text(), nullable=False),
            sa.Column("desired_date", sa.Date()),
            sa.Column("state", sa.String(10), nullable=False),
            sa.Column("reason", sa.String(20)),
            sa.Column("temporary_number", sa.String(16)),
            sa.Column("cut_over_at", MOMENT),
            sa.Column("created_at", MOMENT, nullable=False),
            sa.Column("updated_at", MOMENT, nullable=False),
            sa.UniqueConstraint("request_id", name=op.f("uq_provisioning_porting_request_request_id")),
        ),
        "ordering_cancel_product_order": (
            sa.Column("order_id", ID, nullable=False),
            sa.Column("state", sa.String(20), nullable=False),
            sa.Column("cancellation_reason", TEXT),
            sa.Column("requested_date", MOMENT),
            sa.Column("effective_date", MOMENT),
            sa.Column("created_at", MOMENT, nullable=False),
            sa.Column("document", postgresql.JSONB(), server_default=EMPTY, nullable=False),
        ),
        "ordering_order_task": (
            sa.Column("order_id", ID, nullable=False),
            sa.Column("item_id", ID, nullable=False),
            sa.Column("position", sa.Integer(), nullable=False),
            sa.Column("step", sa.String(20), nullable=False),
            sa.Column("state", sa.String(12), nullable=False),
            sa.Column("due_at", MOMENT),
            sa.Column("attempts", sa.Integer(), nullable=False),
            sa.Column("error", sa.String(500)),
            sa.Column("done_at", MOMENT),
            sa.Column("stuck_at", MOMENT),
            sa.Column("settled_by", sa.String(80)),
            sa.UniqueConstraint("order_id", "position", name=op.f("uq_ordering_order_task_order_id_position")),
        ),
    }


def _create() -> None:
    for table, columns in _tables().items():
        default = sa.text("gen_random_uuid()") if table == "provisioning_difference" else None
        key = sa.Column("id", ID, server_default=default, nullable=False)
        op.create_table(table, key, *columns, sa.PrimaryKeyConstraint("id", name=f"pk_{table}"))
    op.create_table(
        "provisioning_access_port",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("service_id", ID),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provisioning_access_port")),
        sa.UniqueConstraint("service_id", name=op.f("uq_provisioning_access_port_service_id")),
    )


def _widen() -> None:
    for table, column, type_ in _each(OPTIONAL):
        op.alter_column(table, column, existing_type=type_, nullable=True)
    for table, column, _, length in WIDER:
        op.alter_column(table, column, type_=sa.String(length))
    op.alter_column("provisioning_service", "kind", type_=sa.String(60))
    for table, column, type_ in _each(ADDED):
        op.add_column(table, sa.Column(column, type_, nullable=True))
    for table, column, type_, default in ADDED_WITH_DEFAULT:
        op.add_column(table, sa.Column(column, type_, nullable=False, server_default=default))
    op.execute("UPDATE ordering_product_order_item SET item_id = position::text")
    op.alter_column("ordering_product_order_item", "item_id", nullable=False)
    op.drop_constraint("uq_ordering_product_order_item_product_id", "ordering_product_order_item")
    op.create_unique_constraint(
        op.f("uq_ordering_product_order_item_order_id_item_id"), "ordering_product_order_item", ["order_id", "item_id"]
    )
    _index()


def _index() -> None:
    for name, table, on, condition in INDEXES:
        op.create_index(op.f(name), table, on, postgresql_where=sa.text(condition) if condition else None)
    op.create_index(
        "ix_ordering_product_document",
        "ordering_product",
        ["document"],
        postgresql_using="gin",
        postgresql_ops={"document": "jsonb_path_ops"},
    )
    op.create_index(
        "uq_provisioning_porting_request_open", "provisioning_porting_request", ["number"], unique=True,
        postgresql_where=sa.text("state IN ('requested', 'confirmed')"),
    )  # fmt: skip
    for table, column, to, deleted in FOREIGN:
        op.create_foreign_key(op.f(f"fk_{table}_{column}"), table, to, [column], ["id"], ondelete=deleted)
    op.create_foreign_key(
        op.f("fk_provisioning_number_reservation_number"),
        "provisioning_number_reservation", "provisioning_number", ["number"], ["number"],
    )  # fmt: skip


def _narrow() -> None:
    for table in ("provisioning_access_port", *reversed(_tables())):
        op.drop_table(table)
    op.drop_constraint("uq_ordering_product_order_item_order_id_item_id", "ordering_product_order_item")
    for table, column, *_ in ADDED_WITH_DEFAULT:
        op.drop_column(table, column)
    for table, column, _ in _each(ADDED):
        op.drop_column(table, column)
    for name, table, _, condition in INDEXES:
        if table in OPTIONAL and name.endswith(("_state", "order_item_product_id", "_ending")):
            op.drop_index(name, table, postgresql_where=sa.text(condition) if condition else None)
    op.create_unique_constraint(
        op.f("uq_ordering_product_order_item_product_id"), "ordering_product_order_item", ["product_id"]
    )
    for table, column, length, _ in WIDER:
        op.alter_column(table, column, type_=sa.String(length))
    op.alter_column("provisioning_service", "kind", type_=sa.String(10))
    for table, column, type_ in _each(OPTIONAL):
        op.alter_column(table, column, existing_type=type_, nullable=False)


def _each(tables: dict[str, dict[str, sa.types.TypeEngine]]) -> list[tuple[str, str, sa.types.TypeEngine]]:
    return [(table, column, type_) for table, columns in tables.items() for column, type_ in columns.items()]
