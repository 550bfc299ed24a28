"""What every action does when it cannot do what was asked, and what it goes on with."""

import httpx

from actions.billing import BILLS, ActionCheckBill

DUE = {
    "id": "b1", "billNo": "INV-2026-000123", "paymentDueDate": "2026-11-21", "amountDue": {"unit": "SAR", "value": "155.25"},  # noqa: E501
    "billingPeriod": {"startDateTime": "2026-10-01T00:00:00+03:00", "endDateTime": "2026-10-31T00:00:00+03:00"},
    "remainingAmount": {"unit": "SAR", "value": "155.25"}, "taxIncludedAmount": {"unit": "SAR", "value": "155.25"},
    "taxItem": [{"taxCategory": "VAT", "taxRate": 15, "taxAmount": {"unit": "SAR", "value": "20.25"}}],
    "disputedAmount": {"unit": "SAR", "value": "0.00"},
}  # fmt: skip


async def test_a_refusal_is_told_in_its_own_words(run, wire) -> None:
    wire.answers[f"GET {BILLS}"] = (409, {"title": "That cannot be done now.", "code": "busy", "status": 409})
    outcome = await run(ActionCheckBill())
    assert outcome.said == ["utter_refused"]
    assert outcome.variable("reason") == "That cannot be done now."


async def test_an_unreachable_backend_is_said_to_be_unreachable(run, wire) -> None:
    wire.answers[f"GET {BILLS}"] = httpx.ConnectError("refused")
    assert (await run(ActionCheckBill())).said == ["utter_backend_unavailable"]


async def test_an_answer_without_a_sentence_counts_as_unreachable(run, wire) -> None:
    wire.answers[f"GET {BILLS}"] = (500, None)
    assert (await run(ActionCheckBill())).said == ["utter_backend_unavailable"]


async def test_a_low_level_leads_to_the_code_and_remembers_what_was_asked(run, wire) -> None:
    wire.needs_code(f"GET {BILLS}")
    outcome = await run(
        ActionCheckBill(), intent="check_bill", entities={"bill_period": "2026-10"}, form="sign_up_form"
    )
    assert outcome.following == "verify_form"
    assert outcome.slot("resume_action") == "action_check_bill"
    assert outcome.slot("resume_entities") == {"bill_period": "2026-10"}
    assert outcome.slot("suspended_forms") == ["sign_up_form"]


async def test_what_was_asked_before_the_code_is_answered_after_it(run, wire) -> None:
    wire.answers[f"GET {BILLS}"] = (200, [DUE])
    outcome = await run(ActionCheckBill(), text="123456", slots={"resume_entities": {"bill_period": "2026-10"}})
    assert wire.sent[0].url.params["billPeriod"] == "2026-10"
    assert outcome.slot("resume_entities") is None


async def test_the_form_set_aside_comes_back(run, wire) -> None:
    wire.answers[f"GET {BILLS}"] = (200, [DUE])
    outcome = await run(ActionCheckBill(), slots={"suspended_forms": ["sign_up_form"]})
    assert (outcome.following, outcome.slot("suspended_forms")) == ("sign_up_form", None)


async def test_inside_a_form_the_form_asks_again(run, wire) -> None:
    wire.answers[f"GET {BILLS}"] = (200, [DUE])
    assert (await run(ActionCheckBill(), form="sign_up_form")).following == "sign_up_form"


async def test_the_backend_is_told_conversation_and_language(run, wire) -> None:
    wire.answers[f"GET {BILLS}"] = (200, [DUE])
    await run(ActionCheckBill(), slots={"language": "ar"})
    assert (wire.sent[0].headers["X-Conversation-Id"], wire.sent[0].headers["Accept-Language"]) == ("c1", "ar")
