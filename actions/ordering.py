"""Where an order is."""

from __future__ import annotations

from typing import Any

from actions.base import BackendAction
from actions.turn import Event, Turn
from actions.wording import day

ORDERS = "/tmf-api/productOrderingManagement/v4/productOrder"
STATES = {
    "acknowledged": "received",
    "pending": "received",
    "inProgress": "in_progress",
    "held": "held",
    "assessingCancellation": "held",
    "completed": "completed",
    "partial": "in_progress",
    "failed": "failed",
    "cancelled": "cancelled",
    "rejected": "failed",
}


class ActionOrderStatus(BackendAction):
    """The order that was named, or the latest ones."""

    async def answer(self, turn: Turn) -> list[Event]:
        number = turn.entity("order_number")
        orders = await turn.backend.get(ORDERS, sort="-orderDate", limit=1 if number else 3, orderNo=number)
        if not orders:
            turn.say("utter_order_status_not_found" if number else "utter_order_status_none", asked=number or "-")
        for order in orders:
            words = order_words(order, turn.language)
            outcome = STATES.get(order["state"], "in_progress")
            if outcome == "completed" and not words["msisdn"]:
                outcome = "completed_without_number"
            turn.say(f"utter_order_status_{outcome}", **words)
        return []


def order_words(order: dict[str, Any], language: str) -> dict[str, str]:
    items = order.get("productOrderItem") or []
    products = [item.get("product") or {} for item in items]
    numbers = [number for one in products if (number := one.get("msisdn") or one.get("accountNumber"))]
    comma = "، " if language == "ar" else ", "
    return {
        "order_no": order["orderNo"],
        "plan": comma.join(item["productOffering"]["name"] for item in items) or "-",
        "order_date": day(order.get("orderDate"), language),
        "completion_date": day(order.get("completionDate"), language),
        "msisdn": comma.join(numbers),
    }
