"""Lists of a million rows: their counts kept as notes, and indexes for what they are searched and sorted by."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COUNTED = {
    "customer_customer": ("status",),
    "account_billing_account": ("state",),
    "ordering_product": ("status", "offering_id"),
    "ordering_product_order": ("state",),
    "provisioning_service": ("state",),
}
# Letter for letter what a filter on engagedParty.id asks for; another way to write it would not be found.
ENGAGED_PARTY = "coalesce(CAST(party_id AS VARCHAR), (document['engagedParty'] ->> 'id'))"
# Which transition tables each kind of statement has, and what of them came and went.
CAME = "SELECT {attribute}, count(*) FROM came GROUP BY 1"
WENT = "SELECT {attribute}, -count(*) FROM went GROUP BY 1"
STATEMENTS = {
    "insert": ("NEW TABLE AS came", CAME),
    "update": ("OLD TABLE AS went NEW TABLE AS came", f"{CAME} UNION ALL {WENT}"),
    "delete": ("OLD TABLE AS went", WENT),
}
INDEXES = (
    ("ix_customer_customer_name", "customer_customer", ["name", "id"]),
    ("ix_customer_customer_status", "customer_customer", ["status", "id"]),
    ("ix_customer_customer_engaged_party", "customer_customer", [sa.text(ENGAGED_PARTY)]),
    ("ix_ordering_product_offering", "ordering_product", ["offering_id", "id"]),
    ("ix_ordering_product_status", "ordering_product", ["status", "id"]),
    ("ix_ordering_product_msisdn", "ordering_product", ["msisdn"]),
    ("ix_ordering_product_newest", "ordering_product", [sa.text("start_date DESC NULLS LAST"), sa.text("id DESC")]),
)


def upgrade() -> None:
    for index in INDEXES:
        op.create_index(*index)
    op.create_table(
        "infra_row_count",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("table_name", sa.String(63), nullable=False),
        sa.Column("attribute", sa.String(63), nullable=False),
        sa.Column("value", sa.String(60), nullable=True),
        sa.Column("delta", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_infra_row_count")),
    )
    op.create_index(
        "ix_infra_row_count_table",
        "infra_row_count",
        ["table_name", "attribute", "value"],
        postgresql_include=["delta"],
    )
    for table, attributes in COUNTED.items():
        count(table, attributes)


def downgrade() -> None:
    for table in COUNTED:
        stop_counting(table)
    op.drop_table("infra_row_count")
    for name, table, _ in INDEXES:
        op.drop_index(name, table)


def stop_counting(table: str) -> None:
    """Let the table be counted no more."""
    for kind in (*STATEMENTS, "truncate"):
        op.execute(f"DROP TRIGGER count_{kind} ON {table}")
        op.execute(f"DROP FUNCTION count_{kind}_{table}()")


def count(table: str, attributes: tuple[str, ...]) -> None:
    """Let the table be counted from now on; nobody writes to it while what is there is counted."""
    op.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
    for kind, (tables, changes) in STATEMENTS.items():
        notes = [_note(table, attribute, changes.format(attribute=attribute)) for attribute in attributes]
        _trigger(table, kind, "; ".join(notes), f"REFERENCING {tables}")
    _trigger(table, "truncate", f"DELETE FROM infra_row_count WHERE table_name = '{table}'", "")
    for attribute in attributes:
        op.execute(_note(table, attribute, f"SELECT {attribute}, count(*) FROM {table} GROUP BY 1"))


def _note(table: str, attribute: str, changes: str) -> str:
    return f"""INSERT INTO infra_row_count (table_name, attribute, value, delta)
        SELECT '{table}', '{attribute}', value, sum(n) FROM ({changes}) AS changed (value, n)
        GROUP BY value HAVING sum(n) <> 0"""


def _trigger(table: str, kind: str, note: str, referencing: str) -> None:
    function = f"count_{kind}_{table}"
    op.execute(f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {note}; RETURN NULL; END $$")
    op.execute(
        f"CREATE TRIGGER count_{kind} AFTER {kind.upper()} ON {table} {referencing}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
    )
