"""Conversation trackers in PostgreSQL, their event data encrypted at rest, and long ones cut to what the dialogue needs."""  # noqa: E501

from __future__ import annotations

import copy
import json
import os
import time
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import Fernet, MultiFernet
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore, create_engine_kwargs
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

LONGEST_HISTORY = 250
TURNS_KEPT = 4


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


class EncryptedTrackerStore(SQLTrackerStore):
    """Rasa's SQL store; the column `data` is a Fernet token, and a lost connection is noticed before it is used."""

    def __init__(self, domain: Domain | None = None, event_broker: EventBroker | None = None, **kwargs: Any) -> None:
        url = os.environ["HATIF_TRACKER_URL"]
        TrackerStore.__init__(self, domain, event_broker)
        self.cipher = cipher_from(os.environ["HATIF_TRACKER_KEY"])
        self.engine = sa.create_engine(
            url,
            pool_pre_ping=True,
            **{**create_engine_kwargs(url), "pool_size": 5, "max_overflow": 5} if "postgresql" in url else {},
        )
        self.Base.metadata.create_all(self.engine)
        self.sessionmaker = sa.orm.session.sessionmaker(bind=self.engine)

    async def _retrieve(self, sender_id: str, fetch_events_from_all_sessions: bool) -> DialogueStateTracker | None:
        with self.session_scope() as session:
            rows = self._event_query(
                session, sender_id, fetch_events_from_all_sessions=fetch_events_from_all_sessions
            ).all()
            events = [json.loads(self.cipher.decrypt(row.data.encode())) for row in rows]
        return DialogueStateTracker.from_dict(sender_id, events, self.domain.slots) if events else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the events that are new; a history past its length is followed by a fresh start.

        A turn in which nothing was said failed, and its message will be repeated: it is not kept at all. (Rasa's own
        UserUtteranceReverted would undo the whole form, whose turns it folds into one.)
        """
        if said_nothing(tracker):
            return
        await self.stream_events(tracker)
        with self.session_scope() as session:
            new = list(self._additional_events(session, tracker))
            if len(tracker.events) > LONGEST_HISTORY:
                new.extend(fresh_start(tracker))
            session.add_all(self._rows(tracker.sender_id, new))
            session.commit()

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
