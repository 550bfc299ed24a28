"""PostgreSQL: the engine, the sessions, and the one transaction of a request or a job."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Any, ClassVar

import psycopg
from fastapi import Depends, Request
from sqlalchemy import Engine, MetaData, Select, create_engine, event, text
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from backend.infra.events import EventBus
from backend.infra.operator import Operator, load_operator, operator_of
from backend.infra.outside import Outside
from backend.kernel.clock import Clock

TRUSTED_SECONDS = 0.1  # no server restarts in less
Rows = Select[*tuple[Any, ...]]  # a set of rows that its owner hands to another domain; its docstring names the columns
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of ours; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(naming_convention=NAMING)
    audited: ClassVar[bool] = False


def engine_for(url: str, **options: Any) -> Engine:
    """An engine on psycopg 3 that notices a restarted server before it hands a connection out.

    What customers wrote never gets into an error's text, and so not into a log.
    """
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            url = "postgresql+psycopg://" + url.removeprefix(prefix)
    usual = {"pool_size": 10, "max_overflow": 20, "hide_parameters": True}
    engine = create_engine(url, **usual | options)
    event.listen(engine, "checkin", _note_time)
    event.listen(engine, "checkout", _ask_whether_it_lives)
    return engine


def _note_time(_connection: Any, record: Any) -> None:
    record.info["rested_since"] = time.monotonic()


def _ask_whether_it_lives(connection: Any, record: Any, _proxy: Any) -> None:
    """A connection that has rested is asked first; one that comes straight from another transaction is not."""
    if time.monotonic() - record.info.get("rested_since", 0.0) < TRUSTED_SECONDS:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        connection.rollback()
    except psycopg.Error as reason:
        raise DisconnectionError("the server was restarted") from reason


def driver_of(session: Session) -> psycopg.Connection[Any]:
    """The psycopg connection of the session's transaction, for statements that run a thousand times a second."""
    driver: psycopg.Connection[Any] = session.connection().connection.driver_connection  # type: ignore[assignment]
    return driver


def conninfo_of(engine: Engine) -> str:
    """The same server as libpq and psycopg know it."""
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


@dataclass(slots=True)
class Database:
    """The engine with what a session carries: event bus, outside systems, operator, clock, our address.

    `clock` stands still for a past that is being written; without it time is the machine's, shifted if `clock_moves`.
    `resources` are the TM Forum resources by their model, for the hub; `private_callbacks` lets it call inner networks.
    """

    engine: Engine
    bus: EventBus = field(default_factory=EventBus)
    outside: Outside = field(default_factory=Outside)
    operator: Operator = field(default_factory=load_operator)
    clock_moves: bool = False
    clock: Clock | None = None
    public_url: str = ""
    private_callbacks: bool = False
    resources: dict[type[Any], Any] = field(default_factory=dict)
    _made: sessionmaker[Session] | None = field(default=None, init=False, repr=False, compare=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that commits once at the end, or rolls back."""
        with self.sessions() as session, session.begin():
            yield session

    @property
    def sessions(self) -> sessionmaker[Session]:
        """Sessions bound to this database, with its bus, outside systems, operator and clock in `info`."""
        info = {
            "bus": self.bus,
            "outside": self.outside,
            "operator": self.operator,
            "clock_moves": self.clock_moves,
            "clock": self.clock,
            "public_url": self.public_url,
            "resources": self.resources,
        }
        if self._made is None or self._made.kw["info"] != info:
            self._made = sessionmaker(self.engine, info=info, expire_on_commit=False)
        return self._made


def clock_of(session: Session) -> Clock:
    """The business clock as this session's transaction sees it; read once a session."""
    clock: Clock | None = session.info.get("clock")
    if clock is None:
        offset = timedelta(0)
        if session.info.get("clock_moves"):
            offset = session.scalar(text("SELECT shift FROM infra_clock")) or timedelta(0)
        zone = operator_of(session).zone_info
        clock = session.info["clock"] = Clock(zone=zone, offset=offset)
    return clock


def request_session(request: Request) -> Iterator[Session]:
    """The request's session: one transaction, committed before the answer leaves."""
    database: Database = request.app.state.database
    with database.transaction() as session:
        yield session


SessionDep = Annotated[Session, Depends(request_session, scope="function")]
