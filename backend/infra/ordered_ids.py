"""Ids for rows that are made by the thousand (UUID version 7): made together, they lie together in every index."""

import time
from uuid import UUID

from sqlalchemy import Uuid, literal_column
from sqlalchemy.sql.elements import ColumnElement

ORDERED_ID = "CAST(overlay(CAST(gen_random_uuid() AS text) placing :ids from 1) AS uuid)"


def ordered_prefix() -> str:
    """How the ids of one set begin: with its moment, to the millisecond. It stands for `:ids` in `ORDERED_ID`."""
    moment = f"{time.time_ns() // 1_000_000:012x}"
    return f"{moment[:8]}-{moment[8:]}-7"


def ordered_id() -> ColumnElement[UUID]:
    """Such an id, another one for each row, as an expression of SQLAlchemy."""
    return literal_column(ORDERED_ID.replace(":ids", f"'{ordered_prefix()}'"), Uuid())
