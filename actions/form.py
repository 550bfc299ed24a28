"""A form: asks for one value after the other, takes corrections, confirms before it drops anything, and survives digressions.

Rasa keeps which form is active and which value is asked (`requested_slot`). `validate_<form>` runs on every message: it takes
the answer and asks the next question, or takes nothing, and then the rules answer the message and the form asks again.
"""  # noqa: E501

from __future__ import annotations

import re
from abc import abstractmethod
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.backend import BackendUnreachable, Refused, VerificationRequired
from actions.base import VERIFY_FORM, BackendAction, suspend_form
from actions.turn import UNSURE, Event, Turn

DONE = None
CANCEL_CONFIRMED = "cancel_confirmed"
RESUME = "action_resume"
NO_ANSWER = UNSURE | {"affirm", "deny"}


class Form(BackendAction):
    """Subclasses are named Validate<Form>; `slots` are dropped when the form ends."""

    slots: tuple[str, ...] = ()
    uses_up_resumed = False

    def name(self) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    @property
    def form(self) -> str:
        return self.name().removeprefix("validate_")

    @abstractmethod
    async def take(self, turn: Turn, asked: str) -> bool:
        """Take the message as an answer to what was asked; False where it is none."""

    @abstractmethod
    async def ask(self, turn: Turn) -> str | None:
        """Say the next question and return what it asks for, or DONE."""

    @abstractmethod
    async def finish(self, turn: Turn) -> str:
        """The action that follows once every question is answered."""

    async def cancel(self, turn: Turn) -> None:
        """Undo what the form began, and say so."""
        turn.say(f"utter_{self.form.removesuffix('_form')}_cancelled")

    def has_something_to_lose(self, turn: Turn) -> bool:
        return any(turn.slot(slot) is not None for slot in self.slots)

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Event]:
        turn = self.turn(dispatcher, tracker)
        events = await self.answer_or_explain(turn)
        return [*turn.events, *events]

    async def answer(self, turn: Turn) -> list[Event]:
        asked = turn.slot("requested_slot") if turn.follows_customer(self.form) else None
        if asked is None:
            return await self.go_on(turn)
        if turn.intent == "cancel" or asked == CANCEL_CONFIRMED:
            return await self.cancelling(turn, asked)
        if not await self.taken_or_refused(turn, asked):
            turn.events.clear()  # a slot set here tells Rasa that the message is dealt with, and nobody would answer
            return []
        return await self.go_on(turn, taken=asked)

    async def taken_or_refused(self, turn: Turn, asked: str) -> bool:
        """A refused value is told with its reason and asked for again."""
        try:
            return await self.take(turn, asked)
        except VerificationRequired:
            raise
        except Refused as refused:
            say_refusal(turn, refused.title)
            return True

    async def go_on(self, turn: Turn, taken: str | None = None) -> list[Event]:
        """Ask the next question; `taken` tells Rasa that the last one was dealt with."""
        before = len(turn.dispatcher.messages)
        question = await self.ask(turn)
        vary_repeated_question(turn, question, before)
        dealt_with = [SlotSet(taken, turn.slot(taken))] if taken else []
        if question is DONE:
            return [*dealt_with, *self.end(await self.finish(turn))]
        return [*dealt_with, SlotSet("requested_slot", question)]

    async def cancelling(self, turn: Turn, asked: str) -> list[Event]:
        if turn.intent == "cancel" and asked != CANCEL_CONFIRMED and self.has_something_to_lose(turn):
            turn.say(f"utter_{self.form.removesuffix('_form')}_cancel_confirm")
            return [SlotSet(CANCEL_CONFIRMED, None), SlotSet("requested_slot", CANCEL_CONFIRMED)]
        if turn.intent in ("cancel", "affirm"):
            await self.cancel(turn)
            self.forget(turn)
            return self.end(RESUME)
        if turn.intent == "deny":
            return await self.go_on(turn, taken=CANCEL_CONFIRMED)
        return []

    def forget(self, turn: Turn) -> None:
        turn.set(**dict.fromkeys(self.slots))

    @staticmethod
    def end(following: str) -> list[Event]:
        """Close the form and go on with another action."""
        return [SlotSet("requested_slot", None), FollowupAction(following)]

    def verify_first(self, turn: Turn, needed: VerificationRequired) -> list[Event]:
        """The form itself is set aside while the code is asked for."""
        turn.set(customer_known=needed.customer_known, verify_msisdn=None, code_sent=None, resume_action=None)
        suspend_form(turn)
        return [SlotSet(CANCEL_CONFIRMED, None), *self.end(VERIFY_FORM)]

    def refused(self, turn: Turn, refused: Refused) -> list[Event]:
        """Refused as a whole: the form ends, what was given stays for another try."""
        turn.say("utter_refused", reason=refused.title)
        turn.set(last_error=refused.code)
        return self.end(RESUME)

    def unreachable(self, turn: Turn, error: str) -> list[Event]:
        """The question stays open: the next message tries again."""
        turn.say("utter_backend_unavailable")
        turn.set(last_error=str(BackendUnreachable(error)))
        return [SlotSet("requested_slot", turn.slot("requested_slot") or "retry")]


def say_refusal(turn: Turn, reason: str) -> None:
    """The reason; told twice already, it is not told a third time, and a way out is shown instead."""
    told = turn.slot("refusal_told") or {}
    times = told.get("times", 0) + 1 if told.get("reason") == reason else 1
    turn.set(refusal_told={"reason": reason, "times": times})
    turn.say("utter_refused" if times < 3 else "utter_form_refused_again", reason=reason)


def vary_repeated_question(turn: Turn, question: str | None, before: int) -> None:
    """A question put for the third time gives way to what else can be done; the fourth time it is put again."""
    asked = turn.slot("question_asked") or {}
    leads_back_here = turn.form in (f"{turn.intent}_form", VERIFY_FORM)
    no_progress = asked.get("question") == question and (turn.intent in NO_ANSWER or leads_back_here)
    times = asked.get("times", 0) + 1 if no_progress else 1
    turn.set(question_asked={"question": question, "times": times} if question else None)
    asks = [
        message
        for message in turn.dispatcher.messages[before:]
        if str(message.get("response")).startswith("utter_question_")
    ]
    if times >= 3 and times % 2 and asks:
        turn.dispatcher.messages.remove(asks[-1])
        turn.say("utter_form_stuck" if times % 4 == 3 else "utter_form_stuck_again")
