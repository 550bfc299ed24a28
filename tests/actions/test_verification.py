"""The code: asked once, wrong with tries left, used up, sent again, and back to what was asked."""

import pytest

from actions.verification import ActionResume, ValidateVerifyForm

CODES, CONFIRM = "POST /verification/codes", "POST /verification/codes/confirm"
SENT = (202, {"sentTo": "•••• ••67", "expiresInMinutes": 5})


def refused(code: str, **extra: object) -> tuple[int, dict]:
    return 422, {"title": "That code is over.", "code": code, "status": 422, **extra}


async def test_an_unknown_customer_is_asked_for_the_number(run) -> None:
    outcome = await run(ValidateVerifyForm())
    assert (outcome.said, outcome.slot("requested_slot")) == (["utter_question_verify_msisdn"], "verify_msisdn")


async def test_a_known_customer_gets_the_code_at_once(run, wire) -> None:
    wire.answers[CODES] = SENT
    outcome = await run(ValidateVerifyForm(), slots={"customer_known": True})
    assert outcome.said == ["utter_verify_code_sent"]
    assert wire.body() == {"msisdn": None}


async def test_the_number_leads_to_a_code(run, wire) -> None:
    wire.answers[CODES] = SENT
    outcome = await run(
        ValidateVerifyForm(), text="0551234567", entities={"msisdn": "+966551234567"}, asked="verify_msisdn"
    )
    assert (outcome.slot("requested_slot"), wire.body()) == ("one_time_code", {"msisdn": "+966551234567"})


@pytest.mark.parametrize(("left", "words"), [(2, "2 tries left"), (1, "1 try left")])
async def test_a_wrong_code_tells_the_tries_left(left: int, words: str, run, wire) -> None:
    wire.answers[CONFIRM] = refused("code_wrong", triesLeft=left)
    slots = {"verify_msisdn": "+966551234567", "code_sent": "•••• ••67"}
    outcome = await run(
        ValidateVerifyForm(), text="000000", entities={"one_time_code": "000000"}, asked="one_time_code", slots=slots
    )
    assert (outcome.said, outcome.variable("tries")) == (["utter_verify_code_wrong"], words)


@pytest.mark.parametrize("code", ["code_locked", "code_expired"])
async def test_a_used_up_code_offers_a_new_one(code: str, run, wire) -> None:
    wire.answers[CONFIRM] = refused(code)
    slots = {"verify_msisdn": "+966551234567", "code_sent": "•••• ••67"}
    outcome = await run(ValidateVerifyForm(), text="٠٠٠٠٠٠", asked="one_time_code", slots=slots)
    assert (outcome.said, outcome.slot("requested_slot")) == (["utter_verify_code_over"], "one_time_code")


async def test_a_new_code_is_sent_when_asked_for(run, wire) -> None:
    wire.answers[CODES] = SENT
    slots = {"verify_msisdn": "+966551234567", "code_sent": "•••• ••67"}
    outcome = await run(
        ValidateVerifyForm(), text="ما وصلني الرمز", intent="ask_repeat", asked="one_time_code", slots=slots
    )
    assert outcome.said == ["utter_verify_code_sent"]


async def test_the_right_code_goes_back_to_what_was_asked(run, wire) -> None:
    wire.answers[CONFIRM] = (200, {"level": 2, "customer": {"id": "1", "givenName": "Sara"}})
    slots = {"verify_msisdn": "+966551234567", "code_sent": "•••• ••67", "resume_action": "action_check_bill"}
    outcome = await run(
        ValidateVerifyForm(), text="123456", entities={"one_time_code": "123456"}, asked="one_time_code", slots=slots
    )
    assert (outcome.said, outcome.following, outcome.slot("requested_slot")) == (
        ["utter_verify_done"],
        "action_resume",
        None,
    )
    assert (await run(ActionResume(), slots=slots)).following == "action_check_bill"


async def test_another_question_is_left_to_the_rules(run) -> None:
    slots = {"verify_msisdn": "+966551234567", "code_sent": "•••• ••67"}
    outcome = await run(
        ValidateVerifyForm(), text="how much is Fibre 100?", intent="browse_offers", asked="one_time_code", slots=slots
    )
    assert (outcome.said, outcome.events) == ([], [])


async def test_cancelling_drops_what_waited(run) -> None:
    outcome = await run(
        ValidateVerifyForm(),
        text="cancel",
        intent="cancel",
        asked="one_time_code",
        slots={"resume_action": "action_check_bill"},
    )
    assert (outcome.said, outcome.slot("resume_action")) == (["utter_verify_cancelled"], None)


async def test_a_yes_to_a_new_code_sends_one(run, wire) -> None:
    wire.answers[CODES] = SENT
    slots = {"verify_msisdn": "+966551234567", "code_sent": "•••• ••67", "code_over": True}
    outcome = await run(ValidateVerifyForm(), text="yes", intent="affirm", asked="one_time_code", slots=slots)
    assert (outcome.said, outcome.slot("code_over")) == (["utter_verify_code_sent"], None)


async def test_with_the_code_over_the_question_is_whether_to_send_another(run) -> None:
    slots = {"verify_msisdn": "+966551234567", "code_sent": "•••• ••67", "code_over": True}
    outcome = await run(ValidateVerifyForm(), slots=slots, form="verify_form")
    assert outcome.said == ["utter_question_new_code"]
