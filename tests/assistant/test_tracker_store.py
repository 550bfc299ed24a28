"""Trackers at rest: unreadable without the key, whole with it, and cut when they grow long."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.components import tracker_store
from assistant.components.tracker_store import LONGEST_HISTORY, EncryptedTrackerStore

DOMAIN = Domain.from_yaml("""
version: "3.1"
intents: [inform]
slots:
  plan: {type: any, influence_conversation: false, mappings: [{type: custom}]}
forms:
  sign_up_form: {required_slots: [plan]}
""")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EncryptedTrackerStore:
    monkeypatch.setenv("HATIF_TRACKER_URL", f"sqlite:///{tmp_path / 'trackers.db'}")
    monkeypatch.setenv("HATIF_TRACKER_KEY", Fernet.generate_key().decode())
    return EncryptedTrackerStore(DOMAIN)


def tracker_with(turns: int) -> DialogueStateTracker:
    tracker = DialogueStateTracker("c1", DOMAIN.slots)
    for number in range(turns):
        events = [
            ActionExecuted("action_listen"),
            UserUttered(f"secret words {number}", {"name": "inform", "confidence": 1.0}),
            SlotSet("plan", number),
            ActiveLoop("sign_up_form"),
            BotUttered("reply"),
        ]
        for event in events:
            tracker.update(event, DOMAIN)
    return tracker


async def test_what_was_said_cannot_be_read_in_the_table(store: EncryptedTrackerStore) -> None:
    await store.save(tracker_with(1))
    with store.engine.connect() as connection:
        rows = connection.execute(sa.text("select data from events")).fetchall()
    assert rows
    assert not [row for row in rows if "secret" in row.data or "{" in row.data]


async def test_a_tracker_comes_back_with_its_form_and_slots(store: EncryptedTrackerStore) -> None:
    await store.save(tracker_with(2))
    back = await store.retrieve("c1")
    assert (back.active_loop_name, back.get_slot("plan"), back.latest_message.text) == (
        "sign_up_form",
        1,
        "secret words 1",
    )


async def test_a_long_history_is_cut_and_the_form_goes_on(store: EncryptedTrackerStore) -> None:
    await store.save(tracker_with(LONGEST_HISTORY // 5 + 2))
    back = await store.retrieve("c1")
    assert len(back.events) < 60
    assert (back.active_loop_name, back.get_slot("plan")) == ("sign_up_form", LONGEST_HISTORY // 5 + 1)
    assert back.latest_message.text == f"secret words {LONGEST_HISTORY // 5 + 1}"


async def test_a_turn_in_which_nothing_was_said_leaves_no_trace(store: EncryptedTrackerStore) -> None:
    await store.save(tracker_with(2))
    failed = await store.retrieve("c1")
    failed.update(UserUttered("lost", {"name": "inform", "confidence": 1.0}), DOMAIN)
    failed.update(ActionExecuted("action_listen"), DOMAIN)
    await store.save(failed)
    back = await store.retrieve("c1")
    assert (back.active_loop_name, back.latest_message.text) == ("sign_up_form", "secret words 1")


async def test_what_another_process_wrote_is_seen_at_the_next_turn(
    store: EncryptedTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracker_store, "TRUSTED_SECONDS", 0.0)
    other = EncryptedTrackerStore(DOMAIN)
    await store.save(tracker_with(1))
    theirs = await other.retrieve("c1")
    for event in (UserUttered("and this", {"name": "inform", "confidence": 1.0}), BotUttered("yes")):
        theirs.update(event, DOMAIN)
    await other.save(theirs)
    back = await store.retrieve("c1")
    assert (back.latest_message.text, len(back.events)) == ("and this", 7)


async def test_a_turn_that_fails_leaves_what_is_remembered_as_it_was(store: EncryptedTrackerStore) -> None:
    await store.save(tracker_with(2))
    failed = await store.retrieve("c1")
    failed.update(UserUttered("lost", {"name": "inform", "confidence": 1.0}), DOMAIN)
    failed.update(SlotSet("plan", 99), DOMAIN)
    back = await store.retrieve("c1")
    assert (back.get_slot("plan"), back.latest_message.text, len(back.events)) == (1, "secret words 1", 10)


async def test_conversations_beyond_those_remembered_are_read_again(
    store: EncryptedTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracker_store, "CONVERSATIONS_REMEMBERED", 1)
    await store.save(tracker_with(2))
    other = DialogueStateTracker("c2", DOMAIN.slots)
    for event in (UserUttered("hi", {"name": "inform", "confidence": 1.0}), BotUttered("hello")):
        other.update(event, DOMAIN)
    await store.save(other)
    assert ((await store.retrieve("c1")).get_slot("plan"), (await store.retrieve("c2")).latest_message.text) == (
        1,
        "hi",
    )
