"""Contesting a charge, from the first words to the number of the dispute."""

import pytest
from test_base import DUE
from test_billing import LINES

from actions.billing import BILLS, RATES
from actions.disputes import (
    DISPUTES,
    ActionDisputeCharge,
    ActionDisputeStatus,
    ActionSubmitDisputeCharge,
    ValidateDisputeChargeForm,
)

OPENED = {"id": "d1", "disputeNo": "DSP-2026-000012", "state": "opened", "disputedAmount": {"unit": "SAR", "value": "40.25"},  # noqa: E501
          "decisionDueDate": "2026-12-01", "bill": {"id": "b1", "billNo": "INV-2026-000123"}, "resolution": None}  # fmt: skip  # noqa: E501


@pytest.fixture(autouse=True)
def bills(wire) -> None:
    wire.answers |= {f"GET {BILLS}": (200, [DUE]), f"GET {RATES}": (200, LINES)}


async def test_the_only_bill_is_not_asked_for(run) -> None:
    outcome = await run(ActionDisputeCharge(), text="wrong charge", intent="dispute_charge")
    assert (outcome.slot("dispute_bill"), outcome.following) == ("b1", "dispute_charge_form")


async def test_without_a_bill_there_is_nothing_to_dispute(run, wire) -> None:
    wire.answers[f"GET {BILLS}"] = (200, [])
    assert (await run(ActionDisputeCharge())).said == ["utter_dispute_charge_no_bill"]


async def test_the_lines_are_offered_as_buttons(run) -> None:
    outcome = await run(ValidateDisputeChargeForm(), slots={"dispute_bill": "b1"}, form="dispute_charge_form")
    titles = [button["title"] for button in outcome.messages[0]["buttons"]]
    assert titles == ["Mofawtar 100: SAR 67.74", "National calls (100 minutes): SAR 35.00", "The whole bill"]


@pytest.mark.parametrize(
    ("text", "line"), [("the national one", "l2"), ("the second", "l2"), ("٢", "l2"), ("the whole bill", "whole")]
)
async def test_a_line_is_chosen_in_words(text: str, line: str, run) -> None:
    outcome = await run(ValidateDisputeChargeForm(), text=text, asked="dispute_line", slots={"dispute_bill": "b1"})
    assert outcome.slot("dispute_line") == line


async def test_the_reason_leads_to_a_read_back(run) -> None:
    slots = {"dispute_bill": "b1", "dispute_line": "l2"}
    outcome = await run(
        ValidateDisputeChargeForm(),
        text="I never made them",
        intent="dispute_charge",
        asked="dispute_reason",
        slots=slots,
    )
    assert (outcome.said, outcome.variable("amount")) == (["utter_dispute_charge_read_back"], "SAR 40.25")


async def test_a_yes_goes_to_the_record_and_a_no_makes_none(run) -> None:
    slots = {"dispute_bill": "b1", "dispute_line": "l2", "dispute_reason": "not mine"}
    yes = await run(ValidateDisputeChargeForm(), text="yes", intent="affirm", asked="dispute_confirmed", slots=slots)
    no = await run(ValidateDisputeChargeForm(), text="no", intent="deny", asked="dispute_confirmed", slots=slots)
    assert (yes.following, no.following, no.said[0]) == (
        "action_submit_dispute_charge",
        None,
        "utter_dispute_charge_again",
    )


async def test_an_opened_dispute_has_its_number_and_day(run, wire) -> None:
    wire.answers[f"POST {DISPUTES}"] = (201, OPENED)
    outcome = await run(
        ActionSubmitDisputeCharge(), slots={"dispute_bill": "b1", "dispute_line": "whole", "dispute_reason": "not mine"}
    )
    assert wire.body()["appliedCustomerBillingRate"] is None
    assert (outcome.variable("dispute_no"), outcome.variable("decision_date")) == ("DSP-2026-000012", "1 December 2026")


async def test_a_window_that_has_passed_is_told(run, wire) -> None:
    wire.answers[f"POST {DISPUTES}"] = (
        422,
        {"title": "Bills can be disputed within 60 days.", "code": "dispute_window_passed"},
    )
    outcome = await run(
        ActionSubmitDisputeCharge(), slots={"dispute_bill": "b1", "dispute_line": "l2", "dispute_reason": "x"}
    )
    assert (outcome.said, outcome.slot("dispute_bill")) == (["utter_refused"], None)


@pytest.mark.parametrize("state", ["opened", "underReview", "accepted", "rejected", "withdrawn"])
async def test_every_state_has_words(state: str, run, wire) -> None:
    wire.answers[f"GET {DISPUTES}"] = (200, [{**OPENED, "state": state}])
    outcome = await run(ActionDisputeStatus(), intent="dispute_status")
    assert outcome.said == [f"utter_dispute_status_{'under_review' if state == 'underReview' else state}"]


async def test_a_number_that_is_not_theirs_is_not_found(run, wire) -> None:
    wire.answers[f"GET {DISPUTES}"] = (200, [OPENED])
    outcome = await run(ActionDisputeStatus(), entities={"dispute_number": "DSP-2026-000099"})
    assert outcome.said == ["utter_dispute_status_not_found"]
