"""Re-encrypts what rests encrypted with the newest key, in batches; cut off, it can be started again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import Column, Engine, Table, Text, and_, func, or_, select, tuple_, type_coerce
from sqlalchemy import update as sql_update

from backend.infra.database import Base
from backend.infra.encryption import EncryptedJson, EncryptedText, keyring

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a table is: rows looked at and rows that another key had encrypted."""

    table: str
    seen: int
    rotated: int


def encrypted_tables() -> dict[Table, list[Column[Any]]]:
    """The tables with encrypted columns, and those columns."""
    found = {
        table: [column for column in table.columns if isinstance(column.type, EncryptedText | EncryptedJson)]
        for table in Base.metadata.sorted_tables
    }
    return {table: columns for table, columns in found.items() if columns}


def rows_to_look_at(engine: Engine) -> int:
    """How many rows have something encrypted in them."""
    with engine.connect() as connection:
        counts = [
            connection.scalar(select(func.count()).select_from(table).where(_any_set(columns)))
            for table, columns in encrypted_tables().items()
        ]
    return sum(count or 0 for count in counts)


def rotate(engine: Engine, newest: str) -> Iterator[Progress]:
    """Re-encrypt every value that the newest key did not encrypt, a batch a transaction; yields after each batch."""
    key = Fernet(newest)
    for table, columns in encrypted_tables().items():
        yield from _rotate_table(engine, table, columns, key)


def _rotate_table(engine: Engine, table: Table, columns: list[Column[Any]], key: Fernet) -> Iterator[Progress]:
    ids, last, seen, rotated = list(table.primary_key.columns), None, 0, 0
    while True:
        with engine.begin() as connection:
            rows = connection.execute(_batch(columns, ids, last)).all()
            changes = [change for row in rows if (change := _change(row, ids, columns, key))]
            for change in changes:
                where = and_(*(column == change[column.name] for column in ids))
                values = {
                    column: type_coerce(change[column.name], Text()) for column in columns if column.name in change
                }
                connection.execute(sql_update(table).where(where).values(values))
        if not rows:
            return
        last, seen, rotated = tuple(rows[-1][: len(ids)]), seen + len(rows), rotated + len(changes)
        yield Progress(table.name, seen, rotated)


def _batch(columns: list[Column[Any]], ids: list[Column[Any]], last: tuple[Any, ...] | None) -> Any:
    shown = [type_coerce(column, Text()).label(column.name) for column in columns]
    statement = select(*ids, *shown).where(_any_set(columns)).order_by(*ids).limit(BATCH).with_for_update()
    return statement if last is None else statement.where(tuple_(*ids) > last)


def _any_set(columns: Sequence[Column[Any]]) -> Any:
    return or_(*(column.is_not(None) for column in columns))


def _change(row: Any, ids: list[Column[Any]], columns: list[Column[Any]], key: Fernet) -> dict[str, Any] | None:
    values = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for it
    old = {
        c.name: values[c.name] for c in columns if values[c.name] is not None and not _is_newest(key, values[c.name])
    }
    if not old:
        return None
    renewed = {name: keyring.fernet.rotate(token.encode()).decode() for name, token in old.items()}
    return {column.name: values[column.name] for column in ids} | renewed


def _is_newest(key: Fernet, token: str) -> bool:
    try:
        key.decrypt(token.encode())
    except InvalidToken:
        return False
    return True
