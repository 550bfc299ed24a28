"""The WebSocket of one client: a tail of the history outwards, customer messages inwards."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar
from uuid import UUID

from fastapi import WebSocket, WebSocketDisconnect
from pydantic import BaseModel, ValidationError
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm import Session

from backend.access import tokens
from backend.access.errors import ConversationUnknown, TokenExpired, Unauthorized
from backend.conversations import queries, service
from backend.conversations.errors import FrameMalformed
from backend.conversations.live import Live
from backend.conversations.models import Message
from backend.conversations.rules import MessageState
from backend.conversations.schemas import Chosen, Frame, Hello, LanguageChosen, MessageOut, Ping, Said
from backend.conversations.service import history
from backend.conversations.turn_runner import TurnRunner
from backend.infra.database import Database
from backend.infra.problems import language_of
from backend.kernel.errors import DomainError, Unavailable
from backend.kernel.text import Language

HELLO_SECONDS = 10
RENEW_SECONDS = 20 * 60
UNAUTHORIZED, NO_HELLO, TRY_LATER = 4401, 4408, 1013
Result = TypeVar("Result")


class Connection:
    """One open socket of one conversation."""

    def __init__(
        self, socket: WebSocket, conversation_id: UUID, *, database: Database, live: Live, runner: TurnRunner, key: str
    ) -> None:
        self._socket = socket
        self._id = conversation_id
        self._database = database
        self._live = live
        self._runner = runner
        self._key = key
        self._seen = 0
        self._unfinished: set[str] = set()  # messages of the customer whose turn has not been told to be over
        self._language: Language = language_of(socket)

    async def serve(self) -> None:
        """Greet, then carry news out and frames in until the client leaves."""
        await self._socket.accept()
        with suppress(WebSocketDisconnect, RuntimeError):
            if not await self._greeted():
                return
            async with self._live.follow(self._id) as news:
                await self._catch_up()
                self._unfinished = await self._do(lambda s: queries.unfinished(s, self._id))
                outwards = asyncio.create_task(self._send_news(news))
                renewals = asyncio.create_task(self._renew_token())
                try:
                    await self._receive_frames()
                finally:
                    outwards.cancel()
                    renewals.cancel()

    async def _greeted(self) -> bool:
        try:
            raw = await asyncio.wait_for(self._received(), HELLO_SECONDS)
            hello = Frame.validate_json(raw)
            if not isinstance(hello, Hello) or tokens.subject_of(hello.token, "conversation", self._key) != self._id:
                raise Unauthorized
            conversation = await self._do(lambda s: queries.conversation(s, self._id))
        except TimeoutError:
            await self._socket.close(NO_HELLO)
            return False
        except (DomainError, ValidationError, OperationalError) as error:
            await self._turn_away(error)
            return False
        self._seen = min(hello.resume_from, conversation.last_seq)
        self._language = history.spoken(conversation)
        await self._send(
            type="welcome",
            conversationId=str(self._id),
            lastSeq=conversation.last_seq,
            language=conversation.language,
            owner=conversation.owner,
        )
        return True

    async def _turn_away(self, error: Exception) -> None:
        refusal = error if isinstance(error, DomainError) else FrameMalformed()
        if isinstance(error, OperationalError):
            refusal = Unavailable()
        elif isinstance(error, ConversationUnknown):
            refusal = Unauthorized()
        elif isinstance(error, TokenExpired):
            with suppress(ConversationUnknown, OperationalError):
                self._language = history.spoken(await self._do(lambda s: queries.conversation(s, self._id)))
        await self._refuse(refusal, None)
        await self._socket.close(TRY_LATER if isinstance(refusal, Unavailable) else UNAUTHORIZED)

    async def _receive_frames(self) -> None:
        while True:
            client_id: str | None = None
            try:
                raw = await self._received()
                frame = Frame.validate_json(raw)
                client_id = getattr(frame, "client_id", None)
                await self._act(frame)
            except (ValidationError, DataError):
                await self._refuse(FrameMalformed(), client_id)
            except DomainError as refusal:
                await self._refuse(refusal, client_id)
            except OperationalError:
                await self._refuse(Unavailable(), client_id)

    async def _received(self) -> str:
        try:
            return await self._socket.receive_text()
        except KeyError as error:
            raise FrameMalformed("a binary frame") from error

    async def _act(self, frame: BaseModel) -> None:
        match frame:
            case Said(client_id=client_id, text=text):
                await self._do(lambda s: service.receive(s, conversation_id=self._id, client_id=client_id, text=text))
                self._runner.wake(self._id)
            case Chosen(client_id=client_id, seq=seq, index=index):
                await self._do(
                    lambda s: service.press(s, conversation_id=self._id, client_id=client_id, seq=seq, index=index)
                )
                self._runner.wake(self._id)
            case LanguageChosen(language=language):
                self._language = language
                await self._do(lambda s: service.set_language(s, conversation_id=self._id, language=language))
            case Ping():
                await self._send(type="pong")

    async def _send_news(self, news: asyncio.Queue[dict[str, Any]]) -> None:
        while True:
            item = await news.get()
            with suppress(OperationalError):
                await self._catch_up()
                if item["type"] == "resync":
                    await self._tell_finished()
            if item["type"] == "owner":
                await self._send(**item)
            elif item["type"] == "turn":
                await self._tell_turn(item["clientId"], item["state"])

    async def _tell_turn(self, client_id: str, state: str) -> None:
        """How a turn goes; that it is over is told once."""
        if state in (MessageState.DONE, MessageState.FAILED):
            if client_id not in self._unfinished:
                return
            self._unfinished.discard(client_id)
        await self._send(type="turn", clientId=client_id, state=state)

    async def _tell_finished(self) -> None:
        """Tell of turns that ended while no news came through."""
        over = await self._do(lambda s: queries.finished(s, self._id, self._unfinished))
        for client_id, state in over.items():
            await self._tell_turn(client_id, state)

    async def _catch_up(self) -> None:
        while messages := await self._do(self._news):
            for message in messages:
                self._seen = message.seq
                if message.client_id is not None:
                    self._unfinished.add(message.client_id)
                await self._socket.send_text(MessageOut.of(message).model_dump_json(by_alias=True))

    def _news(self, session: Session) -> Sequence[Message]:
        self._language = history.spoken(queries.conversation(session, self._id))
        return queries.messages_after(session, self._id, self._seen)

    async def _renew_token(self) -> None:
        while True:
            token, expires_at = tokens.issue("conversation", self._id, self._key, tokens.CONVERSATION_LIFE)
            await self._send(type="token", token=token, expiresAt=expires_at.isoformat())
            await asyncio.sleep(RENEW_SECONDS)

    async def _refuse(self, refusal: DomainError, client_id: str | None) -> None:
        text = refusal.sentence[self._language]
        await self._send(type="error", code=refusal.code, text=text, clientId=client_id)

    async def _send(self, **frame: Any) -> None:
        await self._socket.send_json(frame)

    async def _do(self, work: Callable[[Session], Result]) -> Result:
        def run() -> Result:
            with self._database.transaction() as session:
                return work(session)

        return await asyncio.to_thread(run)
