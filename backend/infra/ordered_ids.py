"""Ids for rows made by the thousand (UUID version 7, RFC 9562): made together, they lie together in every index.

An id of its own random bits costs a server more than the row's other values; rows that nobody is sent by name are
counted instead: the ids of one statement share their moment and 42 random bits, and end in a number of 32 bits.
"""

import time
from secrets import choice, token_hex
from uuid import UUID

from sqlalchemy import Text, TextClause, Uuid, cast, func, text
from sqlalchemy.sql.elements import ColumnElement

COUNTED_ID = "CAST(:ids || lpad(to_hex(row_number() OVER ()), 8, '0') AS uuid)"


def counted_prefix() -> str:
    """How the ids of one statement begin. It stands for `:ids` in `COUNTED_ID`."""
    return f"{_moment()}{token_hex(2)[1:]}-{choice('89ab')}{token_hex(2)[1:]}-{token_hex(2)}"


def counted_id() -> TextClause:
    """An id for each row that a SELECT gives, as a column of it in SQLAlchemy."""
    return text(COUNTED_ID).bindparams(ids=counted_prefix())


def random_id() -> ColumnElement[UUID]:
    """An id that tells nothing of the next one, for what customers see by name; also in an UPDATE."""
    return cast(func.overlay(cast(func.gen_random_uuid(), Text), _moment(), 1), Uuid())


def _moment() -> str:
    """Forty-eight bits of milliseconds since 1970, and the version."""
    moment = f"{time.time_ns() // 1_000_000:012x}"
    return f"{moment[:8]}-{moment[8:]}-7"
