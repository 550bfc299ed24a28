"""The ladder of misunderstandings, offers taken up, and the way to a person."""

import httpx
import pytest

from actions.conversation import (
    ActionAffirm,
    ActionAskRepeat,
    ActionFallback,
    ActionGreet,
    ActionInform,
    ActionRequestHuman,
    ActionSwitchLanguage,
)
from actions.questions import CHITCHAT_TOPICS, FAQ_TOPICS, NOT_YET, ActionFaq, ActionNotYet

HANDOFF, LANGUAGE = "POST /conversations/c1/handoff", "PUT /conversations/c1/language"


def fallbacks(times: int) -> list[dict]:
    return [
        event for _ in range(times) for event in ({"event": "user"}, {"event": "action", "name": "action_fallback"})
    ] + [{"event": "user"}]


async def test_no_sentence_is_said_three_times(run) -> None:
    said = [
        (await run(ActionFallback(), intent="nlu_fallback", events=fallbacks(before))).said[0] for before in range(5)
    ]
    assert said[:3] == ["utter_fallback_rephrase", "utter_fallback_choices", "utter_fallback_human"]
    assert all(said[index : index + 3] != [said[index]] * 3 for index in range(len(said)))


async def test_understanding_in_between_starts_the_ladder_anew(run) -> None:
    events = [
        *fallbacks(2)[:-1],
        {"event": "user"},
        {"event": "action", "name": "action_check_bill"},
        {"event": "user"},
    ]
    assert (await run(ActionFallback(), events=events)).said == ["utter_fallback_rephrase"]


async def test_a_yes_takes_up_a_fresh_offer(run) -> None:
    events = [{"event": "slot", "name": "offered_action", "value": "action_request_human"}, {"event": "user"}]
    outcome = await run(
        ActionAffirm(), text="yes", intent="affirm", slots={"offered_action": "action_request_human"}, events=events
    )
    assert outcome.following == "action_request_human"


async def test_a_yes_to_an_old_offer_is_only_a_yes(run) -> None:
    events = [
        {"event": "slot", "name": "offered_action", "value": "action_request_human"},
        {"event": "user"},
        {"event": "user"},
    ]
    outcome = await run(
        ActionAffirm(), intent="affirm", slots={"offered_action": "action_request_human"}, events=events
    )
    assert outcome.said == ["utter_affirm"]


async def test_a_person_gets_reason_history_and_last_error(run, wire) -> None:
    wire.answers[HANDOFF] = (200, {"owner": "queued", "position": 1})
    events = [{"event": "user", "parse_data": {"intent": {"name": "check_bill"}}}]
    outcome = await run(
        ActionRequestHuman(),
        text="agent please",
        intent="request_human",
        slots={"last_error": "busy"},
        events=events,
        form="sign_up_form",
    )
    assert wire.body() == {"reason": "agent please", "intentHistory": ["check_bill"], "lastError": "busy"}
    assert (outcome.said, outcome.following) == (["utter_request_human_queued"], "action_listen")


async def test_a_handoff_that_fails_is_told(run, wire) -> None:
    wire.answers[HANDOFF] = httpx.ConnectError("down")
    assert (await run(ActionRequestHuman(), text="agent")).said == ["utter_request_human_failed"]


@pytest.mark.parametrize("answer", [(200, {"language": "ar"}), httpx.ConnectError("down")])
async def test_switching_language_always_answers_and_the_form_asks_again(answer, run, wire) -> None:
    wire.answers[LANGUAGE] = answer
    outcome = await run(ActionSwitchLanguage(), slots={"language": "ar"}, form="sign_up_form")
    assert (outcome.said, outcome.following) == (["utter_switch_language"], "sign_up_form")


async def test_the_last_words_are_said_again(run) -> None:
    events = [
        {"event": "user"},
        {"event": "bot", "text": "Your bill is ...", "data": {"buttons": [{"title": "x", "payload": "/x"}]}},
        {"event": "user"},
    ]
    outcome = await run(ActionAskRepeat(), intent="ask_repeat", events=events)
    assert (outcome.messages[0]["text"], len(outcome.messages[0]["buttons"])) == ("Your bill is ...", 1)


async def test_a_ticket_number_alone_is_looked_up(run) -> None:
    assert (await run(ActionInform(), entities={"ticket_number": "TT-2026-000045"})).following == "action_ticket_status"


@pytest.mark.parametrize("topic", FAQ_TOPICS)
async def test_every_topic_is_answered(topic: str, run) -> None:
    assert (await run(ActionFaq(), intent="faq", entities={"topic": topic})).said == [f"utter_faq_{topic}"]


@pytest.mark.parametrize("intent", NOT_YET)
async def test_what_cannot_be_done_is_named_and_a_person_offered(intent: str, run) -> None:
    outcome = await run(ActionNotYet(), intent=intent, slots={"language": "ar"})
    assert (outcome.variable("task"), outcome.slot("offered_action")) == (NOT_YET[intent][1], "action_request_human")


def test_small_talk_has_six_topics() -> None:
    assert len(set(CHITCHAT_TOPICS)) == 6


CONTEXT = "GET /conversations/c1/context"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((200, {"openApplication": {"id": "a1", "state": "draft"}}), "utter_greet_open_application"),
        ((200, {"openApplication": None}), "utter_greet"),
        (httpx.ConnectError("down"), "utter_greet"),
    ],
)
async def test_a_greeting_offers_to_go_on_with_what_was_left_open(answer, said: str, run, wire) -> None:
    wire.answers[CONTEXT] = answer
    assert (await run(ActionGreet(), text="hello", intent="greet")).said == [said]


async def test_a_greeting_inside_a_form_is_short(run) -> None:
    outcome = await run(ActionGreet(), text="hello", intent="greet", form="sign_up_form")
    assert (outcome.said, outcome.following) == (["utter_greet_again"], "sign_up_form")


async def test_values_nobody_asked_for_climb_the_ladder_too(run) -> None:
    before = {"event": "action", "name": "action_inform"}
    events = [{"event": "user"}, before, {"event": "user"}, before, {"event": "user"}]
    assert (await run(ActionInform(), text="Sara", events=events)).said == ["utter_fallback_human"]


async def test_a_value_that_was_answered_is_no_misunderstanding(run) -> None:
    answered = [{"event": "action", "name": "action_inform"}, {"event": "action", "name": "action_explain_bill"}]
    events = [{"event": "user"}, *answered, {"event": "user"}, *answered, {"event": "user"}]
    assert (await run(ActionFallback(), text="hm", intent="nlu_fallback", events=events)).said == [
        "utter_fallback_rephrase"
    ]
