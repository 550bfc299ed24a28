"""Conversation trackers in PostgreSQL, their event data encrypted at rest, and long ones cut to what the dialogue needs."""  # noqa: E501

from __future__ import annotations

import copy
import json
import os
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import Fernet, MultiFernet
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore, create_engine_kwargs
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
    deserialise_events,
)
from rasa.shared.core.trackers import DialogueStateTracker

LONGEST_HISTORY = 100  # events: some fifteen turns; Rasa replays them all, several times a turn
TURNS_KEPT = 4
CONVERSATIONS_REMEMBERED = 256
TRUSTED_SECONDS = 0.1  # no server restarts in less


def cipher_from(keys: str) -> MultiFernet:
    """Encrypts with the first of comma-separated Fernet keys, reads what any of them wrote."""
    return MultiFernet([Fernet(key.strip()) for key in keys.split(",") if key.strip()])


def fresh_start(tracker: DialogueStateTracker) -> list[Event]:
    """Events of a new session that stands where the old one does: slots, the active form, and the last few turns."""
    loop = tracker.active_loop_name
    return [
        ActionExecuted("action_session_start"),
        SessionStarted(),
        ActionExecuted("action_listen"),
        *[SlotSet(slot.name, slot.value) for slot in tracker.slots.values() if slot.value is not None],
        *([ActiveLoop(loop)] if loop else []),
        *[_said_now(event) for event in last_turns(list(tracker.events), TURNS_KEPT)],
    ]


def last_turns(events: list[Event], turns: int) -> list[Event]:
    """What happened since the customer spoke for the last so many times."""
    spoken = [index for index, event in enumerate(events) if isinstance(event, UserUttered)]
    return events[spoken[-turns] :] if len(spoken) >= turns else []


def said_nothing(tracker: DialogueStateTracker) -> bool:
    """Whether the customer's last message got no reply."""
    turn = last_turns(list(tracker.events), 1)
    return bool(turn) and not any(isinstance(event, BotUttered) for event in turn)


def _said_now(event: Event) -> Event:
    """A copy that counts as part of the new session, which begins at the time of its first event."""
    again = copy.deepcopy(event)
    again.timestamp = time.time()
    return again


@dataclass(frozen=True, slots=True)
class Remembered:
    """Events of a conversation's present session up to the row `last`, and when the table was looked at for them."""

    last: int = 0
    events: list[Event] = field(default_factory=list)
    at: float = 0.0


def of_last_session(events: list[Event]) -> list[Event]:
    """What happened since the last session started, by its time, as Rasa's own query has it."""
    started = max((event.timestamp for event in events if isinstance(event, SessionStarted)), default=None)
    return events if started is None else [event for event in events if event.timestamp >= started]


def _note_time(_connection: Any, record: Any) -> None:
    record.info["rested_since"] = time.monotonic()


def _ask_whether_it_lives(connection: Any, record: Any, _proxy: Any) -> None:
    """A connection that has rested is asked first; one that comes straight from another use is not."""
    if time.monotonic() - record.info.get("rested_since", 0.0) < TRUSTED_SECONDS:
        return
    try:
        cursor = connection.cursor()
        cursor.execute("SELECT 1")
        cursor.close()
    except Exception as reason:
        raise sa.exc.DisconnectionError("the server was restarted") from reason


class EncryptedTrackerStore(SQLTrackerStore):
    """Rasa's SQL store; the column `data` is a Fernet token, and a lost connection is noticed before it is used.

    A turn reads its conversation several times: what was read or written is remembered, and the table is asked for
    newer rows when the next turn comes, so that what another process wrote is never missed. (Within a turn, which the
    gateway sends one of at a time, nobody else writes.)
    """

    def __init__(self, domain: Domain | None = None, event_broker: EventBroker | None = None, **kwargs: Any) -> None:
        url = os.environ["HATIF_TRACKER_URL"]
        TrackerStore.__init__(self, domain, event_broker)
        self.cipher = cipher_from(os.environ["HATIF_TRACKER_KEY"])
        pool = {**create_engine_kwargs(url), "pool_size": 5, "max_overflow": 5} if "postgresql" in url else {}
        self.engine = sa.create_engine(url, **pool)
        sa.event.listen(self.engine, "checkin", _note_time)
        sa.event.listen(self.engine, "checkout", _ask_whether_it_lives)
        self.Base.metadata.create_all(self.engine)
        self.sessionmaker = sa.orm.session.sessionmaker(bind=self.engine)
        self._remembered: OrderedDict[str, Remembered] = OrderedDict()

    @contextmanager
    def session_scope(self) -> Iterator[Any]:
        """A session of its own. (Rasa's asks each time whether the schema is still there.)"""
        with self.sessionmaker() as session:
            yield session

    async def _retrieve(self, sender_id: str, fetch_events_from_all_sessions: bool) -> DialogueStateTracker | None:
        with self.session_scope() as session:
            if fetch_events_from_all_sessions:
                events = self._read(self._event_query(session, sender_id, True).all())
            else:
                events = self._events(session, sender_id)
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots) if events else None

    def _events(self, session: Any, sender_id: str) -> list[Event]:
        """The present session's events: those remembered, and what was written since."""
        known = self._remembered.get(sender_id) or Remembered()
        if time.monotonic() - known.at < TRUSTED_SECONDS:
            return known.events
        table = self.SQLEvent
        if known.last:
            newer = sa.select(table.id, table.data).where(table.sender_id == sender_id, table.id > known.last)
            rows = session.execute(newer.order_by(table.id)).all()
        else:
            rows = self._event_query(session, sender_id, fetch_events_from_all_sessions=False).all()
        self._remember(sender_id, rows[-1].id if rows else known.last, known.events + self._read(rows))
        return self._remembered[sender_id].events

    def _remember(self, sender_id: str, last: int, events: list[Event]) -> None:
        self._remembered[sender_id] = Remembered(last, of_last_session(events), time.monotonic())
        self._remembered.move_to_end(sender_id)
        if len(self._remembered) > CONVERSATIONS_REMEMBERED:
            self._remembered.popitem(last=False)

    def _read(self, rows: list[Any]) -> list[Event]:
        return deserialise_events([json.loads(self.cipher.decrypt(row.data.encode())) for row in rows])

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the events that are new; a history past its length is followed by a fresh start.

        A turn in which nothing was said failed, and its message will be repeated: it is not kept at all. (Rasa's own
        UserUtteranceReverted would undo the whole form, whose turns it folds into one.)
        """
        if said_nothing(tracker):
            return
        await self.stream_events(tracker)
        with self.session_scope() as session:
            known = self._events(session, tracker.sender_id)
            new = list(tracker.events)[len(known) :]
            if len(tracker.events) > LONGEST_HISTORY:
                new.extend(fresh_start(tracker))
            rows = list(self._rows(tracker.sender_id, new))
            session.add_all(rows)
            session.flush()
            last = rows[-1].id if rows else self._remembered[tracker.sender_id].last
            session.commit()
            self._remember(tracker.sender_id, last, known + new)

    def _rows(self, sender_id: str, events: list[Event]) -> Iterator[Any]:
        for event in events:
            data = event.as_dict()
            yield self.SQLEvent(
                sender_id=sender_id,
                type_name=event.type_name,
                timestamp=data.get("timestamp"),
                intent_name=(data.get("parse_data") or {}).get("intent", {}).get("name"),
                action_name=data.get("name"),
                data=self.cipher.encrypt(json.dumps(data).encode()).decode(),
            )
