"""The lines a customer has."""

from __future__ import annotations

from typing import Any

from actions.base import BackendAction
from actions.turn import Event, Turn
from actions.wording import bullets, counted, day

PRODUCTS = "/tmf-api/productInventory/v4/product"
STATUSES = {
    "en": {
        "active": "active",
        "pendingActive": "being activated",
        "created": "ordered",
        "pendingTerminate": "ending soon",
        "suspended": "suspended",
    },
    "ar": {
        "active": "نشط",
        "pendingActive": "قيد التفعيل",
        "created": "مطلوب",
        "pendingTerminate": "قيد الإنهاء",
        "suspended": "موقوف",
    },
}
_NUMBERED = {"en": "{plan} on {number}", "ar": "{plan} على {number}"}
_SINCE = {"en": ", since {start}", "ar": "، منذ {start}"}


async def own_lines(turn: Turn) -> list[dict[str, Any]]:
    """Lines that are not ended."""
    products = await turn.backend.get(PRODUCTS)
    return [product for product in products if product["status"] in STATUSES["en"]]


def line_number(product: dict[str, Any]) -> str | None:
    """The number that a line is known by, once it has one."""
    return product.get("msisdn") or product.get("accountNumber")


def line_name(product: dict[str, Any], joined: str = "{plan} {number}") -> str:
    """ "Mofawtar 100 +966551234567"."""
    plan, number = product["productOffering"]["name"], line_number(product)
    return joined.format(plan=plan, number=number) if number else plan


def line_words(product: dict[str, Any], language: str) -> str:
    status = STATUSES[language][product["status"]]
    since = _SINCE[language].format(start=day(product["startDate"], language)) if product.get("startDate") else ""
    return f"{line_name(product, _NUMBERED[language])}: {status}{since}"


class ActionMyPlan(BackendAction):
    """Each line with its plan, its state and its beginning."""

    async def answer(self, turn: Turn) -> list[Event]:
        lines = await own_lines(turn)
        if not lines:
            turn.say("utter_my_plan_none")
            return []
        told = bullets([line_words(line, turn.language) for line in lines])
        turn.say("utter_my_plan", count=counted(len(lines), "line", turn.language), lines=told)
        return []
