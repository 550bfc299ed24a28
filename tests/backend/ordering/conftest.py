"""A shop with catalogue and numbers, in a rolled-back session and in a database of its own where work commits."""

from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import make_url, text
from sqlalchemy.orm import Session

from backend.access import service as access
from backend.access import tokens
from backend.access.models import ConversationGrant
from backend.access.rules import Caller, Level, Role
from backend.acquisition import service as acquisition
from backend.catalog import service as catalog
from backend.conversations import service as conversations
from backend.infra.database import Database, engine_for
from backend.kernel.checkdigit import with_check_digit
from backend.kernel.text import Bilingual
from backend.main import assembled_database, create_app
from backend.migrations import upgrade
from backend.provisioning import service as provisioning
from backend.settings import Settings

KEY = "k" * 40


def identity(n: int) -> str:
    """The n-th invented identity number with a right check digit."""
    return with_check_digit(f"1099{n:05d}")


def converse(session: Session) -> Caller:
    """A new conversation that knows nobody."""
    conversation = conversations.open_conversation(session, channel="widget", language="ar")
    return Caller(conversation_id=conversation.id)


def approved(session: Session, caller: Caller, n: int = 1, offering: str = "mofawtar-100") -> UUID:
    """The id of an approved application of the n-th invented person."""
    application, _ = acquisition.start(session, caller)
    form = {
        "productOffering": offering,
        "personName": "سعاد فهد المطيري",
        "nationalId": identity(n),
        "birthDate": "1990-01-01",
        "contactNumber": f"05{n:08d}".replace("050", "055", 1),
        "monthlyIncome": "9000",
        "place": "حي النرجس، الرياض",
        "termsAccepted": True,
    }
    acquisition.change(session, caller, application.id, form)
    acquisition.submit(session, caller, application.id)
    assert application.state == "approved"
    return application.id


@pytest.fixture
def shop(session: Session) -> Session:
    """A session with catalogue and numbers loaded."""
    catalog.load(session)
    provisioning.load_numbers(session)
    return session


@pytest.fixture
def visitor(shop: Session) -> Caller:
    """A conversation that knows nobody."""
    return converse(shop)


@pytest.fixture(scope="module")
def shop_database(database_url: str, database: Database) -> Iterator[Database]:
    """A database of this module's own with catalogue and numbers, where transactions commit."""
    del database
    name = f"orders_{uuid4().hex[:8]}"
    with engine_for(database_url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = make_url(database_url).set(database=name).render_as_string(hide_password=False)
    upgrade(url)
    own = assembled_database(url)
    with own.transaction() as session:
        catalog.load(session)
        provisioning.load_numbers(session)
    yield own
    own.engine.dispose()


@pytest.fixture(scope="module")
def client(shop_database: Database) -> TestClient:
    """The app, asked by nobody in particular."""
    settings = Settings(
        database_url=shop_database.engine.url.render_as_string(hide_password=False),
        token_key=SecretStr(KEY),
        encryption_keys=SecretStr(KEY),
        assistant_token=SecretStr("a" * 40),
        rasa_secret=SecretStr(KEY),
        rasa_url="http://127.0.0.1:9",
        actions_health_url="http://127.0.0.1:9/health",
    )
    return TestClient(create_app(settings, shop_database), raise_server_exceptions=False)


@pytest.fixture
def headers() -> Callable[[Caller], dict[str, str]]:
    """Headers by which the assistant acts for a conversation."""
    return lambda caller: {"Authorization": "Bearer " + "a" * 40, "X-Conversation-Id": str(caller.conversation_id)}


@pytest.fixture
def verified(shop_database: Database) -> Callable[[Caller], None]:
    """Lets a conversation know its customer surely, as a confirmed code would."""

    def verify(caller: Caller) -> None:
        with shop_database.transaction() as session:
            session.get_one(ConversationGrant, caller.conversation_id).level = Level.VERIFIED

    return verify


@pytest.fixture
def agent(shop_database: Database) -> dict[str, str]:
    """Headers of a member of staff."""
    with shop_database.transaction() as session:
        member = access.add_staff(
            session, username=f"agent-{uuid4()}", password="p", role=Role.AGENT, name=Bilingual(ar="موظف", en="Agent")
        )
    token, _ = tokens.issue("staff", member.id, KEY, tokens.STAFF_LIFE)
    return {"Authorization": f"Bearer {token}"}
