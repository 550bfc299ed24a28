"""The one-time code: asks for the number where it is not known, sends a code, checks it, and goes back to what was asked."""  # noqa: E501

from __future__ import annotations

import re
from typing import Any

from rasa_sdk.events import FollowupAction

from actions.backend import Refused
from actions.base import BackendAction
from actions.form import DONE, RESUME, Form
from actions.turn import Event, Turn
from actions.wording import counted

_NEW_CODE = re.compile(
    r"resend|(new|another) (code|one)|send.*again|(didn'?t|not|never|haven'?t).*(get|got|receiv|arriv|com)|"
    r"(رمز|كود).*(جديد|ثاني|تاني|آخر|اخر)|(ما|لم|مش|مو) ?(وصل|جا|يصل|استلم)|(ارسل|أرسل|ابعت|ابعث).*(ثاني|تاني|مره|مرة|جديد)|(اعد|أعد|عيد|اعادة|إعادة).*(ارسال|إرسال|الرمز|الكود)",  # noqa: E501
    re.IGNORECASE,
)


class ValidateVerifyForm(Form):
    """Two questions at most: the number, and the code sent to it."""

    slots = ("verify_msisdn", "code_sent")

    def has_something_to_lose(self, turn: Turn) -> bool:
        return False

    async def take(self, turn: Turn, asked: str) -> bool:
        number = turn.said("msisdn")
        if number:
            return self.take_number(turn, number)
        if asked == "verify_msisdn":
            return self.refuse_number(turn)
        wants_new = turn.slot("code_over") and turn.intent == "affirm"
        if wants_new or turn.said("resend") or _NEW_CODE.search(turn.text):
            turn.set(code_sent=None)
            return True
        code = turn.said("one_time_code") or turn.digits()
        return await self.take_code(turn, code) if code else False

    def take_number(self, turn: Turn, number: str) -> bool:
        turn.set(verify_msisdn=number, code_sent=None, code_over=None, customer_known=False)
        return True

    def refuse_number(self, turn: Turn) -> bool:
        if turn.digits():
            turn.say("utter_verify_number_invalid")
        return turn.digits() is not None

    async def take_code(self, turn: Turn, code: str) -> bool:
        try:
            await turn.backend.post("/verification/codes/confirm", {"code": code})
        except Refused as refused:
            self.explain_refusal(turn, refused)
        else:
            turn.set(verified=True)
        return True

    def explain_refusal(self, turn: Turn, refused: Refused) -> None:
        tries = refused.problem.get("triesLeft")
        if refused.code == "code_wrong" and tries:
            turn.say("utter_verify_code_wrong", tries=counted(tries, "try", turn.language))
        elif refused.code in ("code_locked", "code_expired", "code_wrong"):
            turn.say("utter_verify_code_over", reason=refused.title)
            turn.set(code_over=True)
        else:
            raise refused

    async def ask(self, turn: Turn) -> str | None:
        if turn.slot("verified"):
            return DONE
        if not turn.slot("customer_known") and not turn.slot("verify_msisdn"):
            turn.set(verify_msisdn=(turn.slot("resume_entities") or {}).get("msisdn"))
        if not turn.slot("customer_known") and not turn.slot("verify_msisdn"):
            turn.say("utter_question_verify_msisdn")
            return "verify_msisdn"
        if turn.slot("code_sent") is None:
            await self.send_code(turn)
        elif turn.slot("code_over") and not self.just_told(turn, "utter_verify_code_over"):
            turn.say("utter_question_new_code")
        elif not self.just_told(turn, "utter_verify_code_over", "utter_verify_code_wrong"):
            turn.say("utter_question_one_time_code", sent_to=turn.slot("code_sent"))
        return "one_time_code"

    @staticmethod
    def just_told(turn: Turn, *responses: str) -> bool:
        return any(message.get("response") in responses for message in turn.dispatcher.messages)

    async def send_code(self, turn: Turn) -> None:
        sent = await turn.backend.post("/verification/codes", {"msisdn": turn.slot("verify_msisdn")})
        turn.set(code_sent=sent["sentTo"], code_over=None)
        minutes = counted(sent["expiresInMinutes"], "minute", turn.language)
        turn.say("utter_verify_code_sent", sent_to=sent["sentTo"], minutes=minutes)

    async def finish(self, turn: Turn) -> str:
        turn.set(verified=None, code_sent=None, verify_msisdn=None, code_over=None)
        turn.say("utter_verify_done")
        return RESUME

    async def cancel(self, turn: Turn) -> None:
        turn.set(resume_action=None, resume_entities=None, code_over=None)
        turn.say("utter_verify_cancelled")

    def refused(self, turn: Turn, refused: Refused) -> list[Event]:
        """No code can be sent now: what waited for it is dropped."""
        turn.set(resume_action=None, resume_entities=None, code_sent=None, code_over=None)
        return super().refused(turn, refused)


class ActionResume(BackendAction):
    """After a form: the action that a verification interrupted, else the form set aside, else silence."""

    uses_up_resumed = False

    async def answer(self, turn: Turn) -> list[dict[str, Any]]:
        waiting = turn.slot("resume_action")
        if not waiting:
            return []
        turn.set(resume_action=None)
        return [FollowupAction(waiting)]
