"""How many rows a table has, by state, without counting them: exact, and no row that everybody waits for.

A model that says `counted_by` has triggers (`migrations/versions/0010_speed.py`) that note, once a statement, how many
rows came and went in each state. Notes are only ever added, by each transaction its own; their sum, as the reader's
snapshot sees it, is the number of rows that the same snapshot sees. A job adds old notes up to one.
"""

from collections.abc import Collection

import procrastinate
from sqlalchemy import BigInteger, Identity, Index, String, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from backend.infra.database import Base
from backend.infra.jobs import database_of

jobs = procrastinate.Blueprint()
ADD_UP = text("""
WITH gone AS (DELETE FROM infra_row_count RETURNING table_name, state, delta)
INSERT INTO infra_row_count (table_name, state, delta)
SELECT table_name, state, sum(delta) FROM gone GROUP BY table_name, state HAVING sum(delta) <> 0
""")


class RowCount(Base):
    """So many rows of a table came to be in a state (minus: left it)."""

    __tablename__ = "infra_row_count"
    __table_args__ = (Index("ix_infra_row_count_table", "table_name", "state", postgresql_include=["delta"]),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    table_name: Mapped[str] = mapped_column(String(63))
    state: Mapped[str | None] = mapped_column(String(60))
    delta: Mapped[int] = mapped_column(BigInteger)


def rows_of(session: Session, table: str, states: Collection[str] | None = None) -> int:
    """How many rows the table has; only those in the states, if some are given."""
    statement = select(func.coalesce(func.sum(RowCount.delta), 0)).where(RowCount.table_name == table)
    if states is not None:
        statement = statement.where(RowCount.state.in_(states))
    return int(session.execute(statement).scalar_one())


def add_up(session: Session) -> None:
    """Make one note a table and state of all that are there; what others note meanwhile stays beside it."""
    session.execute(ADD_UP)


@jobs.periodic(cron="* * * * *")
@jobs.task(name="add_up_rows", pass_context=True, queueing_lock="add_up_rows")
def add_up_rows(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - procrastinate's
    """Keep the notes few."""
    with database_of(context).transaction() as session:
        add_up(session)
