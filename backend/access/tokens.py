"""Signed tokens (JWT, HS256): a member of staff's, and one bound to a single conversation."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import jwt

from backend.access.errors import TokenExpired, Unauthorized

STAFF_LIFE = timedelta(hours=8)
CONVERSATION_LIFE = timedelta(hours=1)
CLIENT_LIFE = timedelta(hours=1)


def issue(audience: str, subject: UUID, key: str, life: timedelta) -> tuple[str, datetime]:
    """A token for the subject and audience ("staff", "conversation"), and when it expires."""
    now = datetime.now(UTC)
    expires_at = now + life
    claims = {"aud": audience, "sub": str(subject), "iat": now, "exp": expires_at}
    return jwt.encode(claims, key, algorithm="HS256"), expires_at


def read(token: str, audiences: tuple[str, ...], key: str) -> tuple[str, UUID]:
    """For which of the audiences the token is, and whom it speaks for. Raises TokenExpired or Unauthorized."""
    try:
        claims = jwt.decode(
            token, key, algorithms=["HS256"], audience=audiences, options={"require": ["exp", "sub", "aud"]}
        )
        return str(claims["aud"]), UUID(claims["sub"])
    except jwt.ExpiredSignatureError as error:
        raise TokenExpired from error
    except (jwt.InvalidTokenError, ValueError) as error:
        raise Unauthorized from error


def subject_of(token: str, audience: str, key: str) -> UUID:
    """Whom the token speaks for. Raises TokenExpired or Unauthorized."""
    return read(token, (audience,), key)[1]
