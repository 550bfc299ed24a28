"""Usage, bills and payments are counted by what state they are in, as customers and products are (0010)."""

from importlib import import_module

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

counting = import_module("backend.migrations.versions.0010_speed")
COUNTED = {"usage_usage": ("status",), "billing_customer_bill": ("state",), "payment_payment": ("status",)}


def upgrade() -> None:
    for table, attributes in COUNTED.items():
        counting.count(table, attributes)


def downgrade() -> None:
    for table in COUNTED:
        counting.stop_counting(table)
        op.execute(f"DELETE FROM infra_row_count WHERE table_name = '{table}'")
