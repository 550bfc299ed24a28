"""Ownership, limits and what a typed message counts as: decisions without a database."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from backend.kernel.text import folded

MAX_LENGTH = 1000
MESSAGES_A_MINUTE = 20
WAITING_AT_MOST = 5
LEASE = timedelta(seconds=30)
GIVE_UP_AFTER = timedelta(minutes=15)
LEADING_SLASHES = re.compile(r"^[\s/]+")


class Owner(StrEnum):
    """Who answers a conversation."""

    BOT = "bot"
    QUEUED = "queued"
    AGENT = "agent"
    CLOSED = "closed"


class Sender(StrEnum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


class MessageState(StrEnum):
    """How far a customer's message has come. Messages of others are done from the start."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


class GatewayChoice(StrEnum):
    """Payloads of buttons that the gateway itself carries out; Rasa never sees them."""

    PERSON = "gateway:person"
    ASSISTANT = "gateway:assistant"

    @classmethod
    def of(cls, payload: str | None) -> "GatewayChoice | None":
        """The choice that the payload names, if it is one of these."""
        return cls(payload) if payload in set(cls) else None


MOVES: dict[Owner, frozenset[Owner]] = {
    Owner.BOT: frozenset({Owner.QUEUED, Owner.CLOSED}),
    Owner.QUEUED: frozenset({Owner.BOT, Owner.AGENT, Owner.CLOSED}),
    Owner.AGENT: frozenset({Owner.BOT, Owner.QUEUED, Owner.CLOSED}),
    Owner.CLOSED: frozenset(),
}


def may_move(current: Owner, new: Owner) -> bool:
    """Whether ownership may go from one to the other."""
    return new in MOVES[current]


def standing_buttons(recent: Sequence[tuple[str, list[dict[str, Any]]]]) -> list[dict[str, Any]]:
    """The buttons that typed text may name: the newest of what was said last, by one sender, since the customer spoke.

    `recent` holds (sender, buttons), oldest first.
    """
    last = recent[-1][0] if recent else None
    for sender, buttons in recent[::-1]:
        if sender != last:
            break
        if buttons:
            return buttons
    return []


def pressed_button(text: str, buttons: list[dict[str, Any]]) -> int | None:
    """The index of the button that the typed text names, by its title or by its number from 1, or None."""
    typed = folded(text)
    for index, button in enumerate(buttons):
        if typed == folded(str(button["title"])):
            return index
    if typed.isdecimal() and 1 <= int(typed) <= len(buttons) and len(typed) <= 2:
        return int(typed) - 1
    return None


def escaped(text: str) -> str:
    """The text as it may reach Rasa: a leading slash would be taken for an intent."""
    return LEADING_SLASHES.sub("", text) or "؟"


def retry_wait(attempts: int) -> timedelta:
    """How long after the n-th failed try the next one comes: 2, 4, 8 ... at most 60 seconds."""
    return timedelta(seconds=min(2**attempts, 60))


def next_opening(now: datetime, *, works: Callable[[date], bool], opens: time, closes: time) -> datetime | None:
    """None while agents are on duty, else the local moment when they next are. `now` is local."""
    if works(now.date()) and opens <= now.time() < closes:
        return None
    day = now.date() if now.time() < opens else now.date() + timedelta(days=1)
    while not works(day):
        day += timedelta(days=1)
    return datetime.combine(day, opens, tzinfo=now.tzinfo)
