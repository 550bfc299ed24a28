"""Steps of rating become tables: each step is an Ibis expression, compiled once, run by DuckDB or by Spark."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Protocol
from uuid import uuid4

import duckdb
import ibis
import pyarrow as pa

Step = Callable[..., ibis.Table]
MEMORY = "1GB"


@dataclass(frozen=True, slots=True)
class Relation:
    """A table by its name, with its columns and their types."""

    name: str
    columns: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, name: str, columns: Mapping[str, str]) -> "Relation":
        """A table with these columns."""
        return cls(name, tuple(columns.items()))

    @property
    def table(self) -> ibis.Table:
        """As expressions see it."""
        return ibis.table(dict(self.columns), name=self.name)


class SqlEngine(Protocol):
    """What a step needs of an engine."""

    def put(self, relation: Relation, rows: pa.Table) -> None:
        """Let the rows be that table."""

    def run(self, name: str, step: Step, *arguments: Any) -> Relation:
        """Make the table `name` of what the step says; relations among the arguments arrive as tables."""

    def view(self, name: str, step: Step, *arguments: Any) -> Relation:
        """The same, worked out whenever it is read: for steps that are read once."""

    def count(self, relation: Relation) -> int:
        """How many rows it has."""

    def fetch(self, relation: Relation) -> pa.Table:
        """Its rows."""

    def drop(self, *relations: Relation) -> None:
        """Forget the tables."""


@lru_cache(maxsize=512)
def compiled(dialect: str, step: Step, arguments: tuple[Any, ...]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The SQL of a step, each column cast to the type that the expression says, and the columns."""
    expression = step(*(one.table if isinstance(one, Relation) else one for one in arguments))
    columns = tuple((name, str(kind).removeprefix("!")) for name, kind in expression.schema().items())
    typed = ibis.to_sql(expression, dialect=dialect)
    quote, types = QUOTES[dialect], TYPES[dialect]
    listed = ", ".join(f"CAST({quote}{name}{quote} AS {types[kind]}) AS {quote}{name}{quote}" for name, kind in columns)
    return f"SELECT {listed} FROM ({typed}) AS made", columns  # noqa: S608 - names of ours


class DuckEngine:
    """DuckDB in this process; `memory` bounds it ("2GB"), what does not fit is spilled into `spill`, its own."""

    def __init__(self, *, threads: int | None = None, memory: str = MEMORY, spill: Path | None = None) -> None:
        """An empty database in memory."""
        self.connection = duckdb.connect()
        self.connection.execute("SET preserve_insertion_order = false")
        place = spill or Path(gettempdir()) / f"hatif-{uuid4()}"  # made when it is needed, and gone with the connection
        options = {"threads": threads, "memory_limit": memory, "temp_directory": str(place)}
        for name, value in options.items():
            if value is not None:
                self.connection.execute(f"SET {name} = '{value}'")

    def put(self, relation: Relation, rows: pa.Table) -> None:
        """Let the rows be that table."""
        self.connection.register("incoming", rows)
        listed = ", ".join(f'CAST("{name}" AS {TYPES["duckdb"][kind]}) AS "{name}"' for name, kind in relation.columns)
        self.execute(f'CREATE OR REPLACE TEMP TABLE "{relation.name}" AS SELECT {listed} FROM incoming')  # noqa: S608
        self.connection.unregister("incoming")

    def run(self, name: str, step: Step, *arguments: Any) -> Relation:
        """Make the table."""
        sql, columns = compiled("duckdb", step, arguments)
        self.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {sql}')
        return Relation(name, columns)

    def view(self, name: str, step: Step, *arguments: Any) -> Relation:
        """Make the view."""
        sql, columns = compiled("duckdb", step, arguments)
        self.execute(f'CREATE OR REPLACE TEMP VIEW "{name}" AS {sql}')
        return Relation(name, columns)

    def count(self, relation: Relation) -> int:
        """How many rows it has."""
        (number,) = self.connection.execute(f'SELECT count(*) FROM "{relation.name}"').fetchall()[0]  # noqa: S608
        return int(number)

    def fetch(self, relation: Relation) -> pa.Table:
        """Its rows."""
        return self.connection.sql(f'SELECT * FROM "{relation.name}"').to_arrow_table()  # noqa: S608

    def drop(self, *relations: Relation) -> None:
        """Forget the tables."""
        for relation in relations:
            self.execute(f'DROP TABLE IF EXISTS "{relation.name}"')

    def execute(self, sql: str) -> None:
        """Do what the statement says."""
        self.connection.execute(sql)

    def close(self) -> None:
        """Give everything back."""
        self.connection.close()


class SparkEngine:
    """Spark, by a session that somebody else made. Workers keep each step's rows, so that plans stay short."""

    def __init__(self, session: Any) -> None:
        """Uses the session and its catalogue of temporary views."""
        self.session = session

    def put(self, relation: Relation, rows: pa.Table) -> None:
        """Let the rows be that table."""
        self.session.createDataFrame(rows).createOrReplaceTempView(relation.name)

    def run(self, name: str, step: Step, *arguments: Any) -> Relation:
        """Make the table."""
        sql, columns = compiled("pyspark", step, arguments)
        self.session.sql(sql).localCheckpoint().createOrReplaceTempView(name)
        return Relation(name, columns)

    def view(self, name: str, step: Step, *arguments: Any) -> Relation:
        """Make the view."""
        sql, columns = compiled("pyspark", step, arguments)
        self.session.sql(sql).createOrReplaceTempView(name)
        return Relation(name, columns)

    def count(self, relation: Relation) -> int:
        """How many rows it has."""
        return int(self.session.table(relation.name).count())

    def fetch(self, relation: Relation) -> pa.Table:
        """Its rows."""
        rows = [row.asDict() for row in self.session.table(relation.name).collect()]
        return pa.Table.from_pylist(rows, schema=ibis.schema(dict(relation.columns)).to_pyarrow())

    def drop(self, *relations: Relation) -> None:
        """Forget the views; what they were made of stays as long as something is made of it."""
        for relation in relations:
            self.session.catalog.dropTempView(relation.name)


QUOTES = {"duckdb": '"', "pyspark": "`"}
TYPES = {
    "duckdb": {"int64": "BIGINT", "int8": "TINYINT", "boolean": "BOOLEAN", "string": "VARCHAR"},
    "pyspark": {"int64": "BIGINT", "int8": "TINYINT", "boolean": "BOOLEAN", "string": "STRING"},
}
