"""Signing up: each answer stored or refused, corrections, cancel, read-back, one order for one yes."""

import httpx
import pytest

from actions.acquisition import APPLICATION, ORDER, ActionSignUp, ActionSubmitSignUp, ValidateSignUpForm
from actions.catalog import OFFERINGS

ONE = f"{APPLICATION}/a1"
PLAN = {"id": "mofawtar-100", "name": "Mofawtar 100", "kind": "mobilePostpaid"}
OFFER = {
    **PLAN,
    "customerType": "individual",
    "productOfferingPrice": [
        {"price": {"unit": "SAR", "value": "100.00"}, "recurringChargePeriod": "1 month", "taxIncluded": False}
    ],
}


def application(state: str = "draft", **fields: object) -> dict:
    empty = {
        "applicationNo": "APP-2026-000012",
        "productOffering": PLAN,
        "personName": None,
        "nationalId": None,
        "birthDate": None,
        "contactNumber": None,
        "missing": ["personName"],
        "depositAmount": None,
        "depositAccepted": False,
        "reasons": [],
    }
    return {
        "id": "a1",
        "state": state,
        **empty,
        "summary": {"recurring": {"unit": "SAR", "value": "100.00"}, "period": "1 month", "taxIncluded": False},
        **fields,
    }


@pytest.fixture
def slots() -> dict:
    return {"application_id": "a1"}


async def test_a_plan_named_at_the_start_is_not_asked_again(run, wire) -> None:
    wire.answers |= {
        f"POST {APPLICATION}": (201, application(productOffering=None)),
        f"GET {OFFERINGS}": (200, [OFFER]),
        f"PATCH {ONE}": (200, application()),
    }
    outcome = await run(ActionSignUp(), intent="sign_up", entities={"plan": "Mofawtar 100"})
    assert outcome.following == "sign_up_form"
    assert wire.body() == {"productOffering": "mofawtar-100"}


async def test_a_name_is_stored_and_the_next_thing_asked(run, wire, slots) -> None:
    wire.answers |= {f"PATCH {ONE}": (200, application()), f"GET {ONE}": (200, application(missing=["nationalId"]))}
    outcome = await run(ValidateSignUpForm(), text="سارة أحمد", asked="person_name", slots=slots)
    assert (outcome.said, outcome.slot("requested_slot")) == (["utter_question_national_id"], "national_id")


async def test_a_refused_id_is_told_and_asked_again(run, wire, slots) -> None:
    wire.answers |= {
        f"PATCH {ONE}": (422, {"title": "Check the ten digits.", "code": "national_id_invalid"}),
        f"GET {ONE}": (200, application(missing=["nationalId"])),
    }
    outcome = await run(
        ValidateSignUpForm(),
        text="1012345679",
        entities={"national_id": "1012345679"},
        asked="national_id",
        slots=slots,
    )
    assert outcome.said == ["utter_refused", "utter_question_national_id"]


async def test_a_reason_is_not_told_a_third_time(run, wire, slots) -> None:
    wire.answers |= {
        f"PATCH {ONE}": (422, {"title": "Check the ten digits.", "code": "national_id_invalid"}),
        f"GET {ONE}": (200, application(missing=["nationalId"])),
    }
    told = {"reason": "Check the ten digits.", "times": 2}
    outcome = await run(
        ValidateSignUpForm(),
        text="1",
        entities={"national_id": "1012345679"},
        asked="national_id",
        slots={**slots, "refusal_told": told},
    )
    assert outcome.said[0] == "utter_form_refused_again"


async def test_an_earlier_value_is_corrected(run, wire, slots) -> None:
    wire.answers |= {f"PATCH {ONE}": (200, application()), f"GET {ONE}": (200, application(missing=["birthDate"]))}
    outcome = await run(
        ValidateSignUpForm(),
        text="no, my name is Omar",
        intent="correct_value",
        entities={"person_name": "Omar"},
        asked="birth_date",
        slots=slots,
    )
    assert (outcome.said, wire.body(0)) == (
        ["utter_sign_up_corrected", "utter_question_birth_date"],
        {"personName": "Omar"},
    )


async def test_a_correction_without_the_value_asks_for_it(run, wire, slots) -> None:
    wire.answers[f"GET {ONE}"] = (200, application(missing=["birthDate"]))
    outcome = await run(
        ValidateSignUpForm(), text="my id ends in 7", intent="correct_value", asked="birth_date", slots=slots
    )
    assert outcome.slot("requested_slot") == "national_id"


async def test_a_digression_is_left_to_the_rules(run, slots) -> None:
    outcome = await run(
        ValidateSignUpForm(), text="what plans do you have", intent="browse_offers", asked="person_name", slots=slots
    )
    assert (outcome.said, outcome.events) == ([], [])


async def test_cancel_asks_first_and_drops_on_yes(run, wire, slots) -> None:
    first = await run(ValidateSignUpForm(), text="cancel", intent="cancel", asked="birth_date", slots=slots)
    assert (first.said, first.slot("requested_slot")) == (["utter_sign_up_cancel_confirm"], "cancel_confirmed")
    wire.answers[f"DELETE {ONE}"] = (200, application("cancelled"))
    second = await run(ValidateSignUpForm(), text="yes", intent="affirm", asked="cancel_confirmed", slots=slots)
    assert (second.said, second.slot("application_id"), second.following) == (
        ["utter_sign_up_cancelled"],
        None,
        "action_resume",
    )


async def test_a_complete_application_is_decided_and_read_back(run, wire, slots) -> None:
    complete = application(
        missing=[], personName="Sara", nationalId="•••678", birthDate="1990-05-12", contactNumber="+966551234567"
    )
    wire.answers |= {
        f"PATCH {ONE}": (200, complete),
        f"GET {ONE}": (200, complete),
        f"POST {ONE}/submit": (200, {**complete, "state": "approved"}),
    }
    outcome = await run(ValidateSignUpForm(), text="I agree", intent="affirm", asked="terms_accepted", slots=slots)
    assert (outcome.said, outcome.variable("price"), outcome.slot("requested_slot")) == (
        ["utter_sign_up_read_back"],
        "SAR 100.00 a month",
        "order_confirmed",
    )


async def test_a_refusal_that_can_be_mended_keeps_the_form_open(run, wire, slots) -> None:
    refused = application("refused", missing=[], reasons=[{"code": "name_mismatch", "text": "The name differs."}])
    wire.answers[f"GET {ONE}"] = (200, refused)
    outcome = await run(ValidateSignUpForm(), slots=slots, form="sign_up_form")
    assert (outcome.said, outcome.slot("requested_slot")) == (["utter_sign_up_refused_correctable"], "correcting")


async def test_a_blocked_identity_ends_the_form(run, wire, slots) -> None:
    wire.answers[f"GET {ONE}"] = (
        200,
        application("refused", missing=[], reasons=[{"code": "identity_blocked", "text": "Not possible."}]),
    )
    outcome = await run(ValidateSignUpForm(), slots=slots, form="sign_up_form")
    assert (outcome.said, outcome.slot("requested_slot")) == (["utter_sign_up_refused"], None)


@pytest.fixture
def registry_down(wire) -> None:
    wire.answers |= {
        f"GET {ONE}": (200, application("submitted", missing=[])),
        f"POST {ONE}/submit": (503, {"title": "Try later.", "code": "registry_unavailable"}),
    }


@pytest.mark.usefixtures("registry_down")
async def test_with_the_registry_away_the_application_is_kept_to_try_again(run, slots) -> None:
    first = await run(ValidateSignUpForm(), slots=slots, form="sign_up_form")
    assert (first.said, first.slot("requested_slot")) == (["utter_sign_up_kept"], "retry")
    slots |= {"refusal_told": first.slot("refusal_told")}
    again = await run(ValidateSignUpForm(), text="try again", intent="ask_repeat", asked="retry", slots=slots)
    assert again.said == ["utter_sign_up_kept_again"]


@pytest.mark.usefixtures("registry_down")
async def test_later_leaves_the_application_saved(run, slots) -> None:
    outcome = await run(ValidateSignUpForm(), text="later", intent="deny", asked="retry", slots=slots)
    assert (outcome.said, outcome.following) == (["utter_sign_up_saved"], "action_resume")


async def test_without_the_deposit_plans_paid_in_advance_are_offered(run, wire, slots) -> None:
    approved = application("approved", missing=[], depositAmount={"unit": "SAR", "value": "300.00"})
    prepaid = {**OFFER, "id": "yalla-30", "name": "Yalla 30", "kind": "mobilePrepaid"}
    wire.answers |= {f"GET {ONE}": (200, approved), f"GET {OFFERINGS}": (200, [OFFER, prepaid])}
    outcome = await run(ValidateSignUpForm(), text="no", intent="deny", asked="deposit_accepted", slots=slots)
    assert outcome.said == ["utter_sign_up_deposit_needed", "utter_question_product_offering"]
    assert [button["title"] for button in outcome.messages[1]["buttons"]] == ["Yalla 30"]
    assert outcome.slot("requested_slot") == "product_offering"


async def test_a_fixed_line_is_read_back_with_its_address_and_contract(run, wire, slots) -> None:
    fibre = {"id": "fibre-100", "name": "Fibre 100", "kind": "fixedPostpaid"}
    offer = {**OFFER, **fibre, "contractMonths": 12, "exitFeePerMonth": {"unit": "SAR", "value": "50.00"}}
    complete = application("approved", missing=[], productOffering=fibre, place="Riyadh, Narjis")
    wire.answers |= {f"GET {ONE}": (200, complete), f"GET {OFFERINGS}": (200, [offer])}
    outcome = await run(ValidateSignUpForm(), slots=slots, form="sign_up_form")
    assert outcome.variable("more") == (
        "\n• Installed at: Riyadh, Narjis\n• Commitment: contract: 12 months, exit fee SAR 50.00 per month left"
    )


async def test_an_address_is_corrected_at_the_read_back(run, wire, slots) -> None:
    complete = application("approved", missing=[], place="Riyadh")
    wire.answers |= {f"GET {ONE}": (200, complete), f"PATCH {ONE}": (200, complete)}
    outcome = await run(
        ValidateSignUpForm(), text="Jeddah", entities={"place": "Jeddah"}, asked="order_confirmed", slots=slots
    )
    assert outcome.said == ["utter_sign_up_corrected", "utter_sign_up_read_back"]
    assert wire.body(0) == {"place": "Jeddah"}


async def test_changing_the_address_is_a_correction_inside_the_form(run, wire, slots) -> None:
    wire.answers[f"GET {ONE}"] = (200, application("approved", missing=[], place="Riyadh"))
    outcome = await run(
        ValidateSignUpForm(), text="غير العنوان", intent="update_contact", asked="order_confirmed", slots=slots
    )
    assert outcome.said == ["utter_question_place"]


async def test_one_yes_makes_one_order_under_one_key(run, wire, slots) -> None:
    wire.answers[f"POST {ORDER}"] = (201, {"orderNo": "ORD-2026-000078"})
    outcome = await run(ActionSubmitSignUp(), text="yes", intent="affirm", slots=slots)
    assert (outcome.said, wire.sent[-1].headers["Idempotency-Key"]) == (["utter_sign_up_ordered"], "c1:a1")


async def test_an_order_that_nobody_took_is_not_called_done(run, wire, slots) -> None:
    wire.answers[f"POST {ORDER}"] = httpx.ReadTimeout("late")
    outcome = await run(ActionSubmitSignUp(), text="yes", intent="affirm", slots=slots)
    assert (outcome.said, outcome.slot("offered_action")) == (["utter_submit_unsure"], "action_submit_sign_up")


async def test_an_income_in_words_is_refused_with_the_reason(run, wire, slots) -> None:
    wire.answers |= {
        f"PATCH {ONE}": (422, {"title": "As a number, please.", "code": "income_invalid"}),
        f"GET {ONE}": (200, application(missing=["monthlyIncome"])),
    }
    outcome = await run(ValidateSignUpForm(), text="a good deal", asked="monthly_income", slots=slots)
    assert outcome.said == ["utter_refused", "utter_question_monthly_income"]
