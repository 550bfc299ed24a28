"""Bills: what is due, and what it is made of."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from actions.base import BackendAction
from actions.turn import Event, Turn
from actions.wording import bullets, day, money, month

BILLS = "/tmf-api/customerBillManagement/v4/customerBill"
RATES = "/tmf-api/customerBillManagement/v4/appliedCustomerBillingRate"
ORDER_OF_TYPES = ("recurringCharge", "usageCharge", "oneTimeCharge", "creditNote")


async def asked_bill(turn: Turn) -> dict[str, Any] | None:
    """The bill that was named by number or month, else the latest one."""
    bills = await turn.backend.get(
        BILLS, sort="-billDate", limit=1, billPeriod=turn.entity("bill_period"), billNo=turn.entity("bill_number")
    )
    return bills[0] if bills else None


def say_no_bill(turn: Turn) -> None:
    period, number = turn.entity("bill_period"), turn.entity("bill_number")
    if number or period:
        turn.say("utter_check_bill_not_found", asked=number or month(period, turn.language))
    else:
        turn.say("utter_check_bill_none")


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
            say_no_bill(turn)
            return []
        settled = Decimal(bill["remainingAmount"]["value"]) == 0
        turn.say(f"utter_check_bill_{'settled' if settled else 'due'}", **bill_words(bill, turn.language))
        if Decimal((bill.get("disputedAmount") or {"value": "0"})["value"]) > 0:
            turn.say("utter_check_bill_disputed", amount=money(bill["disputedAmount"], turn.language))
        turn.set(last_bill_number=bill["billNo"])
        return []


class ActionExplainBill(BackendAction):
    """The lines of a bill by kind, the biggest, part months and tax; or the one line that was asked about."""

    async def answer(self, turn: Turn) -> list[Event]:
        bill = await asked_bill(turn)
        if bill is None:
            say_no_bill(turn)
            return []
        lines = await turn.backend.get(RATES, **{"bill.id": bill["id"]})
        named = line_of_amount(lines, turn.entity("amount"))
        if named:
            self.explain_line(turn, bill, named)
        else:
            self.explain_all(turn, bill, lines)
        turn.set(last_bill_number=bill["billNo"])
        return []

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
        tax = sum((Decimal(item["taxAmount"]["value"]) for item in bill.get("taxItem", [])), Decimal(0))
        turn.say(
            "utter_explain_bill",
            lines=grouped(lines, turn.language),
            tax=money({"unit": bill["amountDue"]["unit"], "value": str(tax)}, turn.language),
            rate=f"{bill['taxItem'][0]['taxRate']:g}%" if bill.get("taxItem") else "0%",
            **words,
        )
        charges = [line for line in lines if line["type"] != "creditNote"]
        if len(charges) > 1:
            biggest = max(charges, key=lambda line: Decimal(line["taxExcludedAmount"]["value"]))
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


def line_of_amount(lines: list[dict[str, Any]], amount: str | None) -> dict[str, Any] | None:
    """The line whose amount, with or without tax, is the one said."""
    if not amount:
        return None
    wanted = Decimal(amount.split()[0])
    amounts = ("taxExcludedAmount", "taxIncludedAmount")
    return next(
        (line for line in lines if wanted in {Decimal(line[key]["value"]) for key in amounts if line.get(key)}), None
    )


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
