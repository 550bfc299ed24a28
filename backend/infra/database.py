"""PostgreSQL: the engine, the sessions, and the one transaction of a request or a job."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Any, ClassVar

from fastapi import Depends, Request
from sqlalchemy import Engine, MetaData, Select, create_engine, text
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from backend.infra.events import EventBus
from backend.infra.operator import Operator, load_operator, operator_of
from backend.infra.outside import Outside
from backend.kernel.clock import Clock

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
    usual = {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 20, "hide_parameters": True}
    return create_engine(url, **usual | options)


def conninfo_of(engine: Engine) -> str:
    """The same server as libpq and psycopg know it."""
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


@dataclass(slots=True)
class Database:
    """The engine with what a session carries: event bus, outside systems, operator, movable clock, our address.

    `resources` are the TM Forum resources by their model, for the hub; `private_callbacks` lets it call inner networks.
    """

    engine: Engine
    bus: EventBus = field(default_factory=EventBus)
    outside: Outside = field(default_factory=Outside)
    operator: Operator = field(default_factory=load_operator)
    clock_moves: bool = False
    public_url: str = ""
    private_callbacks: bool = False
    resources: dict[type[Any], Any] = field(default_factory=dict)

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
            "public_url": self.public_url,
            "resources": self.resources,
        }
        return sessionmaker(self.engine, info=info, expire_on_commit=False)


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
