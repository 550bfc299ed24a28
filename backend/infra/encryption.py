"""Personal identifiers at rest: encrypted with rotating keys, found again by a keyed fingerprint."""

import base64
import hashlib
import hmac
import json
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from sqlalchemy import Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class Keyring:
    """The process's keys, set once at its start. The first encrypts; all decrypt, so that keys can rotate."""

    def __init__(self) -> None:
        self._fernet: MultiFernet | None = None
        self._fingerprint_key = b""

    def use(self, keys: list[str], fingerprint_key: str) -> None:
        """Take Fernet keys, newest first, and the key of the fingerprints (which does not rotate)."""
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._fingerprint_key = hashlib.sha256(fingerprint_key.encode()).digest()

    @property
    def fernet(self) -> MultiFernet:
        """The keys in use. Raises RuntimeError before `use`."""
        if self._fernet is None:
            raise RuntimeError("no encryption keys: the process has not been composed")
        return self._fernet

    def fingerprint(self, value: str) -> str:
        """A keyed hash (HMAC-SHA256, URL-safe base64) by which an encrypted value is looked up."""
        if self._fernet is None:
            raise RuntimeError("no fingerprint key: the process has not been composed")
        digest = hmac.new(self._fingerprint_key, value.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


keyring = Keyring()


class EncryptedText(TypeDecorator[str]):
    """A text column that is ciphertext in the database (Fernet: AES-128-CBC with HMAC-SHA256)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Encrypt on the way in."""
        return None if value is None else keyring.fernet.encrypt(value.encode()).decode()

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Decrypt on the way out."""
        return None if value is None else keyring.fernet.decrypt(str(value).encode()).decode()


class EncryptedJson(TypeDecorator[dict[str, Any]]):
    """A JSON object that is ciphertext in the database; an empty one is stored as nothing."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Encrypt on the way in."""
        return keyring.fernet.encrypt(json.dumps(value).encode()).decode() if value else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> dict[str, Any]:  # noqa: ARG002
        """Decrypt on the way out."""
        found: dict[str, Any] = {} if value is None else json.loads(keyring.fernet.decrypt(str(value).encode()))
        return found
