"""Runs the turns: per conversation one at a time, woken by new messages and by a sweep for what was left behind."""

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

import structlog
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from backend.conversations import queries, service
from backend.conversations.assistant import Assistant, AssistantAway, AssistantSilent
from backend.conversations.rules import LEASE
from backend.infra.database import Database

SWEEP_SECONDS = 1.0
STORE_AGAIN_SECONDS = 0.5
SILENT_TRIES = 2
log = structlog.get_logger(__name__)
Result = TypeVar("Result")


class TurnRunner:
    """Hands waiting messages to the assistant. Several processes may run one; leases keep them apart."""

    def __init__(self, database: Database, assistant: Assistant) -> None:
        self._database = database
        self._assistant = assistant
        self._running: dict[UUID, asyncio.Task[None]] = {}

    def wake(self, conversation_id: UUID) -> None:
        """Look for waiting messages of the conversation now."""
        if conversation_id not in self._running:
            task = asyncio.create_task(self._run(conversation_id))
            self._running[conversation_id] = task
            task.add_done_callback(lambda _: self._running.pop(conversation_id, None))

    async def sweep(self) -> None:
        """Wake, every second, each conversation whose message is due: also those a dead process was answering."""
        while True:
            try:
                for conversation_id in await self._in_transaction(queries.with_work):
                    self.wake(conversation_id)
            except SQLAlchemyError as error:
                log.warning("sweep_failed", reason=str(error))
            await asyncio.sleep(SWEEP_SECONDS)

    async def _run(self, conversation_id: UUID) -> None:
        try:
            while turn := await self._in_transaction(lambda s: service.begin_turn(s, conversation_id)):
                await self._answer(turn)
        except SQLAlchemyError as error:
            log.warning("turn_interrupted", conversation_id=str(conversation_id), reason=str(error))

    async def _answer(self, turn: service.Turn) -> None:
        try:
            answer = await self._assistant.ask(turn)
        except AssistantAway as error:
            log.warning("assistant_away", conversation_id=str(turn.conversation_id), reason=str(error))
            await self._store(lambda s: service.postpone_turn(s, turn))
        except AssistantSilent as error:
            hopeless = error.actions_answer and turn.attempts + 1 >= SILENT_TRIES
            log.warning("assistant_silent", conversation_id=str(turn.conversation_id), give_up=hopeless)
            await self._store(lambda s: service.postpone_turn(s, turn, give_up=hopeless))
        else:
            await self._store(
                lambda s: service.finish_turn(
                    s, turn, replies=answer.replies, language=answer.language, intent=answer.intent
                )
            )

    async def _store(self, work: Callable[[Session], None]) -> None:
        """Keep how a turn went; while the database is away, for as long as the turn is ours."""
        end = time.monotonic() + LEASE.total_seconds()
        while True:
            try:
                return await self._in_transaction(work)
            except OperationalError:
                if time.monotonic() > end:
                    raise
            await asyncio.sleep(STORE_AGAIN_SECONDS)

    async def _in_transaction(self, work: Callable[[Session], Result]) -> Result:
        def run() -> Result:
            with self._database.transaction() as session:
                return work(session)

        return await asyncio.to_thread(run)
