"""How many rows a table has, also by state, without counting them: exact, and no row that everybody waits for.

A model says `counted_by`: the columns by which it is counted. Its triggers (`migrations/versions`, 0010 and 0023) note,
once a statement and column, how many rows came and went with each value. Notes are only ever added, by each transaction
its own; their sum, as the reader's snapshot sees it, is the number of rows that the same snapshot sees. A job adds old
notes up to one.
"""

from collections.abc import Collection

import procrastinate
from sqlalchemy import BigInteger, Identity, Index, String, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from backend.infra.database import Base
from backend.infra.jobs import database_of

jobs = procrastinate.Blueprint()
ADD_UP = text("""
WITH gone AS (DELETE FROM infra_row_count RETURNING table_name, attribute, value, delta)
INSERT INTO infra_row_count (table_name, attribute, value, delta)
SELECT table_name, attribute, value, sum(delta) FROM gone GROUP BY table_name, attribute, value HAVING sum(delta) <> 0
""")


class RowCount(Base):
    """So many rows of a table came with a value of the attribute, or came to have it (minus: went, or had it)."""

    __tablename__ = "infra_row_count"
    __table_args__ = (
        Index("ix_infra_row_count_table", "table_name", "attribute", "value", postgresql_include=["delta"]),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    table_name: Mapped[str] = mapped_column(String(63))
    attribute: Mapped[str] = mapped_column(String(63))
    value: Mapped[str | None] = mapped_column(String(60))
    delta: Mapped[int] = mapped_column(BigInteger)


def rows_of(session: Session, table: str, attribute: str, values: Collection[str] | None = None) -> int:
    """How many rows the table has; only those whose attribute has one of the values, if some are given."""
    statement = select(func.coalesce(func.sum(RowCount.delta), 0)).where(
        RowCount.table_name == table, RowCount.attribute == attribute
    )
    if values is not None:
        statement = statement.where(RowCount.value.in_(values))
    return int(session.execute(statement).scalar_one())


def add_up(session: Session) -> None:
    """Make one note a table, attribute and value of all that are there; what others note meanwhile stays beside it."""
    session.execute(ADD_UP)


@jobs.periodic(cron="* * * * *")
@jobs.task(name="add_up_rows", pass_context=True, queueing_lock="add_up_rows")
def add_up_rows(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - procrastinate's
    """Keep the notes few."""
    with database_of(context).transaction() as session:
        add_up(session)
