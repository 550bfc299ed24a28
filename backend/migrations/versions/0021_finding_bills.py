"""Customers by the words of their names, payments by the bill that their money went on."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_customer_customer_name_words",
        "customer_customer",
        [sa.text("to_tsvector('simple'::regconfig, translate(name, 'أإآٱىة', 'اااايه'))")],
        postgresql_using="gin",
    )
    op.create_index("ix_payment_allocation_bill_id", "payment_allocation", ["bill_id"])


def downgrade() -> None:
    op.drop_index("ix_payment_allocation_bill_id", "payment_allocation")
    op.drop_index("ix_customer_customer_name_words", "customer_customer")
