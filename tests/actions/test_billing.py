"""Bills told and explained exactly as the backend has them."""

import pytest
from test_base import DUE

from actions.billing import BILLS, RATES, ActionCheckBill, ActionExplainBill

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


async def test_without_a_bill_it_says_so(run, wire) -> None:
    wire.answers[f"GET {BILLS}"] = (200, [])
    assert (await run(ActionCheckBill())).said == ["utter_check_bill_none"]


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
