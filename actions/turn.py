"""One turn of one conversation, as an action sees it: what was said, what is known, and how to reply."""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.backend import Backend

Button = dict[str, str]
Event = dict[str, Any]
_WORD = re.compile(r"[^\W\d_]{2}")
_NEGATION = re.compile(r"(?:\bnot|\bلا|\bمو|\bمش|\bليس(?:ت)?)\s+(?:in |في )?$", re.IGNORECASE)
_BETWEEN_PLACES = re.compile(r"[\s,،]*(?:حي|في|district|city|مدينة|area)?\s*", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the |number |option |no\.? |رقم |الخيار |ال)+|\s*(?:one|option)$")
_POSITIONS = {
    "first": 0, "اول": 0, "أول": 0, "أولى": 0, "اولى": 0, "second": 1, "ثاني": 1, "تاني": 1, "ثانية": 1, "تانية": 1, "third": 2,  # noqa: E501
    "ثالث": 2, "تالت": 2, "fourth": 3, "رابع": 3, "fifth": 4, "خامس": 4, "last": -1, "أخير": -1, "اخير": -1, "أخيرة": -1, "اخيرة": -1,  # noqa: E501
}  # fmt: skip
UNSURE = frozenset({"inform", "nlu_fallback", "out_of_scope", "correct_value"})


class Turn:
    """Reads the tracker, collects slot events, and speaks through the dispatcher."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker, backend: Backend) -> None:
        self.dispatcher = dispatcher
        self.tracker = tracker
        self.backend = backend
        self.events: list[Event] = []
        self.language: str = tracker.get_slot("language") or "ar"
        message = tracker.latest_message or {}
        self.intent: str = (message.get("intent") or {}).get("name") or ""
        self.confidence: float = (message.get("intent") or {}).get("confidence") or 0.0
        self.text: str = (message.get("text") or "").strip()

    @property
    def conversation(self) -> str:
        return self.tracker.sender_id

    @property
    def today(self) -> date:
        """The operator's day, as the gateway told it with the message."""
        told = ((self.tracker.latest_message or {}).get("metadata") or {}).get("today")
        return date.fromisoformat(told) if told else datetime.now().astimezone().date()

    @property
    def form(self) -> str | None:
        """The form that waits for an answer."""
        return (self.tracker.active_loop or {}).get("name")

    def say(self, response: str, buttons: list[Button] | None = None, **variables: Any) -> None:
        """One reply of the domain, filled in; `buttons` come after those it has."""
        self.dispatcher.utter_message(response=response, buttons=buttons or [], **variables)

    def slot(self, name: str) -> Any:
        return self.tracker.get_slot(name)

    def set(self, **slots: Any) -> None:
        """Give slots their values, now and in the events of this turn."""
        for name, value in slots.items():
            self.tracker.slots[name] = value
            self.events.append(SlotSet(name, value))

    def said(self, name: str) -> str | None:
        """The last value of that kind in this message."""
        values = [
            entity["value"]
            for entity in (self.tracker.latest_message or {}).get("entities", [])
            if entity["entity"] == name
        ]
        return values[-1] if values else None

    def entity(self, name: str) -> str | None:
        """The value said in this message, or in the one that a verification interrupted."""
        return self.said(name) or (self.slot("resume_entities") or {}).get(name)

    def place_as_written(self) -> str | None:
        """The places of the message in its own words, side by side as one; the one after a "not" left out."""
        spans = [entity for entity in self.tracker.latest_message.get("entities", []) if entity["entity"] == "place"]
        if not spans or "start" not in spans[0]:
            return spans[-1]["value"] if spans else None
        whole = self.tracker.latest_message.get("text") or ""
        if len(spans) > 1 and _NEGATION.search(whole[: spans[0]["start"]]):
            spans = spans[1:]
        start = spans[-1]["start"]
        for earlier in reversed(spans[:-1]):
            if not _BETWEEN_PLACES.fullmatch(whole[earlier["end"] : start]):
                break
            start = earlier["start"]
        return whole[start : spans[-1]["end"]]

    def choice(self, options: list[Any]) -> Any:
        """The option that the message counts to ("the second", "٢", "الأخير"), or None."""
        position = _POSITIONS.get(_ARTICLE.sub("", self.text.lower()))
        position = (
            int(self.text) - 1 if position is None and self.text.isdecimal() and len(self.text) == 1 else position
        )
        return options[position] if position is not None and -1 <= position < len(options) and options else None

    def entities(self) -> dict[str, str]:
        said = {entity["entity"]: entity["value"] for entity in (self.tracker.latest_message or {}).get("entities", [])}
        return {**(self.slot("resume_entities") or {}), **said}

    def digits(self) -> str | None:
        """The digits of the message in ASCII, at least three, unless it surely asks for something else."""
        if self.intent not in UNSURE and self.confidence >= 0.6:
            return None
        found = "".join(str(int(character)) for character in self.text if character.isdecimal())
        return found if len(found) >= 3 else None

    def free_text(self, *also: str, unless_sure: float = 0.6) -> str | None:
        """The message as an answer in words, unless it surely asks for something else than the intents in `also`."""
        is_payload = self.text.startswith("/")
        plain = self.intent in UNSURE or self.intent in also or self.confidence < unless_sure
        return self.text if plain and not is_payload and re.search(r"\w", self.text) else None

    def in_own_words(self, *also: str) -> str | None:
        """The message as a story of the customer's own; a bare yes or no tells none."""
        bare = self.intent in ("affirm", "deny") and len(self.text.split()) < 3
        return (
            None if bare or not _WORD.search(self.text) else self.free_text("affirm", "deny", *also, unless_sure=0.85)
        )

    def follows_customer(self, form: str) -> bool:
        """Whether the form runs on a message just received, not on its way in or back from a digression."""
        names = [event["name"] for event in self.tracker.events if event.get("event") == "action"]
        return names[-2:] == ["action_listen", form]

    def times_in_a_row(self, *actions: str, but_not: frozenset[str] = frozenset()) -> int:
        """How many turns right before this one were answered by one of these actions, and none of the others."""
        turns: list[set[str]] = []
        for event in self.tracker.events:
            if event.get("event") == "user":
                turns.append(set())
            elif event.get("event") == "action" and turns:
                turns[-1].add(event["name"])
        answered = (names.intersection(actions) and not names.intersection(but_not) for names in reversed(turns[:-1]))
        return len(list(takewhile(bool, answered)))
