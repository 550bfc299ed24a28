"""A session with the catalogue loaded, and somebody who applies in it."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import make_url, text
from sqlalchemy.orm import Session

from backend.access import service as access
from backend.access import tokens
from backend.access.rules import Caller, Role
from backend.acquisition import service
from backend.acquisition.models import Application
from backend.catalog import service as catalog
from backend.conversations import service as conversations
from backend.infra.database import Database, engine_for
from backend.kernel.text import Bilingual
from backend.main import assembled_database, create_app
from backend.migrations import upgrade
from backend.settings import Settings

KEY = "k" * 40
NOURA = {
    "productOffering": "mofawtar-100",
    "personName": "نورة سعد القحطاني",
    "nationalId": "1012345003",
    "birthDate": "1991-04-12",
    "contactNumber": "0512345678",
    "monthlyIncome": "9000",
    "termsAccepted": True,
}
Apply = Callable[..., Application]


@pytest.fixture
def shop(session: Session) -> Session:
    """A session with the catalogue loaded."""
    catalog.load(session)
    return session


@pytest.fixture
def visitor(shop: Session) -> Caller:
    """A conversation that knows nobody."""
    conversation_id = uuid4()
    access.open_conversation(shop, conversation_id)
    return Caller(conversation_id=conversation_id)


@pytest.fixture
def apply(shop: Session, visitor: Caller) -> Apply:
    """Noura's application with other words where they are given, filled in and ready to submit."""

    def applied(**others: Any) -> Application:
        application, _ = service.start(shop, visitor)
        return service.change(shop, visitor, application.id, NOURA | others)

    return applied


@pytest.fixture(scope="module")
def shop_database(database_url: str, database: Database) -> Iterator[Database]:
    """A database of this module's own with the catalogue, where transactions commit."""
    del database
    name = f"shop_{uuid4().hex[:8]}"
    with engine_for(database_url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = make_url(database_url).set(database=name).render_as_string(hide_password=False)
    upgrade(url)
    own = assembled_database(url)
    with own.transaction() as session:
        catalog.load(session)
    yield own
    own.engine.dispose()


@pytest.fixture(scope="module")
def shop_settings(shop_database: Database) -> Settings:
    """Settings of a process under test."""
    url = shop_database.engine.url.render_as_string(hide_password=False)
    return Settings(
        database_url=url,
        token_key=SecretStr(KEY),
        encryption_keys=SecretStr(KEY),
        assistant_token=SecretStr("a" * 40),
        rasa_secret=SecretStr(KEY),
        rasa_url="http://127.0.0.1:9",
        actions_health_url="http://127.0.0.1:9/health",
    )


@pytest.fixture(scope="module")
def client(shop_settings: Settings, shop_database: Database) -> TestClient:
    """The app, asked by nobody in particular."""
    return TestClient(create_app(shop_settings, shop_database), raise_server_exceptions=False)


@pytest.fixture
def assistant(shop_database: Database) -> Callable[[], dict[str, str]]:
    """Headers by which the assistant acts for a new conversation."""

    def headers() -> dict[str, str]:
        with shop_database.transaction() as session:
            conversation = conversations.open_conversation(session, channel="widget", language="en")
        return {"Authorization": "Bearer " + "a" * 40, "X-Conversation-Id": str(conversation.id)}

    return headers


@pytest.fixture
def shop_staff(shop_database: Database) -> dict[str, str]:
    """Headers of a member of staff."""
    with shop_database.transaction() as session:
        member = access.add_staff(
            session, username=f"agent-{uuid4()}", password="p", role=Role.AGENT, name=Bilingual(ar="موظف", en="Agent")
        )
    token, _ = tokens.issue("staff", member.id, KEY, tokens.STAFF_LIFE)
    return {"Authorization": f"Bearer {token}"}
