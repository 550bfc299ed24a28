"""Orders, lines and offers in words."""

import pytest
from test_acquisition import OFFER
from test_tickets import FIBRE, LINE

from actions.catalog import OFFERINGS, ActionBrowseOffers, asked_kind
from actions.lines import PRODUCTS, ActionMyPlan
from actions.ordering import ORDERS, STATES, ActionOrderStatus

PLACED = {"orderNo": "ORD-2026-000078", "state": "inProgress", "orderDate": "2026-11-20T08:00:00+03:00", "completionDate": None,  # noqa: E501
          "productOrderItem": [{"productOffering": {"name": "Mofawtar 100"}, "product": {"msisdn": "+966551234567"}}]}  # fmt: skip  # noqa: E501


@pytest.mark.parametrize("state", STATES)
async def test_every_state_has_words(state: str, run, wire) -> None:
    wire.answers[f"GET {ORDERS}"] = (200, [{**PLACED, "state": state}])
    outcome = await run(ActionOrderStatus(), intent="order_status")
    assert outcome.said == [f"utter_order_status_{STATES[state]}"]


@pytest.mark.parametrize(
    ("product", "said"),
    [
        ({"msisdn": None, "accountNumber": "+966114501020"}, "utter_order_status_completed"),
        ({"msisdn": None, "accountNumber": None}, "utter_order_status_completed_without_number"),
    ],
)
async def test_a_number_is_told_where_there_is_one(product: dict, said: str, run, wire) -> None:
    item = {"productOffering": {"name": "Fibre 100"}, "product": product}
    order = {**PLACED, "state": "completed", "completionDate": "2026-11-24", "productOrderItem": [item]}
    wire.answers[f"GET {ORDERS}"] = (200, [order])
    outcome = await run(ActionOrderStatus(), intent="order_status")
    assert (outcome.said, outcome.variable("msisdn")) == ([said], product["accountNumber"] or "")


async def test_no_order_is_said(run, wire) -> None:
    wire.answers[f"GET {ORDERS}"] = (200, [])
    assert (await run(ActionOrderStatus())).said == ["utter_order_status_none"]


async def test_lines_are_counted_in_the_arabic_dual(run, wire) -> None:
    wire.answers[f"GET {PRODUCTS}"] = (200, [LINE, FIBRE])
    outcome = await run(ActionMyPlan(), intent="my_plan", slots={"language": "ar"})
    assert outcome.variable("count") == "خطان"


async def test_offers_have_price_and_a_button_to_sign_up(run, wire) -> None:
    wire.answers[f"GET {OFFERINGS}"] = (200, [OFFER])
    outcome = await run(ActionBrowseOffers(), text="plans?", intent="browse_offers")
    assert "SAR 100.00 a month, plus VAT" in outcome.variable("offers")
    assert outcome.messages[0]["buttons"] == [{"title": "Mofawtar 100", "payload": '/sign_up{"plan":"mofawtar-100"}'}]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("prepaid plans", "mobilePrepaid"),
        ("باقات مسبقة الدفع", "mobilePrepaid"),
        ("fibre prices", "fixedPostpaid"),
        ("باقات الجوال", "mobilePostpaid"),
        ("offers", None),
    ],
)
def test_the_kind_is_read_from_the_words(text: str, kind: str | None) -> None:
    assert asked_kind(text) == kind
