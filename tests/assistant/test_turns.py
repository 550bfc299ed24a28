"""A message that the gateway repeats is answered once."""

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered

from assistant.components.gateway_channel import answered_once

DOMAIN = Domain.from_yaml("""
version: "3.1"
intents: [inform]
slots:
  language: {type: text, influence_conversation: false, initial_value: ar, mappings: [{type: custom}]}
forms:
  sign_up_form: {required_slots: [language]}
""")


class Bot:
    """Stands for Rasa's agent: logs the message, answers `words`, or nothing."""

    def __init__(self, words: str | None) -> None:
        self.words = words
        self.turns = 0
        self.trackers = InMemoryTrackerStore(DOMAIN)

    async def __call__(self, message: UserMessage) -> None:
        self.turns += 1
        tracker = await self.trackers.get_or_create_tracker(message.sender_id)
        said = UserUttered(message.text, {"name": "inform", "confidence": 1.0}, metadata=message.metadata)
        events = [said, SlotSet("language", "en"), ActiveLoop("sign_up_form")]
        if self.words:
            events.append(BotUttered(self.words, {"buttons": [{"title": "Yes", "payload": "/affirm"}]}))
            await message.output_channel.send_response(message.sender_id, events[-1].message())
        for event in [*events, ActionExecuted("action_listen")]:
            tracker.update(event, DOMAIN)
        await self.trackers.save(tracker)

    async def ask(self, message_id: str) -> dict:
        message = UserMessage("hello", CollectingOutputChannel(), "c1", metadata={"message_id": message_id})
        return await answered_once(message, self, self.trackers)


async def test_a_repeated_message_gets_the_same_answer_and_no_second_turn() -> None:
    bot = Bot("Welcome")
    first, second = await bot.ask("m1"), await bot.ask("m1")
    assert bot.turns == 1
    assert [message["text"] for message in second["messages"]] == [message["text"] for message in first["messages"]]
    assert second["messages"][0]["buttons"] == [{"title": "Yes", "payload": "/affirm"}]


async def test_another_message_is_another_turn() -> None:
    bot = Bot("Welcome")
    await bot.ask("m1")
    await bot.ask("m2")
    assert bot.turns == 2
