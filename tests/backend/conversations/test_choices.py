"""Buttons: pressed, named or numbered; only what the bot offered, only while it is the question."""

import pytest
from serving import Gateway
from wire import Client, Frame, says

pytestmark = pytest.mark.slow

QUESTION = {"buttons": [("Yes, order it", "/affirm"), ("لا", "/deny"), ("Fibre 100", '/inform{"offer": "fibre-100"}')]}


@pytest.fixture
def asked(gateway: Gateway) -> Client:
    """A customer whom the bot has just asked something with three buttons."""
    client = gateway.client()

    def question(request: Frame) -> Frame:
        return says("Shall I?", **QUESTION) if request["message"] == "start" else says(f"got {request['message']}")

    gateway.rasa.behaviours[client.id] = question
    client.ask("start")
    return client


@pytest.mark.parametrize(
    ("typed", "payload"),
    [
        ("1", "/affirm"),
        ("٢", "/deny"),
        ("yes, ORDER it", "/affirm"),
        ("لَا", "/deny"),
        (" fibre ١٠٠ ", '/inform{"offer": "fibre-100"}'),
        ("4", "4"),
        ("0", "0"),
        ("/affirm", "affirm"),
        ("yes", "yes"),
    ],
)
def test_typing_a_title_or_its_number_counts_as_pressing(
    gateway: Gateway, asked: Client, typed: str, payload: str
) -> None:
    asked.ask(typed)
    assert gateway.rasa.heard(asked.id) == ["start", payload]


def test_a_pressed_button_sends_what_the_server_holds(gateway: Gateway, asked: Client) -> None:
    asked.over(asked.press(seq=2, index=2))
    assert gateway.rasa.heard(asked.id)[-1] == '/inform{"offer": "fibre-100"}'
    assert asked.messages()[2][1:] == ("customer", "Fibre 100")


def test_payloads_are_never_shown_to_clients(asked: Client) -> None:
    question = next(frame for frame in asked.frames if frame["type"] == "message" and frame["sender"] == "bot")
    assert question["buttons"] == [{"title": title} for title, _ in QUESTION["buttons"]]


@pytest.mark.parametrize(("seq", "index"), [(2, 3), (2, -1), (1, 0), (99, 0), (-1, 0)])
def test_a_button_that_was_never_offered_does_not_exist(gateway: Gateway, asked: Client, seq: int, index: int) -> None:
    assert asked.refusal(asked.press(seq, index))["code"] == "button_unknown"
    assert gateway.rasa.heard(asked.id) == ["start"]


def test_a_button_of_another_conversation_does_not_exist(gateway: Gateway, asked: Client) -> None:
    assert asked.messages()[1][1] == "bot"
    other = gateway.client()
    other.ask("hello")
    assert other.refusal(other.press(seq=2, index=0))["code"] == "button_unknown"


def test_an_answered_question_takes_no_second_answer(gateway: Gateway, asked: Client) -> None:
    asked.over(asked.press(seq=2, index=0))
    refused = asked.refusal(asked.press(seq=2, index=0))
    assert (refused["code"], refused["text"]) == ("button_unknown", "That choice is no longer available.")
    assert gateway.rasa.heard(asked.id) == ["start", "/affirm"]


def test_an_old_yes_does_not_answer_a_new_question(gateway: Gateway, asked: Client) -> None:
    asked.ask("something else")
    assert asked.refusal(asked.press(seq=2, index=0))["code"] == "button_unknown"
    asked.ask("1")
    assert gateway.rasa.heard(asked.id)[-1] == "1"


def test_a_double_click_presses_once(gateway: Gateway, asked: Client) -> None:
    frame = {"type": "choice", "clientId": "twice", "seq": 2, "index": 0}
    asked.send(frame)
    asked.send(frame)
    asked.over("twice")
    asked.ask("after")
    assert gateway.rasa.heard(asked.id) == ["start", "/affirm", "after"]


def test_a_number_names_the_buttons_of_a_longer_answer_too(gateway: Gateway) -> None:
    client = gateway.client()
    gateway.rasa.behaviours[client.id] = lambda _: says("Choose:", "Take your time.", **QUESTION)
    client.ask("start")
    client.ask("2")
    assert gateway.rasa.heard(client.id) == ["start", "/deny"]


def test_a_number_that_answers_a_question_without_buttons_is_only_a_number(gateway: Gateway, asked: Client) -> None:
    gateway.rasa.behaviours[asked.id] = lambda _: says("How many lines?")
    asked.ask("no idea")
    asked.ask("1")
    assert gateway.rasa.heard(asked.id)[-1] == "1"
