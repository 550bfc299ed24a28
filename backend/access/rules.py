"""Levels, roles and codes: the decisions, without a database."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum, StrEnum
from uuid import UUID

from backend.kernel.scope import Scope

CODE_DIGITS = 6
CODE_LIFE = timedelta(minutes=5)
CODE_TRIES = 3
CODES_AN_HOUR = 5


class Level(IntEnum):
    """How well a conversation knows its customer (`intents.md`)."""

    NOBODY = 0
    CHANNEL = 1
    VERIFIED = 2


class Role(StrEnum):
    """What a member of staff is."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    BILLING = "billing"
    ADMIN = "admin"
    AUDITOR = "auditor"


class ContactRight(StrEnum):
    """What a company's contact may do for the part of the company that they stand for, and all below it."""

    VIEW = "view"
    BILLS = "bills"
    ORDERS = "orders"
    CARE = "care"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is asking: a conversation (through the assistant) at some level, staff, an API client, or nobody."""

    conversation_id: UUID | None = None
    party_id: UUID | None = None
    level: Level = Level.NOBODY
    staff_id: UUID | None = None
    username: str | None = None
    role: Role | None = None
    reach: frozenset[UUID] = frozenset()
    client_id: UUID | None = None
    granted: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """What keeps one caller's idempotency keys apart from another's."""
        kinds = {"staff": self.staff_id, "client": self.client_id}
        return next((f"{k}:{v}" for k, v in kinds.items() if v), f"conversation:{self.conversation_id}")

    @property
    def scope(self) -> Scope:
        """The parties whose records may be seen; None for staff and API clients, who see all.

        Never None for a conversation: one that knows no customer sees nobody's. `reach` is what a company's authorised
        contact sees beside their own: the company's parties that they act for.
        """
        if self.role or self.client_id:
            return None
        return self.reach | {self.party_id} if self.party_id else self.reach


def new_code() -> str:
    """Six random decimal digits."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def code_hash(code: str, salt: str, key: str) -> str:
    """The keyed hash under which a code rests; the salt is its row's id."""
    return hmac.new(key.encode(), f"{salt}:{code}".encode(), hashlib.sha256).hexdigest()
