"""E-mail with attachments: an SMTP server, or the sandbox's outbox."""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, getaddresses
from typing import Literal, Protocol

import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from backend.infra.models import OutgoingMessage

log = structlog.get_logger(__name__)
TIMEOUT = 20


class MailRefused(Exception):
    """The server will never take it: there is no such address, for instance."""


class MailUnavailable(Exception):
    """The server does not answer, or asks to come back later."""


class MailDeferred(MailUnavailable):
    """The server said that it will not take it now: surely it did not."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of an e-mail."""

    name: str
    content: bytes
    kind: str = "pdf"


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail. `message_id` is the same for every try, so that whoever gets it twice can tell."""

    message_id: str
    sender: str
    recipient: str
    subject: str
    text: str
    language: str
    attachments: tuple[Attachment, ...] = field(default=())


class MailCarrier(Protocol):
    """Whoever carries e-mail."""

    def carry(self, mail: Mail, about_to_send: Callable[[], None]) -> None:
        """Hand the mail over; `about_to_send` is called when the server takes its recipient, just before the content.

        Raises MailRefused, MailUnavailable.
        """


@dataclass(frozen=True, slots=True)
class SmtpCarrier:
    """An SMTP server."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: str = ""

    def carry(self, mail: Mail, about_to_send: Callable[[], None]) -> None:
        """Hand the mail over."""
        message, sender = _message(mail), getaddresses([mail.sender])[0][1]
        try:
            with self._connected() as server:
                server.mail(sender)
                code, answer = server.rcpt(mail.recipient)
                if code >= 400:
                    raise _refusal(code, answer)
                about_to_send()
                code, answer = server.data(message.as_bytes(policy=SMTP))
                if code >= 400:
                    raise _refusal(code, answer)
        except smtplib.SMTPServerDisconnected as error:
            raise MailUnavailable(str(error)) from error
        except smtplib.SMTPResponseException as error:
            raise _refusal(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            raise MailUnavailable(type(error).__name__) from error

    def _connected(self) -> smtplib.SMTP:
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=TIMEOUT, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)
        if self.security == "starttls":
            server.starttls(context=ssl.create_default_context())
        server.ehlo_or_helo_if_needed()
        if self.user:
            server.login(self.user, self.password)
        return server


class SandboxCarrier:
    """Carries nothing: the outbox page of a development installation shows what would have left."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def carry(self, mail: Mail, about_to_send: Callable[[], None]) -> None:
        """Show the mail in the outbox."""
        about_to_send()
        files = "".join(f"\n📎 {one.name} ({len(one.content) // 1024} kB)" for one in mail.attachments)
        now = datetime.now(UTC)
        shown = OutgoingMessage(
            channel="email",
            recipient=mail.recipient,
            language=mail.language,
            text=f"{mail.subject}\n\n{mail.text}{files}",
            state="sent",
            created_at=now,
            sent_at=now,
        )
        with Session(self._engine) as session, session.begin():
            session.add(shown)


def _message(mail: Mail) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = mail.sender, mail.recipient, mail.subject
    message["Message-ID"], message["Date"] = f"<{mail.message_id}>", formatdate()
    message["Content-Language"], message["Auto-Submitted"] = mail.language, "auto-generated"
    message.set_content(mail.text)
    for one in mail.attachments:
        message.add_attachment(one.content, maintype="application", subtype=one.kind, filename=one.name)
    return message


def _refusal(code: int, answer: bytes | str) -> Exception:
    told = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return (MailRefused if code >= 500 else MailDeferred)(f"{code} {told}"[:150])
