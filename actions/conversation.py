"""The conversation itself: misunderstandings, repeats, yes and no out of a form, language, and the way to a person."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import FollowupAction

from actions.backend import BackendError
from actions.base import LISTEN, BackendAction
from actions.billing import bill_follow_up
from actions.turn import Event, Turn

HUMAN = "action_request_human"
# What a value says that nobody asked for.
ANSWERED_BY = {
    "ticket_number": "action_ticket_status",
    "order_number": "action_order_status",
    "bill_number": "action_check_bill",
    "dispute_number": "action_dispute_status",
    "plan": "action_browse_offers",
    "problem": "action_report_problem",
    "bill_period": "action_check_bill",
}
UNDERSTOOD = frozenset({*ANSWERED_BY.values(), "action_explain_bill"})
LADDER = ("action_fallback", "action_out_of_scope", "action_inform")


class ActionGreet(BackendAction):
    """A welcome; with an application left open, the way back to it; inside a form, only a greeting."""

    async def answer(self, turn: Turn) -> list[Event]:
        if turn.form:
            turn.say("utter_greet_again")
        elif await self.has_open_application(turn):
            turn.say("utter_greet_open_application")
            turn.set(offered_action="action_sign_up")
        else:
            turn.say("utter_greet")
        return []

    @staticmethod
    async def has_open_application(turn: Turn) -> bool:
        """False also where nobody knows: a greeting is answered in any case."""
        try:
            context = await turn.backend.get(f"/conversations/{turn.conversation}/context")
        except BackendError:
            return False
        return bool(context.get("openApplication"))


class ActionFallback(BackendAction):
    """First asks to rephrase, then offers choices, then a person; never one sentence three times."""

    async def answer(self, turn: Turn) -> list[Event]:
        following = None if turn.form else bill_follow_up(turn)
        if following:
            return [FollowupAction(following)]
        before = misunderstood(turn)
        turn.say(rung("utter_fallback_rephrase", before))
        turn.set(offered_action=HUMAN if before > 1 else None)
        return []


class ActionOutOfScope(BackendAction):
    """Says what it is for; asked again, it takes the ladder above."""

    async def answer(self, turn: Turn) -> list[Event]:
        before = misunderstood(turn)
        turn.say(rung("utter_out_of_scope", before))
        turn.set(offered_action=HUMAN if before > 1 else None)
        return []


class ActionExpressFrustration(BackendAction):
    """Owns it once; the second time a person is offered first."""

    async def answer(self, turn: Turn) -> list[Event]:
        again = turn.times_in_a_row(self.name()) > 0
        turn.say("utter_express_frustration_again" if again else "utter_express_frustration")
        turn.set(offered_action=HUMAN)
        return []


class ActionAffirm(BackendAction):
    """A yes to what was offered; inside a form the form asks again; else asks what is wanted."""

    async def answer(self, turn: Turn) -> list[Event]:
        offered = turn.slot("offered_action")
        if offered and offer_is_fresh(turn):
            turn.set(offered_action=None)
            return [FollowupAction(offered)]
        if not turn.form:
            turn.say("utter_affirm")
        return []


class ActionDeny(BackendAction):
    """A no outside of any question."""

    async def answer(self, turn: Turn) -> list[Event]:
        turn.set(offered_action=None)
        if not turn.form:
            turn.say("utter_deny")
        return []


class ActionCancel(BackendAction):
    """Nothing is under way: forms take a cancel themselves."""

    async def answer(self, turn: Turn) -> list[Event]:
        turn.set(offered_action=None, resume_action=None, resume_entities=None)
        turn.say("utter_cancel_nothing")
        return []


class ActionInform(BackendAction):
    """A value nobody asked for: says what can be done with one of its kind."""

    async def answer(self, turn: Turn) -> list[Event]:
        entities = turn.entities()
        following = bill_follow_up(turn) or next(
            (action for entity, action in ANSWERED_BY.items() if entity in entities), None
        )
        if following and not turn.form:
            return [FollowupAction(following)]
        if not turn.form:
            before = misunderstood(turn)
            turn.say(rung("utter_inform", before))
            turn.set(offered_action=HUMAN if before > 1 else None)
        return []


class ActionAskRepeat(BackendAction):
    """Says the last message again; inside a form, its question."""

    async def answer(self, turn: Turn) -> list[Event]:
        said = last_said(turn.tracker.events)
        if turn.form:
            turn.say("utter_ask_repeat")
        elif not said:
            turn.say("utter_ask_capabilities")
        for event in [] if turn.form else said:
            turn.dispatcher.utter_message(text=event["text"], buttons=(event.get("data") or {}).get("buttons"))
        return []


class ActionAskWhy(BackendAction):
    """Why the value that was asked for is needed."""

    async def answer(self, turn: Turn) -> list[Event]:
        asked = turn.slot("requested_slot") if turn.form else None
        turn.say(f"utter_ask_why_{REASONS[asked]}" if asked in REASONS else "utter_ask_why")
        return []


REASONS = {
    "verify_msisdn": "verify_msisdn",
    "one_time_code": "one_time_code",
    "national_id": "national_id",
    "birth_date": "national_id",
    "person_name": "national_id",
    "monthly_income": "monthly_income",
    "place": "place",
    "contact_number": "contact_number",
    "terms_accepted": "terms_accepted",
    "deposit_accepted": "deposit_accepted",
}


class ActionSwitchLanguage(BackendAction):
    """The slot is already set by what was understood; the gateway is told."""

    async def answer(self, turn: Turn) -> list[Event]:
        turn.say("utter_switch_language")
        await turn.backend.put(f"/conversations/{turn.conversation}/language", {"language": turn.language})
        return []

    def unreachable(self, turn: Turn, error: str) -> list[Event]:
        """The answer itself is in the new language; the gateway reads it from there."""
        return []


class ActionRequestHuman(BackendAction):
    """Hands the conversation over with what a colleague needs to know."""

    async def answer(self, turn: Turn) -> list[Event]:
        turn.set(offered_action=None)
        await turn.backend.post(f"/conversations/{turn.conversation}/handoff", context_packet(turn))
        turn.say("utter_request_human_queued")
        return [FollowupAction(LISTEN)]

    def unreachable(self, turn: Turn, error: str) -> list[Event]:
        turn.say("utter_request_human_failed")
        turn.set(last_error=error)
        return [FollowupAction(LISTEN)]


def context_packet(turn: Turn) -> dict[str, Any]:
    """Why the customer wants a person, what they asked before, and what failed last."""
    intents = [
        event["parse_data"]["intent"]["name"]
        for event in turn.tracker.events
        if event.get("event") == "user" and event.get("parse_data")
    ]
    reason = turn.text if not turn.text.startswith("/") else "request_human"
    return {
        "reason": reason[:500],
        "intentHistory": [intent for intent in intents if intent][-20:],
        "lastError": turn.slot("last_error"),
    }


def misunderstood(turn: Turn) -> int:
    """How many messages right before this one were not understood."""
    return turn.times_in_a_row(*LADDER, but_not=UNDERSTOOD)


def rung(first: str, before: int) -> str:
    """What is said after so many misunderstandings in a row; no sentence three times in a row."""
    ladder = (first, "utter_fallback_choices", "utter_fallback_human", "utter_fallback_human_again")
    return ladder[before if before < 2 else 2 + before % 2]


def offer_is_fresh(turn: Turn) -> bool:
    """Whether the offer was made in the turn right before this one."""
    users = 0
    for event in reversed(turn.tracker.events):
        users += event.get("event") == "user"
        if event.get("event") == "slot" and event.get("name") == "offered_action":
            return users == 1 and bool(event.get("value"))
    return False


def last_said(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The bot's messages of the turn before this one."""
    said: list[dict[str, Any]] = []
    users = 0
    for event in reversed(events):
        users += event.get("event") == "user"
        if users > 1:
            break
        if users == 1 and event.get("event") == "bot" and event.get("text"):
            said.insert(0, event)
    return said
