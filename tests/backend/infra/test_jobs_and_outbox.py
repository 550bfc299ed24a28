"""Jobs and messages are part of the transaction that asked for them, and messages leave once."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from backend.infra import outbox
from backend.infra.database import Database, conninfo_of
from backend.infra.jobs import defer, worker_app
from backend.infra.models import OutgoingMessage
from backend.infra.outbox import MessageProvider
from backend.kernel.text import Bilingual

TEXT = Bilingual(ar="رمزك 123456", en="Your code is 123456")


def queued(session: Session) -> list[tuple[str, dict[str, object]]]:
    rows = session.execute(text("SELECT task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id"))
    return [(name, arguments) for name, arguments in rows]


def send(session: Session, language: str = "en") -> OutgoingMessage:
    return outbox.send(session, channel="sms", recipient="+966512345678", text=TEXT, language=language)  # type: ignore[arg-type]


def work(database: Database) -> None:
    """Let a worker do everything that waits."""
    app = worker_app(conninfo_of(database.engine), {"infra": outbox.jobs})

    async def run() -> None:
        async with app.open_async():
            await app.run_worker_async(
                wait=False, install_signal_handlers=False, additional_context={"database": database}
            )

    asyncio.run(run())


def test_a_job_of_a_transaction_that_is_taken_back_never_was(committed: Database) -> None:
    def lost() -> None:
        with committed.transaction() as session:
            defer(session, "infra:deliver_message", message_id="x")
            assert queued(session)
            raise LookupError

    with pytest.raises(LookupError):
        lost()
    with committed.transaction() as session:
        assert queued(session) == []


def test_a_message_and_its_job_are_one(session: Session) -> None:
    message = send(session, "ar")
    assert (message.text, message.state) == (TEXT.ar, "pending")
    assert ("infra:deliver_message", {"message_id": str(message.id)}) in queued(session)


def test_recipient_and_text_rest_encrypted(session: Session) -> None:
    message = send(session)
    row = session.execute(
        text("SELECT recipient, text FROM infra_outgoing_message WHERE id = :id"), {"id": message.id}
    ).one()
    assert all(value.startswith("gAAAA") for value in row)
    session.expire(message)
    assert (message.recipient, message.text) == ("+966512345678", TEXT.en)


class Provider:
    """A provider at the seam that refuses the first time."""

    def __init__(self, failures: int = 0) -> None:
        self.taken: list[UUID] = []
        self.failures = failures

    def deliver(self, *, message_id: UUID, channel: str, recipient: str, text: str) -> None:
        """Take the message, or not."""
        assert (channel, recipient, text) == ("sms", "+966512345678", TEXT.en)
        if self.failures:
            self.failures -= 1
            raise ConnectionError
        self.taken.append(message_id)


def test_a_message_leaves_once_also_after_a_provider_that_failed(committed: Database) -> None:
    committed.outside.bind(MessageProvider, provider := Provider(failures=1))
    with committed.transaction() as session:
        message_id = send(session).id
    work(committed)
    assert provider.taken == []
    with committed.transaction() as session:
        session.execute(text("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'"))
        assert session.get_one(OutgoingMessage, message_id).state == "pending"
        defer(session, "infra:deliver_message", message_id=str(message_id))
    work(committed)
    work(committed)
    assert provider.taken == [message_id]
    with committed.transaction() as session:
        assert session.scalars(select(OutgoingMessage.state)).all() == ["sent"]
