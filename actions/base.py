"""What every action shares: its name, its backend, one graceful refusal, and what the conversation goes on with."""

from __future__ import annotations

import hashlib
import logging
import re
from abc import ABC, abstractmethod
from typing import Any

import httpx
from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.backend import Backend, BackendUnreachable, Refused, VerificationRequired, connect
from actions.turn import Event, Turn

logger = logging.getLogger(__name__)
VERIFY_FORM = "verify_form"
LISTEN = "action_listen"


class Connection:
    """The one HTTP client of the process, made when first needed; tests put their own in."""

    client: httpx.AsyncClient | None = None

    @classmethod
    def get(cls) -> httpx.AsyncClient:
        if cls.client is None:
            cls.client = connect()
        return cls.client


class BackendAction(Action, ABC):
    """`answer` says something and may set slots; everything that can go wrong on the way is told here, once."""

    uses_up_resumed = True

    def name(self) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    @abstractmethod
    async def answer(self, turn: Turn) -> list[Event]:
        """Events beside those of `turn.set`; a FollowupAction among them decides what comes next."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Event]:
        turn = self.turn(dispatcher, tracker)
        events = await self.answer_or_explain(turn)
        return [*turn.events, *events, *self.going_on(turn, events)]

    def turn(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Turn:
        language = tracker.get_slot("language") or "ar"
        return Turn(dispatcher, tracker, Backend(Connection.get(), tracker.sender_id, language))

    async def answer_or_explain(self, turn: Turn) -> list[Event]:
        """The answer, or why there is none: a code is needed, the backend refused, or it is away."""
        try:
            events = await self.answer(turn)
            if self.uses_up_resumed and turn.slot("resume_entities"):
                turn.set(resume_entities=None)
            return events  # noqa: TRY300
        except VerificationRequired as needed:
            return self.verify_first(turn, needed)
        except Refused as refused:
            return self.refused(turn, refused)
        except BackendUnreachable as error:
            logger.warning("backend unreachable: %s", error)
            return self.unreachable(turn, str(error))

    def refused(self, turn: Turn, refused: Refused) -> list[Event]:
        turn.say("utter_refused", reason=refused.title)
        turn.set(last_error=refused.code)
        return []

    def unreachable(self, turn: Turn, error: str) -> list[Event]:
        """Said once: a form that waits does not ask on top of it."""
        turn.say("utter_backend_unavailable")
        turn.set(last_error=error)
        return [FollowupAction(LISTEN)]

    def verify_first(self, turn: Turn, needed: VerificationRequired) -> list[Event]:
        """Ask for a code, then come back to this action with what was said."""
        if turn.form != VERIFY_FORM:
            turn.set(customer_known=needed.customer_known, verify_msisdn=None, code_sent=None)
            suspend_form(turn)
        turn.set(resume_action=self.name(), resume_entities=turn.entities())
        return [FollowupAction(VERIFY_FORM)]

    def going_on(self, turn: Turn, events: list[Event]) -> list[Event]:
        """The form that waits asks again; else the form set aside comes back; else the customer speaks."""
        if any(event["event"] == "followup" for event in events):
            return []
        if turn.form:
            return [FollowupAction(turn.form)]
        return back_to_suspended_form(turn)


class SubmitAction(BackendAction):
    """Makes a record. Where no answer came, nobody knows yet: a yes sends it again under the same key."""

    def unreachable(self, turn: Turn, error: str) -> list[Event]:
        turn.say("utter_submit_unsure")
        turn.set(last_error=error, offered_action=self.name())
        return [FollowupAction(LISTEN)]


def body_key(conversation: str, body: dict[str, Any]) -> str:
    """The same thing sent twice in a conversation is one record; another is another."""
    digest = hashlib.sha256(repr(sorted(body.items(), key=str)).encode()).hexdigest()[:16]
    return f"{conversation}:{digest}"


def suspend_form(turn: Turn) -> None:
    """Set the active form aside, to come back to; a verification is not worth coming back to."""
    if turn.form and turn.form != VERIFY_FORM:
        others = [form for form in turn.slot("suspended_forms") or [] if form != turn.form]
        turn.set(suspended_forms=[*others, turn.form])


def back_to_suspended_form(turn: Turn) -> list[Event]:
    suspended = turn.slot("suspended_forms") or []
    if not suspended:
        return [FollowupAction(LISTEN)]
    return [SlotSet("suspended_forms", suspended[:-1] or None), FollowupAction(suspended[-1])]


def start_form(turn: Turn, form: str) -> list[Event]:
    """Go into a form, whichever other one is open."""
    if turn.form != form:
        suspend_form(turn)
        kept = [other for other in turn.slot("suspended_forms") or [] if other != form]
        turn.set(suspended_forms=kept or None, resume_action=None)
    return [FollowupAction(form)]
