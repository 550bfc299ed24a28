"""Messages that leave: written with the change they tell of, delivered by a job, shown by the sandbox."""

from typing import Protocol
from uuid import UUID

import procrastinate
import structlog
from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.jobs import RETRY, database_of, defer
from backend.infra.models import OutgoingMessage
from backend.infra.outside import outside
from backend.kernel.text import Bilingual, Language

log = structlog.get_logger(__name__)
jobs = procrastinate.Blueprint()


class MessageProvider(Protocol):
    """Whoever carries SMS and e-mail."""

    def deliver(self, *, message_id: UUID, channel: str, recipient: str, text: str) -> None:
        """Take the message; the same `message_id` twice is the same message. Raises to be tried again."""


class SandboxProvider:
    """Carries nothing: the outbox page of a development installation shows what would have left."""

    def deliver(self, *, message_id: UUID, channel: str, recipient: str, text: str) -> None:  # noqa: ARG002
        """Note that the message was taken."""
        log.info("sandbox_message_taken", message_id=str(message_id), channel=channel)


def send(
    session: Session, *, channel: str, recipient: str, text: Bilingual, language: Language
) -> OutgoingMessage | None:
    """Queue a message ("sms" to an E.164 number, "email" to an address) in this transaction.

    None where there is nobody to send it to: not every party has given a number.
    """
    if not recipient:
        log.info("message_without_recipient", channel=channel)
        return None
    message = OutgoingMessage(
        channel=channel,
        recipient=recipient,
        text=text[language],
        language=language,
        created_at=clock_of(session).now(),
    )
    session.add(message)
    session.flush()
    defer(session, "infra:deliver_message", message_id=str(message.id))
    return message


@jobs.task(name="deliver_message", retry=RETRY, pass_context=True)
def deliver_message(context: procrastinate.JobContext, message_id: str) -> None:
    """Hand one message to its provider and note it."""
    with database_of(context).transaction() as session:
        message = session.get(OutgoingMessage, UUID(message_id), with_for_update=True)
        if message is None or message.state == "sent":
            return
        outside(session, MessageProvider).deliver(
            message_id=message.id, channel=message.channel, recipient=message.recipient, text=message.text
        )
        message.state, message.sent_at = "sent", clock_of(session).now()
