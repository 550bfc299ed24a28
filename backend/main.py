"""Composition root: the only module that knows every domain."""

from backend.infra.database import Database, engine_for
from backend.infra.outbox import MessageProvider, SandboxProvider


def assembled_database(url: str, *, clock_moves: bool = False) -> Database:
    """The database with every subscription and every outside system of the product."""
    database = Database(engine_for(url), clock_moves=clock_moves)
    database.outside.bind(MessageProvider, SandboxProvider())
    return database
