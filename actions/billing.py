"""Bills: what is due, and what it is made of."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import Any

from actions.backend import BackendError, Refused
from actions.base import BackendAction
from actions.turn import Event, Turn
from actions.wording import bullets, day, money, month

BILLS = "/tmf-api/customerBillManagement/v4/customerBill"
RATES = "/tmf-api/customerBillManagement/v4/appliedCustomerBillingRate"
UPCOMING = "/billing/v1/upcomingBill"
ORDER_OF_TYPES = ("recurringCharge", "usageCharge", "oneTimeCharge", "creditNote")


_AMOUNT = re.compile(r"(?<![\d/-])\d{1,5}(?:[.,٫]\d{1,2})?(?![\d/-])")


async def asked_bill(turn: Turn, *, or_last_told: bool = False) -> dict[str, Any] | None:
    """The bill that was named by number or month, else the one told last, else the latest one."""
    period, number = turn.entity("bill_period"), turn.entity("bill_number")
    if or_last_told and not period and not number:
        number = turn.slot("last_bill_number")
    bills = await turn.backend.get(BILLS, sort="-billDate", limit=1, billPeriod=period, billNo=number)
    return bills[0] if bills else None


async def say_no_bill(turn: Turn) -> None:
    """That the named bill is not there; or, before the first one, when it comes and what it has come to so far."""
    period, number = turn.entity("bill_period"), turn.entity("bill_number")
    if number or period:
        turn.say("utter_check_bill_not_found", asked=number or month(period, turn.language))
        return
    try:
        upcoming = await turn.backend.get(UPCOMING)
    except Refused as refused:
        if refused.code != "no_postpaid_account":
            raise
        turn.say("utter_check_bill_prepaid")
        return
    turn.say(
        "utter_check_bill_upcoming",
        bill_date=day(upcoming["billDate"], turn.language),
        amount=money(upcoming["unbilledAmount"], turn.language),
    )


async def offer_document(turn: Turn, bill: dict[str, Any]) -> None:
    """A link that opens the bill as a document from this chat; nothing is said when there is none."""
    try:
        link = await turn.backend.post(f"/delivery/v1/bill/{bill['id']}/link", {})
    except BackendError:
        return
    turn.say("utter_check_bill_document", url=link["url"])


def bill_follow_up(turn: Turn) -> str | None:
    """The action that a bare month or amount means right after a bill was told."""
    explained, checked = (turn.times_in_a_row(action) > 0 for action in ("action_explain_bill", "action_check_bill"))
    if not explained and not checked:
        return None
    if turn.said("amount") or bare_amount(turn.text):
        return "action_explain_bill"
    if turn.said("bill_period"):
        return "action_explain_bill" if explained else "action_check_bill"
    return None


def is_about(turn: Turn, amount: str) -> bool:
    """Whether the message asks about that amount, and does not just hold some number."""
    bare = "." in amount or turn.intent != "explain_bill"
    return not turn.entity("bill_period") and (turn.entity("amount") is not None or bare)


def bare_amount(text: str) -> str | None:
    """An amount written without its currency, in ASCII digits."""
    found = _AMOUNT.search("".join(str(int(one)) if one.isdecimal() else one for one in text))
    return re.sub("[,٫]", ".", found[0]) if found else None


def bill_words(bill: dict[str, Any], language: str) -> dict[str, str]:
    """What replies tell of a bill."""
    return {
        "bill_no": bill["billNo"],
        "period": month(bill["billingPeriod"]["startDateTime"][:10], language),
        "total": money(bill.get("taxIncludedAmount") or bill["amountDue"], language),
        "remaining": money(bill["remainingAmount"], language),
        "due_date": day(bill["paymentDueDate"], language),
    }


class ActionCheckBill(BackendAction):
    """The amount due, by when; or that it is paid."""

    async def answer(self, turn: Turn) -> list[Event]:
        bill = await asked_bill(turn)
        if bill is None:
            await say_no_bill(turn)
            return []
        settled = value_of(bill["remainingAmount"]) == 0
        turn.say(f"utter_check_bill_{'settled' if settled else 'due'}", **bill_words(bill, turn.language))
        if value_of(bill.get("disputedAmount")) > 0:
            turn.say("utter_check_bill_disputed", amount=money(bill["disputedAmount"], turn.language))
        await offer_document(turn, bill)
        turn.set(last_bill_number=bill["billNo"])
        return []


class ActionExplainBill(BackendAction):
    """The lines of a bill by kind, the biggest, part months and tax; or the one line that was asked about."""

    async def answer(self, turn: Turn) -> list[Event]:
        bill = await asked_bill(turn, or_last_told=True)
        if bill is None:
            await say_no_bill(turn)
            return []
        lines = await turn.backend.get(RATES, **{"bill.id": bill["id"]})
        amount = turn.entity("amount") or bare_amount(turn.text)
        named = line_of_amount(lines, amount)
        if named:
            self.explain_line(turn, bill, named)
        elif amount and is_about(turn, amount):
            asked = {"unit": bill["amountDue"]["unit"], "value": amount.split()[0]}
            turn.say("utter_explain_bill_no_such_line", amount=money(asked, turn.language), bill_no=bill["billNo"])
        else:
            self.explain_all(turn, bill, lines)
            await self.compare(turn, bill)
            await offer_document(turn, bill)
        turn.set(last_bill_number=bill["billNo"])
        return []

    @staticmethod
    async def compare(turn: Turn, bill: dict[str, Any]) -> None:
        """How much more it is than the bill before it, when it is."""
        bills = await turn.backend.get(BILLS, sort="-billDate", limit=12)
        after = [index for index, one in enumerate(bills) if one["id"] == bill["id"]]
        before = bills[after[0] + 1] if after and after[0] + 1 < len(bills) else None
        more = total_of(bill) - total_of(before) if before else Decimal(0)
        if before and more > 0:
            turn.say(
                "utter_explain_bill_more_than_before",
                difference=money({"unit": bill["amountDue"]["unit"], "value": str(more)}, turn.language),
                before=money(before.get("taxIncludedAmount") or before["amountDue"], turn.language),
                period=month(before["billingPeriod"]["startDateTime"][:10], turn.language),
            )

    def explain_line(self, turn: Turn, bill: dict[str, Any], line: dict[str, Any]) -> None:
        turn.say(
            "utter_explain_bill_line",
            line=line_words(line, turn.language),
            kind=KINDS[turn.language].get(line["type"], line["name"]),
            period=covered(line, turn.language),
            bill_no=bill["billNo"],
        )

    def explain_all(self, turn: Turn, bill: dict[str, Any], lines: list[dict[str, Any]]) -> None:
        words = bill_words(bill, turn.language)
        tax = sum((value_of(item["taxAmount"]) for item in bill.get("taxItem", [])), Decimal(0))
        settled = value_of(bill["remainingAmount"]) == 0
        turn.say(
            "utter_explain_bill_settled" if settled else "utter_explain_bill",
            lines=grouped(lines, turn.language),
            tax=money({"unit": bill["amountDue"]["unit"], "value": str(tax)}, turn.language),
            rate=f"{bill['taxItem'][0]['taxRate']:g}%" if bill.get("taxItem") else "0%",
            **words,
        )
        charges = [line for line in lines if line["type"] != "creditNote"]
        if len(charges) > 1:
            biggest = max(charges, key=lambda line: value_of(line["taxExcludedAmount"]))
            turn.say("utter_explain_bill_biggest", line=line_words(biggest, turn.language))
        for line in [line for line in lines if is_part_of_month(line, bill)][:2]:
            turn.say("utter_explain_bill_prorated", line=line["name"], period=covered(line, turn.language))


KINDS = {
    "en": {
        "recurringCharge": "Subscription",
        "usageCharge": "Usage",
        "oneTimeCharge": "One-time charges",
        "creditNote": "Credits",
    },
    "ar": {
        "recurringCharge": "الاشتراك",
        "usageCharge": "الاستهلاك",
        "oneTimeCharge": "رسوم لمرة واحدة",
        "creditNote": "مبالغ لصالحك",
    },
}


def value_of(amount: dict[str, Any] | None) -> Decimal:
    """The exact value of TMF Money, which JSON writes as a number."""
    return Decimal(str(amount["value"])) if amount else Decimal(0)


def total_of(bill: dict[str, Any]) -> Decimal:
    return value_of(bill.get("taxIncludedAmount") or bill["amountDue"])


def line_of_amount(lines: list[dict[str, Any]], amount: str | None) -> dict[str, Any] | None:
    """The line whose amount, with or without tax, is the one said."""
    if not amount:
        return None
    wanted = Decimal(amount.split()[0])
    amounts = ("taxExcludedAmount", "taxIncludedAmount")
    return next((line for line in lines if wanted in {value_of(line[key]) for key in amounts if line.get(key)}), None)


def line_words(line: dict[str, Any], language: str) -> str:
    quantity = f" ({line['quantityText']})" if line.get("quantityText") else ""
    return f"{line['name']}{quantity}: {money(line['taxExcludedAmount'], language)}"


def grouped(lines: list[dict[str, Any]], language: str) -> str:
    """Every line under the name of its kind."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        kinds[line["type"]].append(line_words(line, language))
    order = [*ORDER_OF_TYPES, *(kind for kind in kinds if kind not in ORDER_OF_TYPES)]
    return "\n".join(f"{KINDS[language].get(kind, kind)}:\n{bullets(kinds[kind])}" for kind in order if kinds[kind])


def covered(line: dict[str, Any], language: str) -> str:
    period = line.get("periodCoverage") or {}
    if not period.get("startDateTime"):
        return "-"
    return f"{day(period['startDateTime'], language)} - {day(period.get('endDateTime'), language)}"


def is_part_of_month(line: dict[str, Any], bill: dict[str, Any]) -> bool:
    """A recurring charge that covers less than the bill does."""
    period, whole = line.get("periodCoverage") or {}, bill["billingPeriod"]
    ends = [(part.get("startDateTime") or "")[:10] for part in (period, whole)]
    return line["type"] == "recurringCharge" and bool(ends[0]) and ends[0] > ends[1]
