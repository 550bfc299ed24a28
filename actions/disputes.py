"""Contesting a charge: which bill, which line, why, a read-back, and a clear yes; and what became of it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from actions.backend import Refused
from actions.base import BackendAction, SubmitAction, body_key, start_form
from actions.billing import BILLS, RATES, line_of_amount, line_words
from actions.form import DONE, Form
from actions.turn import Button, Event, Turn
from actions.wording import day, money, month

DISPUTES = "/disputes/v1/dispute"
WHOLE = "whole"
_ARTICLE = re.compile(r"^(?:هال|وال|بال|لل|ال)")


class ActionDisputeCharge(BackendAction):
    """Goes into the form, with the bill that the customer named where there is one."""

    async def answer(self, turn: Turn) -> list[Event]:
        bills = await turn.backend.get(BILLS, sort="-billDate", limit=3)
        if not bills:
            turn.say("utter_dispute_charge_no_bill")
            return []
        named = turn.entity("bill_number") or turn.entity("bill_period") or turn.slot("last_bill_number")
        chosen = await find_bill(turn, named) if named else None
        if chosen or turn.form != "dispute_charge_form":
            bill = (chosen or (bills[0] if len(bills) == 1 else {})).get("id")
            turn.set(
                dispute_bill=bill,
                dispute_line=await self.line_named(turn, bill) if bill else None,
                dispute_reason=None,
                dispute_confirmed=None,
                dispute_amount=turn.entity("amount"),
            )
        return start_form(turn, "dispute_charge_form")

    @staticmethod
    async def line_named(turn: Turn, bill_id: str) -> str | None:
        """The charge that the first words are about."""
        if turn.text.startswith("/"):
            return None
        lines = await turn.backend.get(RATES, **{"bill.id": bill_id})
        return ValidateDisputeChargeForm.line_meant(turn, lines)


async def find_bill(turn: Turn, named: str) -> dict[str, Any] | None:
    """The bill of a number or of a month."""
    query = {"billNo": named} if named.startswith("INV") else {"billPeriod": named}
    bills = await turn.backend.get(BILLS, sort="-billDate", limit=1, **query)
    return bills[0] if bills else None


class ValidateDisputeChargeForm(Form):
    """Four questions; the ones already answered are not asked."""

    slots = ("dispute_bill", "dispute_line", "dispute_reason", "dispute_confirmed", "dispute_amount")

    async def take(self, turn: Turn, asked: str) -> bool:
        if turn.intent == "correct_value":
            return await self.correct(turn, asked)
        return await getattr(self, f"take_{asked}")(turn)

    async def correct(self, turn: Turn, asked: str) -> bool:
        """Take the charge that is named instead, or go one question back; a bill named anew starts over with it."""
        if asked == "dispute_confirmed" and not turn.said("bill_period") and await self.take_dispute_confirmed(turn):
            return True
        if turn.said("bill_number") or turn.said("bill_period") or asked == "dispute_line":
            turn.set(
                dispute_bill=turn.said("bill_number") or turn.said("bill_period"),
                dispute_line=None,
                dispute_confirmed=None,
            )
        else:
            back = "dispute_line" if asked == "dispute_reason" else "dispute_reason"
            turn.set(**{back: None, "dispute_confirmed": None})
        return True

    async def take_dispute_bill(self, turn: Turn) -> bool:
        counted_to = turn.choice(await turn.backend.get(BILLS, sort="-billDate", limit=3))
        chosen = counted_to["id"] if counted_to else turn.said("bill")
        named = chosen or turn.said("bill_number") or turn.said("bill_period")
        if not named:
            return False
        bill = {"id": named} if chosen else await find_bill(turn, named)
        if bill is None:
            turn.say(
                "utter_check_bill_not_found", asked=named if named.startswith("INV") else month(named, turn.language)
            )
        turn.set(dispute_bill=bill and bill["id"])
        return True

    async def take_dispute_line(self, turn: Turn) -> bool:
        lines = await turn.backend.get(RATES, **{"bill.id": turn.slot("dispute_bill")})
        chosen = turn.said("bill_line") or self.line_meant(turn, lines, turn.choice(charges_of(lines)))
        if chosen:
            turn.set(dispute_line=chosen)
        elif turn.said("amount"):
            turn.set(dispute_amount=turn.said("amount"))
        return chosen is not None

    @staticmethod
    def line_meant(turn: Turn, lines: list[dict[str, Any]], counted_to: dict[str, Any] | None = None) -> str | None:
        """The line, or the whole bill, that the words mean."""
        line = line_of_amount(lines, turn.said("amount")) or counted_to or line_in_words(lines, turn.text)
        return line["id"] if line else WHOLE if names_whole(turn.text) else None

    async def take_dispute_reason(self, turn: Turn) -> bool:
        reason = turn.in_own_words("dispute_charge", "explain_bill", "express_frustration", "report_problem")
        if reason:
            turn.set(dispute_reason=reason)
        return reason is not None

    async def take_dispute_confirmed(self, turn: Turn) -> bool:
        if turn.intent == "affirm":
            turn.set(dispute_confirmed=True)
            return True
        lines = await turn.backend.get(RATES, **{"bill.id": turn.slot("dispute_bill")})
        meant = self.line_meant(turn, lines)
        if meant:
            turn.set(dispute_line=meant, dispute_amount=None)
        elif turn.intent == "deny":
            turn.set(dispute_line=None, dispute_reason=None, dispute_amount=None)
            turn.say("utter_dispute_charge_again")
        return meant is not None or turn.intent == "deny"

    async def ask(self, turn: Turn) -> str | None:
        named = turn.slot("dispute_bill")
        if not named or str(named).startswith("INV") or _is_period(named):
            named = await self.resolve(turn, named)
        if not named:
            return await self.ask_bill(turn)
        lines = await turn.backend.get(RATES, **{"bill.id": named})
        self.line_of_first_words(turn, lines)
        if not turn.slot("dispute_line"):
            bill = await self.bill(turn, named)
            turn.say(
                "utter_question_dispute_line",
                buttons=line_buttons(lines, turn.language),
                period=month(bill["billingPeriod"]["startDateTime"][:10], turn.language),
            )
            return "dispute_line"
        if not turn.slot("dispute_reason"):
            turn.say("utter_question_dispute_reason")
            return "dispute_reason"
        return DONE if turn.slot("dispute_confirmed") else await self.read_back(turn, named, lines)

    @staticmethod
    async def resolve(turn: Turn, named: str | None) -> str | None:
        bill = await find_bill(turn, named) if named else None
        turn.set(dispute_bill=bill and bill["id"])
        return bill and bill["id"]

    @staticmethod
    def line_of_first_words(turn: Turn, lines: list[dict[str, Any]]) -> None:
        """An amount said when the dispute began already names the line; else it is the contested part of one."""
        line = line_of_amount(lines, turn.slot("dispute_amount"))
        if line and not turn.slot("dispute_line"):
            turn.set(dispute_line=line["id"], dispute_amount=None)

    @staticmethod
    async def bill(turn: Turn, bill_id: str) -> dict[str, Any]:
        bills = await turn.backend.get(BILLS, sort="-billDate", limit=12)
        return next(bill for bill in bills if bill["id"] == bill_id)

    @staticmethod
    async def ask_bill(turn: Turn) -> str:
        bills = await turn.backend.get(BILLS, sort="-billDate", limit=3)
        turn.say("utter_question_dispute_bill", buttons=[bill_button(bill, turn.language) for bill in bills])
        return "dispute_bill"

    async def read_back(self, turn: Turn, bill_id: str, lines: list[dict[str, Any]]) -> str:
        bill = await self.bill(turn, bill_id)
        line = next((line for line in lines if line["id"] == turn.slot("dispute_line")), None)
        amount = line["taxIncludedAmount"] if line else bill.get("taxIncludedAmount") or bill["amountDue"]
        part = part_of(amount, turn.slot("dispute_amount"))
        turn.set(dispute_amount=part and f"{part['value']} {part['unit']}")
        turn.say(
            "utter_dispute_charge_read_back" if line else "utter_dispute_charge_read_back_whole",
            bill_no=bill["billNo"],
            line=line["name"] if line else "",
            amount=money(part or amount, turn.language),
            reason=turn.slot("dispute_reason"),
        )
        return "dispute_confirmed"

    async def finish(self, turn: Turn) -> str:
        return "action_submit_dispute_charge"


class ActionSubmitDisputeCharge(SubmitAction):
    """Opens the dispute; the number and the decision date are the record's."""

    async def answer(self, turn: Turn) -> list[Event]:
        bill, line = turn.slot("dispute_bill"), turn.slot("dispute_line")
        body = {
            "bill": {"id": bill},
            "appliedCustomerBillingRate": None if line == WHOLE else {"id": line},
            "description": turn.slot("dispute_reason"),
            "amount": amount_of(turn.slot("dispute_amount")),
        }
        try:
            dispute = await turn.backend.post(DISPUTES, body, key=body_key(turn.conversation, body))
        except Refused:
            forget_dispute(turn)
            raise
        forget_dispute(turn)
        turn.say(
            "utter_dispute_charge_opened",
            dispute_no=dispute["disputeNo"],
            amount=money(dispute["disputedAmount"], turn.language),
            decision_date=day(dispute["decisionDueDate"], turn.language),
        )
        return []


class ActionDisputeStatus(BackendAction):
    """The latest disputes, each in words."""

    async def answer(self, turn: Turn) -> list[Event]:
        disputes = await turn.backend.get(DISPUTES, sort="-createdDate", limit=5)
        number = turn.entity("dispute_number")
        shown = [dispute for dispute in disputes if dispute["disputeNo"] == number] if number else disputes[:3]
        if not shown:
            turn.say("utter_dispute_status_not_found" if number else "utter_dispute_status_none", asked=number or "-")
        for dispute in shown:
            turn.say(
                f"utter_dispute_status_{STATES.get(dispute['state'], 'under_review')}",
                dispute_no=dispute["disputeNo"],
                bill_no=(dispute.get("bill") or {}).get("billNo") or "-",
                amount=money(dispute["disputedAmount"], turn.language),
                decision_date=day(dispute.get("decisionDueDate"), turn.language),
                resolution=dispute.get("resolution") or "-",
            )
        return []


STATES = {
    "opened": "opened",
    "underReview": "under_review",
    "accepted": "accepted",
    "rejected": "rejected",
    "withdrawn": "withdrawn",
}


def forget_dispute(turn: Turn) -> None:
    turn.set(**dict.fromkeys(ValidateDisputeChargeForm.slots))


def bill_button(bill: dict[str, Any], language: str) -> Button:
    period = month(bill["billingPeriod"]["startDateTime"][:10], language)
    return {"title": f"{period}", "payload": f'/inform{{"bill":"{bill["id"]}"}}'}


def line_buttons(lines: list[dict[str, Any]], language: str) -> list[Button]:
    """The charges of a bill, biggest first, and the bill as a whole."""
    buttons = [
        {"title": line_words(line, language), "payload": f'/inform{{"bill_line":"{line["id"]}"}}'}
        for line in charges_of(lines)
    ]
    whole = {"en": "The whole bill", "ar": "الفاتورة كاملة"}[language]
    return [*buttons, {"title": whole, "payload": f'/inform{{"bill_line":"{WHOLE}"}}'}]


def amount_of(said: str | None) -> dict[str, str] | None:
    """ "50 SAR" as the backend takes it."""
    value, unit = said.split() if said else (None, None)
    return {"unit": unit, "value": f"{Decimal(str(value)):.2f}"} if value and unit else None


def part_of(whole: dict[str, Any], said: str | None) -> dict[str, str] | None:
    """The contested part, tax included, where it is less than the whole."""
    part = amount_of(said)
    fits = part and part["unit"] == whole["unit"] and 0 < Decimal(str(part["value"])) < Decimal(str(whole["value"]))
    return part if fits else None


def charges_of(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """At most six charges that cost something, biggest first."""
    return [line for line in biggest_first(lines) if Decimal(str(line["taxExcludedAmount"]["value"])) > 0][:6]


def biggest_first(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    charges = [line for line in lines if line["type"] != "creditNote"]
    return sorted(charges, key=lambda line: -Decimal(str(line["taxExcludedAmount"]["value"])))


def line_in_words(lines: list[dict[str, Any]], text: str) -> dict[str, Any] | None:
    """The one line whose name shares a word with the message; the Arabic article does not count."""
    said = _words(text)
    sharing = [line for line in lines if said.intersection(_words(line["name"]))]
    return sharing[0] if len(sharing) == 1 else None


def _words(text: str) -> set[str]:
    words = (_ARTICLE.sub("", word) for word in re.findall(r"[^\W\d_]+", text.lower()))
    return {word for word in words if len(word) > 3}


def names_whole(text: str) -> bool:
    return any(
        word in text.lower()
        for word in ("whole", "all of it", "entire", "everything", "كامل", "كلها", "كلو", "كل الفاتورة", "كله")
    )


def _is_period(named: Any) -> bool:
    return isinstance(named, str) and len(named) == 7 and named[4] == "-"
