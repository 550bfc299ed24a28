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
    line_in_words,
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


@pytest.mark.parametrize(("text", "line"), [("no, the whole bill", "whole"), ("the national calls one", "l2")])
async def test_another_charge_named_at_the_read_back_is_taken(text: str, line: str, run) -> None:
    slots = {"dispute_bill": "b1", "dispute_line": "l1", "dispute_reason": "not mine"}
    outcome = await run(
        ValidateDisputeChargeForm(), text=text, intent="correct_value", asked="dispute_confirmed", slots=slots
    )
    assert (outcome.slot("dispute_line"), outcome.slot("requested_slot")) == (line, "dispute_confirmed")


@pytest.mark.parametrize("text", ["no", "yes"])
async def test_a_bare_yes_or_no_is_no_reason(text: str, run) -> None:
    slots = {"dispute_bill": "b1", "dispute_line": "l2"}
    intent = "affirm" if text == "yes" else "deny"
    outcome = await run(ValidateDisputeChargeForm(), text=text, intent=intent, asked="dispute_reason", slots=slots)
    assert (outcome.said, outcome.events) == ([], [])


async def test_a_part_of_a_charge_is_contested_as_that_part(run, wire) -> None:
    slots = {"dispute_bill": "b1", "dispute_line": "l2", "dispute_reason": "too much", "dispute_amount": "20 SAR"}
    read_back = await run(ValidateDisputeChargeForm(), slots=slots, form="dispute_charge_form")
    assert read_back.variable("amount") == "SAR 20.00"
    wire.answers[f"POST {DISPUTES}"] = (201, OPENED)
    await run(ActionSubmitDisputeCharge(), slots={**slots, "dispute_amount": read_back.slot("dispute_amount")})
    assert wire.body()["amount"] == {"unit": "SAR", "value": "20.00"}


async def test_more_than_the_charge_contests_the_charge(run) -> None:
    slots = {"dispute_bill": "b1", "dispute_line": "l2", "dispute_reason": "too much", "dispute_amount": "900 SAR"}
    outcome = await run(ValidateDisputeChargeForm(), slots=slots, form="dispute_charge_form")
    assert (outcome.variable("amount"), outcome.slot("dispute_amount")) == ("SAR 40.25", None)


async def test_the_bill_told_last_is_the_one_contested(run, wire) -> None:
    await run(ActionDisputeCharge(), text="/dispute_charge", slots={"last_bill_number": "INV-2026-000051"})
    assert wire.sent[-1].url.params["billNo"] == "INV-2026-000051"


async def test_a_charge_of_nothing_is_not_offered(run, wire) -> None:
    free = {**LINES[1], "id": "l3", "name": "Data", "taxExcludedAmount": {"unit": "SAR", "value": "0.00"}}
    wire.answers[f"GET {RATES}"] = (200, [*LINES, free])
    outcome = await run(ValidateDisputeChargeForm(), slots={"dispute_bill": "b1"}, form="dispute_charge_form")
    assert not any(button["title"].startswith("Data") for button in outcome.messages[0]["buttons"])


@pytest.mark.parametrize(
    ("text", "line"), [("ابي اعترض على national calls", "l2"), ("dispute my whole bill", "whole"), ("a charge", None)]
)
async def test_a_charge_named_in_the_first_words_is_not_asked_for(text: str, line: str | None, run) -> None:
    outcome = await run(ActionDisputeCharge(), text=text, intent="dispute_charge")
    assert outcome.slot("dispute_line") == line


@pytest.mark.parametrize("text", ["ما أرسلت هالرسائل ابد", "الرسائل", "للرسائل النصية"])
def test_a_charge_is_recognised_with_its_articles(text: str) -> None:
    lines = [{"id": "l1", "name": "الاشتراك الشهري: مفوتر ١٠٠"}, {"id": "l2", "name": "الرسائل النصية: +966550101016"}]
    line = line_in_words(lines, text)
    assert line is not None
    assert line["id"] == "l2"
