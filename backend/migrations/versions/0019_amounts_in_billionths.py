"""What records cost, and the tallies of money and caps, in billionths: only the bill line is rounded.

What was rated before keeps its millionths. Back again, amounts are rounded to them, half up.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

OF_MONEY = "scope LIKE 'cap:%' OR scope LIKE 'money:%' OR scope LIKE 'addOnMoney:%' OR scope LIKE 'poolMoney:%'"


def upgrade() -> None:
    op.alter_column("rating_rated_usage", "amount", type_=sa.Numeric(20, 9))
    op.execute(f"UPDATE rating_tally SET used = used * 1000 WHERE {OF_MONEY}")


def downgrade() -> None:
    op.execute(f"UPDATE rating_tally SET used = CAST(round(used / 1000.0) AS bigint) WHERE {OF_MONEY}")
    op.alter_column("rating_rated_usage", "amount", type_=sa.Numeric(18, 6))
