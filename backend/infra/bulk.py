"""Many rows between PostgreSQL and Arrow at once: by COPY, as CSV, in the session's transaction."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import duckdb
import pyarrow as pa
from pyarrow import csv
from sqlalchemy import Select
from sqlalchemy.orm import Session

ROWS_AT_ONCE = 122_880


def copy_in(session: Session, table: str, rows: pa.Table) -> None:
    """Add the rows to the table; their columns have its columns' names, None is null, moments have a zone."""
    columns = ", ".join(f'"{name}"' for name in rows.column_names)
    connection: Any = session.connection().connection.driver_connection
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN (FORMAT csv)') as into,
    ):
        for block in csv_blocks(rows):
            into.write(block)


def csv_blocks(rows: pa.Table) -> Iterator[memoryview]:
    """The rows as COPY reads them, some at a time: a column of lines, whose bytes stand one after the other already."""
    fields = ", ',', ".join(_told(field) for field in rows.schema)
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("rows", rows)
        lines = connection.sql(f"SELECT concat({fields}, chr(10)) FROM rows")  # noqa: S608 - columns of ours
        for batch in lines.to_arrow_reader(ROWS_AT_ONCE):
            yield _bytes_of(batch.column(0))


def _told(field: pa.Field) -> str:
    """A field; concat leaves null out, which makes it empty. Text that is empty is quoted, and is not null."""
    if pa.types.is_string(field.type):
        return f"""'"' || replace("{field.name}", '"', '""') || '"'"""
    return f'CAST("{field.name}" AS VARCHAR)'


def _bytes_of(lines: pa.StringArray) -> memoryview:
    _, offsets, data = lines.buffers()
    starts = memoryview(offsets).cast("i")
    return memoryview(data)[starts[lines.offset] : starts[lines.offset + len(lines)]]


def copy_out(session: Session, statement: Select[Any], schema: pa.Schema) -> pa.Table:
    """The rows that the statement selects, with these columns, in its order."""
    query = str(statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True}))
    connection: Any = session.connection().connection.driver_connection
    found = BytesIO()
    with connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)".encode()) as out:
        for block in out:
            found.write(block)
    if found.tell() == 0:
        return schema.empty_table()
    found.seek(0)
    return csv.read_csv(
        found,
        csv.ReadOptions(column_names=schema.names),
        csv.ParseOptions(newlines_in_values=True),
        csv.ConvertOptions(
            column_types=schema, strings_can_be_null=True, null_values=[""], quoted_strings_can_be_null=False
        ),
    )
