"""Links that need no login: they name one thing, expire, and cannot be made up."""

import base64
import hmac
import struct
from datetime import UTC, datetime, timedelta
from uuid import UUID

from backend.infra.encryption import keyring
from backend.kernel.errors import DomainError, NotFound
from backend.kernel.text import Bilingual

_SEAL = 22


class LinkWrong(NotFound):
    """It was not made by us, or was cut short."""

    title = Bilingual(ar="هذا الرابط غير صحيح.", en="This link is not valid.")


class LinkExpired(DomainError):
    """Its time is over."""

    status = 410
    title = Bilingual(
        ar="انتهت صلاحية هذا الرابط. اطلب رابطًا جديدًا من المساعد.",
        en="This link has expired. Ask the assistant for a new one.",
    )


def sign(purpose: str, subject: UUID, *, now: datetime, life: timedelta) -> str:
    """A token for a link that shows or does `purpose` with the subject until its life is over."""
    expires = int((now + life).timestamp())
    said = base64.urlsafe_b64encode(subject.bytes + struct.pack(">Q", expires)).decode().rstrip("=")
    return said + _seal(purpose, said)


def read(purpose: str, token: str, *, now: datetime) -> UUID:
    """What the token is about. Raises LinkWrong, LinkExpired."""
    said, seal = token[:-_SEAL], token[-_SEAL:]
    if len(said) != 32 or not hmac.compare_digest(seal.encode(), _seal(purpose, said).encode()):
        raise LinkWrong
    plain = base64.urlsafe_b64decode(said)
    if now >= datetime.fromtimestamp(struct.unpack(">Q", plain[16:])[0], tz=UTC):
        raise LinkExpired
    return UUID(bytes=plain[:16])


def _seal(purpose: str, said: str) -> str:
    return keyring.fingerprint(f"link:{purpose}:{said}")[:_SEAL]
