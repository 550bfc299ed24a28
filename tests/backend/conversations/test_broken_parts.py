"""When Rasa or the action server is away, slow, silent or wrong: one apology, and every message answered once."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from serving import Gateway
from sqlalchemy import func, select, update
from wire import Client, Frame, echoed, says

from backend.conversations import service, texts
from backend.conversations.models import Message
from backend.conversations.rules import GIVE_UP_AFTER

pytestmark = pytest.mark.slow

AWAY_EN, AWAY_AR = texts.APOLOGY.both("en"), texts.APOLOGY.both("ar")
GIVEN_UP_EN = texts.GAVE_UP.both("en")


def bot_and_system(client: Client) -> list[str]:
    return [text for _, sender, text in client.messages() if sender != "customer"]


def failing(times: int, how: Callable[[Frame], Frame | None], then: Callable[[Frame], Frame] = echoed) -> object:
    left = [times]

    def behaviour(request: Frame) -> Frame | None:
        left[0] -= 1
        return how(request) if left[0] >= 0 else then(request)

    return behaviour


def late(request: Frame) -> Frame:
    time.sleep(2)
    return says(f"too late: {request['message']}")


def test_while_rasa_is_down_the_message_is_kept_and_later_answered_exactly_once(gateway: Gateway) -> None:
    client = gateway.client()
    client.ask("hello")
    gateway.rasa.go()
    asked = client.say("are you there?")
    client.heard(AWAY_EN)
    other = client.say("still here")
    time.sleep(0.5)
    gateway.rasa.come_back()
    client.over(asked)
    client.over(other)
    assert bot_and_system(client) == ["echo: hello", AWAY_EN, "echo: are you there?", "echo: still here"]
    assert client.turns(asked)[0] == "working"
    assert set(client.turns(asked)[1:-1]) == {"delayed"}
    assert client.turns(asked)[-1] == "done"
    assert gateway.rasa.heard(client.id) == ["hello", "are you there?", "still here"]


def test_the_apology_is_in_the_language_of_the_message(gateway: Gateway) -> None:
    client = gateway.client("en")
    client.ask("hello")
    gateway.rasa.behaviours[client.id] = failing(1, lambda _: None)
    asked = client.say("وين فاتورتي؟")
    client.over(asked)
    assert bot_and_system(client)[1:] == [AWAY_AR, "echo: وين فاتورتي؟"]


@pytest.mark.parametrize(
    "how",
    [
        lambda _: None,
        late,
        lambda _: {},
        lambda _: {"messages": "nonsense"},
        lambda _: {"messages": [{"text": "x", "buttons": [{}]}]},
        lambda _: {"messages": [7]},
    ],
    ids=["drops the connection", "is too slow", "says nothing we know", "says nonsense", "offers no payload", "counts"],
)
def test_whatever_rasa_does_wrong_once_there_is_one_apology_and_one_answer(
    gateway: Gateway, how: Callable[[Frame], Frame | None]
) -> None:
    client = gateway.client()
    gateway.rasa.behaviours[client.id] = failing(1, how)
    asked = client.say("hello")
    client.over(asked)
    assert bot_and_system(client) == [AWAY_EN, "echo: hello"]
    ids = {r["metadata"]["message_id"] for r in gateway.rasa.requests if r["sender"] == client.id}
    assert ids == {f"{client.id}:1"}


def test_every_try_is_the_same_message_to_rasa_and_apologies_do_not_repeat(gateway: Gateway) -> None:
    client = gateway.client()
    gateway.rasa.behaviours[client.id] = failing(2, lambda _: None)
    client.over(client.say("hello"))
    assert bot_and_system(client) == [AWAY_EN, "echo: hello"]
    assert gateway.rasa.heard(client.id) == ["hello"] * 3


def test_a_silent_rasa_with_its_actions_away_is_asked_again(gateway: Gateway) -> None:
    client = gateway.client()
    gateway.rasa.actions_answer = False
    gateway.rasa.behaviours[client.id] = failing(2, lambda _: says())
    asked = client.say("hello")
    client.over(asked, "delayed")
    client.over(asked, "delayed")
    gateway.rasa.actions_answer = True
    client.over(asked)
    assert bot_and_system(client) == [AWAY_EN, "echo: hello"]


def test_a_message_that_stays_without_an_answer_is_given_up_in_words_with_a_way_out(gateway: Gateway) -> None:
    client = gateway.client()
    gateway.rasa.behaviours[client.id] = lambda _: says()
    asked = client.say("hello")
    ended = client.over(asked)
    assert ended["state"] == "failed"
    assert bot_and_system(client) == [AWAY_EN, GIVEN_UP_EN]
    assert client.frames[-1]["type"] == "turn"
    gateway.rasa.behaviours[client.id] = echoed
    assert client.ask("again") == ["echo: again"]


def test_after_a_quarter_of_an_hour_a_message_is_given_up(gateway: Gateway) -> None:
    client = gateway.client()
    gateway.rasa.behaviours[client.id] = lambda _: None
    asked = client.say("hello")
    client.heard(AWAY_EN)
    with gateway.database.transaction() as session:
        mine = update(Message).where(Message.conversation_id == UUID(client.id))
        session.execute(mine.values(created_at=Message.created_at - GIVE_UP_AFTER - timedelta(minutes=1)))
    assert client.over(asked)["state"] == "failed"
    assert bot_and_system(client)[-1] == GIVEN_UP_EN


def test_a_customer_who_is_tired_of_waiting_gets_a_person_and_no_late_answer(gateway: Gateway) -> None:
    client = gateway.client()
    release = threading.Event()

    def stuck(_: Frame) -> Frame:
        release.wait(5)
        return says("late answer")

    gateway.rasa.behaviours[client.id] = failing(1, lambda _: None, then=stuck)
    asked = client.say("hello")
    apology = client.heard(AWAY_EN)
    while len(gateway.rasa.heard(client.id)) < 2:
        time.sleep(0.02)
    client.over(client.press(apology["seq"], 0))
    release.set()
    client.heard("customer-service team")
    assert client.over(asked)["state"] == "done"
    time.sleep(0.3)
    client.send({"type": "ping"})
    client.until(lambda frame: frame["type"] == "pong")
    assert "late answer" not in bot_and_system(client)


def test_the_queue_is_announced_also_when_the_answer_that_asked_for_it_is_lost(gateway: Gateway) -> None:
    client = gateway.client()

    def hands_off_and_dies(_: Frame) -> None:
        headers = gateway.assistant(client.id)
        gateway.post(f"/conversations/{client.id}/handoff", headers, {"reason": "asked"})

    gateway.rasa.behaviours[client.id] = hands_off_and_dies
    client.over(client.say("a person please"))
    assert len(bot_and_system(client)) == 1
    client.heard("customer-service team")


def test_a_message_that_a_dead_process_was_answering_is_taken_over_when_its_lease_ends(gateway: Gateway) -> None:
    opened = httpx.post(f"{gateway.url}/conversations", json={"language": "en"}).json()
    conversation_id = UUID(opened["conversationId"])
    with gateway.database.transaction() as session:
        service.receive(session, conversation_id=conversation_id, client_id="kept", text="hello")
        turn = service.begin_turn(session, conversation_id)
        assert turn is not None
        mine = update(Message).where(Message.conversation_id == conversation_id)
        session.execute(mine.values(lease_until=func.clock_timestamp() + timedelta(seconds=2)))
    client = Client(gateway.url, opened)
    client.heard("hello")
    time.sleep(1)
    assert gateway.rasa.heard(client.id) == []
    client.heard("echo: hello")
    with gateway.database.transaction() as session:  # the process was not dead after all: its answer comes too late
        service.finish_turn(session, turn, replies=[], language="en", intent=None)
    assert gateway.rasa.heard(client.id) == ["hello"]
    with gateway.database.transaction() as session:
        senders = session.scalars(select(Message.sender).where(Message.conversation_id == conversation_id)).all()
    assert sorted(senders) == ["bot", "customer"]
