"""News of conversations, carried by PostgreSQL's NOTIFY to every process that has a client of theirs open.

A message itself is never in the news, only that there is one: clients are tails of the history table, so what a
restart or a lost connection made them miss is read again.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import psycopg
import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.conversations.models import Conversation, Message

CHANNEL = "hatif_conversation"
RECONNECT_SECONDS = 0.5
RESYNC: dict[str, Any] = {"type": "resync"}  # news may have been lost: look again at everything
log = structlog.get_logger(__name__)


def tell_message(session: Session, message: Message) -> None:
    """There is a new message; told when the transaction commits."""
    _notify(session, message.conversation_id, {"type": "message"})


def tell_turn(session: Session, message: Message, state: str) -> None:
    """How far the customer's message has come: working, done, failed or delayed."""
    _notify(session, message.conversation_id, {"type": "turn", "clientId": message.client_id, "state": state})


def tell_owner(session: Session, conversation: Conversation) -> None:
    """Somebody else answers from now on."""
    _notify(session, conversation.id, {"type": "owner", "owner": conversation.owner})


def _notify(session: Session, conversation_id: UUID, news: dict[str, Any]) -> None:
    payload = json.dumps({"conversation": str(conversation_id)} | news)
    session.execute(select(func.pg_notify(CHANNEL, payload)))


class Live:
    """This process's ear: hands each piece of news to the queues that follow its conversation."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._followers: dict[UUID, set[asyncio.Queue[dict[str, Any]]]] = defaultdict(set)

    @asynccontextmanager
    async def follow(self, conversation_id: UUID) -> AsyncIterator[asyncio.Queue[dict[str, Any]]]:
        """A queue of the conversation's news while the block runs."""
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._followers[conversation_id].add(queue)
        try:
            yield queue
        finally:
            self._followers[conversation_id].discard(queue)
            if not self._followers[conversation_id]:
                del self._followers[conversation_id]

    async def listen(self) -> None:
        """Hear the database for as long as the process lives; after a break, everyone looks again."""
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._conninfo, autocommit=True) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    self._resync()
                    async for notification in connection.notifies():
                        self._dispatch(json.loads(notification.payload))
            except psycopg.Error as error:
                log.warning("news_lost", reason=str(error))
            await asyncio.sleep(RECONNECT_SECONDS)

    def _dispatch(self, news: dict[str, Any]) -> None:
        for queue in self._followers.get(UUID(news.pop("conversation")), ()):
            queue.put_nowait(news)

    def _resync(self) -> None:
        for queues in self._followers.values():
            for queue in queues:
                queue.put_nowait(RESYNC)
