"""A backend on loopback for the tests of the gateway."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from uuid import uuid4

import httpx
import uvicorn
from cryptography.fernet import Fernet
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from wire import Client, Rasa

from backend.access import service as access
from backend.access import tokens
from backend.access.rules import Role
from backend.conversations import turn_runner
from backend.infra.database import Database
from backend.kernel.text import Bilingual
from backend.main import assembled_database, create_app
from backend.settings import Settings

TOKEN_KEY, ASSISTANT_TOKEN = "t" * 40, "a" * 40
Headers = dict[str, str]


@dataclass
class Gateway:
    """A running backend: its address, its database, the Rasa behind it."""

    url: str
    database: Database
    rasa: Rasa

    def client(self, language: str | None = "en") -> Client:
        """A customer with a new conversation."""
        return Client.of(self.url, language)

    def assistant(self, conversation_id: str, language: str = "en") -> Headers:
        """The headers by which the action server acts for the conversation."""
        return {
            "Authorization": f"Bearer {ASSISTANT_TOKEN}",
            "X-Conversation-Id": conversation_id,
            "Accept-Language": language,
        }

    def staff(self, role: Role = Role.AGENT, name: str = "Salma") -> Headers:
        """The headers of a new member of staff."""
        with self.database.transaction() as session:
            member = access.add_staff(
                session,
                username=f"{role}-{uuid4().hex[:8]}",
                password="p",
                role=role,
                name=Bilingual(ar="سلمى", en=name),
            )
        token, _ = tokens.issue("staff", member.id, TOKEN_KEY, tokens.STAFF_LIFE)
        return {"Authorization": f"Bearer {token}"}

    def post(self, path: str, headers: Headers, body: object = None) -> httpx.Response:
        """A POST to a route of the backend."""
        return httpx.post(f"{self.url}{path}", json=body, headers=headers)


def settings_for(database_url: str, rasa: Rasa) -> Settings:
    """Settings of a backend with that Rasa, which it gives a second and a half to answer."""
    return Settings(
        database_url=database_url,
        token_key=SecretStr(TOKEN_KEY),
        encryption_keys=SecretStr(Fernet.generate_key().decode()),
        assistant_token=SecretStr(ASSISTANT_TOKEN),
        rasa_secret=SecretStr("r" * 40),
        rasa_url=rasa.url,
        actions_health_url=f"{rasa.url}/health",
        rasa_timeout_seconds=1.5,
    )


NEXT_TRY_NOW = text("""
    UPDATE conversations_message SET try_after = NULL WHERE (conversation_id, seq) IN
    (SELECT conversation_id, seq FROM conversations_message WHERE try_after IS NOT NULL FOR UPDATE SKIP LOCKED)
""")


@contextmanager
def impatient(database: Database) -> Iterator[None]:
    """Time flies between two tries of a message: what waits 2, 4, 8 ... seconds elsewhere is due at once here."""
    over = threading.Event()

    def hurry() -> None:
        while not over.wait(0.1):
            with suppress(OperationalError), database.transaction() as session:
                session.execute(NEXT_TRY_NOW)

    thread = threading.Thread(target=hurry, daemon=True)
    thread.start()
    yield
    over.set()
    thread.join(5)


@contextmanager
def running(database_url: str) -> Iterator[Gateway]:
    """A backend on a free port of loopback, in a thread of its own."""
    rasa, database = Rasa(), assembled_database(database_url)
    turn_runner.SWEEP_SECONDS = 0.2
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app(settings_for(database_url, rasa), database)
    server = uvicorn.Server(
        uvicorn.Config(app, "127.0.0.1", port, log_level="warning", ws_max_size=2**18, timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    with impatient(database):
        yield Gateway(f"http://127.0.0.1:{port}", database, rasa)
    server.should_exit = True
    thread.join(10)
    rasa.go()
