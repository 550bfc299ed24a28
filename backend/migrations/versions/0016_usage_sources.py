"""Records count once for each source; rated rows are written many at a time, without keys looked up row by row."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

RATED, USAGE = "rating_rated_usage", "usage_usage"


def upgrade() -> None:
    op.add_column(USAGE, sa.Column("source", sa.String(length=60), nullable=False, server_default="network"))
    op.execute("UPDATE usage_usage u SET source = f.source FROM usage_file f WHERE f.id = u.file_id")
    op.execute("UPDATE usage_usage SET source = 'api' WHERE file_id IS NULL AND document <> '{}'")
    op.drop_constraint("uq_usage_usage_record_id", USAGE, type_="unique")
    op.create_index("uq_usage_usage_record", USAGE, ["source", "record_id"], unique=True)
    op.drop_constraint("fk_rating_rated_usage_usage_id", RATED, type_="foreignkey")
    op.drop_constraint("fk_rating_rated_usage_rate_class", RATED, type_="foreignkey")
    op.drop_index("ix_rating_rated_usage_span", RATED)


def downgrade() -> None:
    op.create_index("ix_rating_rated_usage_span", RATED, ["product_id", "local_date"])
    op.create_foreign_key("fk_rating_rated_usage_rate_class", RATED, "rating_rate_class", ["rate_class"], ["key"])
    op.create_foreign_key("fk_rating_rated_usage_usage_id", RATED, USAGE, ["usage_id"], ["id"])
    op.execute("""
        UPDATE usage_usage u SET record_id = left(u.source || ':' || u.record_id, 160)
        FROM usage_usage o WHERE o.record_id = u.record_id AND o.id <> u.id AND u.source <> 'network'
    """)
    op.drop_index("uq_usage_usage_record", USAGE)
    op.create_unique_constraint("uq_usage_usage_record_id", USAGE, ["record_id"])
    op.drop_column(USAGE, "source")
