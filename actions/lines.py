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
        "suspended": "suspended",
        "terminated": "ended",
        "cancelled": "cancelled",
    },
    "ar": {
        "active": "نشط",
        "pendingActive": "قيد التفعيل",
        "suspended": "موقوف",
        "terminated": "منتهٍ",
        "cancelled": "ملغى",
    },
}
_SINCE = {"en": "{plan} on {number}: {status}, since {start}", "ar": "{plan} على {number}: {status}، منذ {start}"}


async def own_lines(turn: Turn) -> list[dict[str, Any]]:
    """Lines that are not ended."""
    products = await turn.backend.get(PRODUCTS)
    return [product for product in products if product["status"] not in ("terminated", "cancelled", "aborted")]


def line_number(product: dict[str, Any]) -> str:
    return product.get("msisdn") or product.get("accountNumber") or product["name"]


def line_words(product: dict[str, Any], language: str) -> str:
    return _SINCE[language].format(
        plan=product["productOffering"]["name"],
        number=line_number(product),
        status=STATUSES[language].get(product["status"], product["status"]),
        start=day(product.get("startDate"), language),
    )


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
