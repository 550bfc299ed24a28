"""Bills told and explained exactly as the backend has them."""

import pytest
from test_base import DUE

from actions.billing import BILLS, RATES, UPCOMING, ActionCheckBill, ActionExplainBill, bare_amount
from actions.conversation import ActionInform

COVERED = {"startDateTime": "2026-10-11", "endDateTime": "2026-10-31"}
LINES = [
    {"id": "l1", "name": "Mofawtar 100", "type": "recurringCharge", "periodCoverage": COVERED, "quantityText": None,
     "taxExcludedAmount": {"unit": "SAR", "value": "67.74"}, "taxIncludedAmount": {"unit": "SAR", "value": "77.90"}},
    {"id": "l2", "name": "National calls", "type": "usageCharge", "periodCoverage": COVERED, "quantityText": "100 minutes",  # noqa: E501
     "taxExcludedAmount": {"unit": "SAR", "value": "35.00"}, "taxIncludedAmount": {"unit": "SAR", "value": "40.25"}},
]  # fmt: skip


@pytest.mark.parametrize(
    ("remaining", "reply"), [("155.25", "utter_check_bill_due"), ("0.00", "utter_check_bill_settled")]
)
async def test_a_bill_is_due_or_paid(remaining: str, reply: str, run, wire) -> None:
    wire.answers[f"GET {BILLS}"] = (200, [{**DUE, "remainingAmount": {"unit": "SAR", "value": remaining}}])
    outcome = await run(ActionCheckBill(), intent="check_bill")
    assert outcome.said == [reply]
    assert (outcome.variable("bill_no"), outcome.variable("due_date")) == ("INV-2026-000123", "21 November 2026")


@pytest.mark.parametrize("action", [ActionCheckBill, ActionExplainBill])
async def test_before_the_first_bill_it_says_when_it_comes_and_what_it_is_so_far(action, run, wire) -> None:
    wire.answers |= {
        f"GET {BILLS}": (200, []),
        f"GET {UPCOMING}": (200, {"billDate": "2026-12-01", "unbilledAmount": {"unit": "SAR", "value": "30.67"}}),
    }
    outcome = await run(action())
    assert outcome.said == ["utter_check_bill_upcoming"]
    assert (outcome.variable("bill_date"), outcome.variable("amount")) == ("1 December 2026", "SAR 30.67")


async def test_a_prepaid_customer_has_no_bills(run, wire) -> None:
    wire.answers |= {
        f"GET {BILLS}": (200, []),
        f"GET {UPCOMING}": (404, {"title": "No postpaid account.", "code": "no_postpaid_account"}),
    }
    assert (await run(ActionCheckBill())).said == ["utter_check_bill_prepaid"]


async def test_the_bill_is_offered_as_a_document(run, wire) -> None:
    wire.answers |= {
        f"GET {BILLS}": (200, [DUE]),
        f"POST /delivery/v1/bill/{DUE['id']}/link": (201, {"url": "https://hatif.example/bill/x"}),
    }
    outcome = await run(ActionCheckBill(), intent="check_bill")
    assert outcome.said == ["utter_check_bill_due", "utter_check_bill_document"]
    assert outcome.variable("url") == "https://hatif.example/bill/x"


async def test_the_bill_told_last_is_the_one_explained(run, wire) -> None:
    wire.answers |= {f"GET {BILLS}": (200, [DUE]), f"GET {RATES}": (200, LINES)}
    await run(ActionExplainBill(), text="/explain_bill", slots={"last_bill_number": "INV-2026-000051"})
    assert wire.sent[0].url.params["billNo"] == "INV-2026-000051"


async def test_a_bill_is_compared_with_the_one_before(run, wire) -> None:
    before = {**DUE, "id": "b0", "taxIncludedAmount": {"unit": "SAR", "value": "115.00"}}
    wire.answers |= {f"GET {BILLS}": (200, [DUE, before]), f"GET {RATES}": (200, LINES)}
    outcome = await run(ActionExplainBill(), intent="explain_bill")
    assert (outcome.said[-1], outcome.variable("difference")) == ("utter_explain_bill_more_than_before", "SAR 40.25")


async def test_an_amount_that_is_on_no_line_is_said_to_be_on_none(run, wire) -> None:
    wire.answers |= {f"GET {BILLS}": (200, [DUE]), f"GET {RATES}": (200, LINES)}
    outcome = await run(ActionExplainBill(), text="وش هذي ٩٫٤٩", intent="inform")
    assert (outcome.said, outcome.variable("amount")) == (["utter_explain_bill_no_such_line"], "SAR 9.49")


@pytest.mark.parametrize(
    ("text", "entities", "told", "following"),
    [
        ("what is this 35", {}, "action_check_bill", "action_explain_bill"),
        ("in September", {"bill_period": "2026-09"}, "action_check_bill", "action_check_bill"),
        ("in September", {"bill_period": "2026-09"}, "action_explain_bill", "action_explain_bill"),
        ("35", {}, "action_my_plan", "action_listen"),
    ],
)
async def test_a_bare_amount_or_month_after_a_bill_is_about_it(text, entities, told, following, run) -> None:
    events = [{"event": "user"}, {"event": "action", "name": told}, {"event": "user"}]
    outcome = await run(ActionInform(), text=text, entities=entities, events=events)
    assert outcome.following == following


@pytest.mark.parametrize(
    ("text", "amount"), [("why 9.49?", "9.49"), ("٩٫٤٩", "9.49"), ("0551234567", None), ("INV-2026-000051", None)]
)
def test_an_amount_is_read_without_its_currency(text: str, amount: str | None) -> None:
    assert bare_amount(text) == amount


async def test_a_month_without_a_bill_is_named(run, wire) -> None:
    wire.answers[f"GET {BILLS}"] = (200, [])
    outcome = await run(ActionCheckBill(), entities={"bill_period": "2026-03"}, slots={"language": "ar"})
    assert (outcome.said, outcome.variable("asked")) == (["utter_check_bill_not_found"], "مارس 2026")


async def test_lines_are_grouped_with_the_biggest_and_the_part_month(run, wire) -> None:
    wire.answers |= {f"GET {BILLS}": (200, [DUE]), f"GET {RATES}": (200, LINES)}
    outcome = await run(ActionExplainBill(), intent="explain_bill")
    assert (
        outcome.said
        == [
            "utter_explain_bill",
            "utter_explain_bill_biggest",
            "utter_explain_bill_prorated",
            "utter_explain_bill_prorated",
        ][:3]
    )
    assert (
        outcome.variable("lines")
        == "Subscription:\n• Mofawtar 100: SAR 67.74\nUsage:\n• National calls (100 minutes): SAR 35.00"
    )


async def test_an_amount_asked_about_gets_its_own_line(run, wire) -> None:
    wire.answers |= {f"GET {BILLS}": (200, [DUE]), f"GET {RATES}": (200, LINES)}
    outcome = await run(ActionExplainBill(), intent="explain_bill", entities={"amount": "35 SAR"})
    assert outcome.said == ["utter_explain_bill_line"]
    assert outcome.variable("line").startswith("National calls")
