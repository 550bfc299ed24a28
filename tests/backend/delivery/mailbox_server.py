"""A mail server for tests: it keeps what it gets, refuses whom it is told to, or is busy."""

from email import message_from_bytes
from email.message import Message
from typing import Any

REFUSED = "gone@example.com"


class Mailbox:
    """The handler of an aiosmtpd server."""

    def __init__(self) -> None:
        self.port = 0
        self.got: list[Message] = []
        self.busy = False

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        """Take everyone but one."""
        if address == REFUSED:
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep the mail."""
        if self.busy:
            return "451 4.3.0 come back later"
        self.got.append(message_from_bytes(envelope.content))
        return "250 OK"
