"""Who answers: bot, queue, agent, nobody. The bot is silent where a person is awaited or speaks."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from serving import Gateway
from sqlalchemy.orm import Session
from wire import Client, Frame, says

from backend.access import service as access
from backend.access.rules import Role
from backend.conversations import queries, service, texts
from backend.conversations.errors import OwnerMoveForbidden
from backend.conversations.rules import MOVES, Owner, Sender, may_move
from backend.conversations.service import ownership
from backend.kernel.clock import Clock

pytestmark = pytest.mark.slow

TEAM = "customer-service team"
RIYADH_NOON = datetime(2026, 11, 24, 9, tzinfo=UTC)


def handoff(gateway: Gateway, client: Client) -> httpx.Response:
    body = {"reason": "wants a person", "intentHistory": ["check_bill"], "lastError": None}
    return gateway.post(f"/conversations/{client.id}/handoff", gateway.assistant(client.id), body)


def queued(gateway: Gateway, language: str = "en") -> Client:
    """A customer who has just been put in the queue by the bot."""
    client = gateway.client(language)

    def asks_for_a_person(_: Frame) -> Frame:
        assert handoff(gateway, client).status_code == 201
        return says("I am handing you over.", language=language)

    gateway.rasa.behaviours[client.id] = asks_for_a_person
    client.ask("a person please" if language == "en" else "أبغى أكلم موظف")
    return client


def act(gateway: Gateway, client: Client, step: str, headers: dict[str, str], body: Any = None) -> httpx.Response:
    return gateway.post(f"/conversations/{client.id}/{step}", headers, body)


def test_a_handoff_is_answered_with_the_place_in_the_queue_and_announced_once(gateway: Gateway) -> None:
    client = queued(gateway)
    spoken = [(sender, text) for _, sender, text in client.messages()]
    assert spoken[:2] == [("customer", "a person please"), ("bot", "I am handing you over.")]
    assert len(spoken) == 3
    assert TEAM in spoken[2][1]
    owner = client.until(lambda frame: frame["type"] == "owner", also_seen=True)
    assert owner["owner"] == "queued"


def test_a_second_request_keeps_the_first(gateway: Gateway) -> None:
    client = queued(gateway)
    again = handoff(gateway, client).json()
    assert (again["owner"], again["position"] >= 1) == ("queued", True)


def test_while_queued_the_bot_hears_and_says_nothing(gateway: Gateway) -> None:
    client = queued(gateway)
    before = len(gateway.rasa.heard(client.id))
    said = [client.say(text) for text in ("hello?", "anyone?", "1234")]
    client.over(said[-1])
    assert client.turns(said[0]) == ["done"]
    assert len(gateway.rasa.heard(client.id)) == before
    notices = [text for _, sender, text in client.messages() if sender == "system"]
    assert len(notices) == 2


def test_back_to_the_assistant_works_by_button_and_by_words_at_any_time(gateway: Gateway) -> None:
    for back in ("button", "words"):
        client = queued(gateway)
        client.over(client.say("hello?"))
        notice = next(frame for frame in client.frames if frame["type"] == "message" and TEAM in frame["text"])
        if back == "button":
            client.over(client.press(notice["seq"], 0))
        else:
            client.over(client.say("back to the ASSISTANT"))
        client.heard(texts.BOT_RESUMED.en)
        gateway.rasa.behaviours.pop(client.id)
        assert client.ask("hello") == ["echo: hello"]


def test_back_to_an_assistant_who_never_left_is_answered_too(gateway: Gateway) -> None:
    client = queued(gateway)
    notice = client.heard(TEAM)
    client.over(client.press(notice["seq"], 0))
    client.over(client.press(notice["seq"], 0))
    assert [text for _, _, text in client.messages()].count(texts.BOT_RESUMED.en) == 2


def test_an_agent_takes_over_answers_and_hands_back(gateway: Gateway) -> None:
    client, agent = queued(gateway), gateway.staff(name="Salma")
    claimed = act(gateway, client, "claim", agent).json()
    assert claimed["owner"] == "agent"
    client.heard("Salma from customer service has joined.")
    client.over(client.say("hello Salma"))
    assert act(gateway, client, "messages", agent, {"text": "How can I help?"}).status_code == 201
    client.heard("How can I help?")
    assert act(gateway, client, "release", agent).json()["owner"] == "bot"
    client.heard(texts.BOT_RESUMED.en)
    gateway.rasa.behaviours.pop(client.id)
    assert client.ask("hello") == ["echo: hello"]
    owners = [frame["owner"] for frame in client.frames if frame["type"] == "owner"]
    assert owners == ["queued", "agent", "bot"]


def test_of_two_agents_who_claim_at_once_one_gets_the_conversation(gateway: Gateway) -> None:
    for _ in range(3):
        client, agents = queued(gateway), [gateway.staff() for _ in range(2)]
        ready = threading.Barrier(2)

        def claim(agent: dict[str, str], client: Client = client, ready: threading.Barrier = ready) -> httpx.Response:
            ready.wait()
            return act(gateway, client, "claim", agent)

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(claim, agents))
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        loser = agents[0] if answers[0].status_code == 409 else agents[1]
        refused = act(gateway, client, "messages", loser, {"text": "me too"})
        assert (refused.status_code, refused.json()["code"]) == (409, "owner_move_forbidden")


def test_an_answer_of_the_bot_that_comes_after_an_agent_joined_is_dropped(gateway: Gateway) -> None:
    client, agent, release = gateway.client(), gateway.staff(), threading.Event()

    def slow(_: Frame) -> Frame:
        handoff(gateway, client)
        release.wait(1)
        return says("the bot speaks")

    gateway.rasa.behaviours[client.id] = slow
    asked = client.say("a person please")
    client.until(lambda frame: frame["type"] == "owner")
    assert act(gateway, client, "claim", agent).status_code == 200
    release.set()
    client.over(asked)
    assert "the bot speaks" not in [text for _, _, text in client.messages()]


def test_a_closed_conversation_says_so_and_takes_no_more(gateway: Gateway) -> None:
    client, agent = queued(gateway, "ar"), gateway.staff()
    act(gateway, client, "claim", agent)
    assert act(gateway, client, "close", agent).json()["owner"] == "closed"
    client.heard(texts.CLOSED.ar)
    refused = client.refusal(client.say("مرحبا"))
    assert (refused["code"], refused["text"]) == ("closed", "انتهت هذه المحادثة. يمكنك بدء محادثة جديدة.")
    context = httpx.get(f"{gateway.url}/conversations/{client.id}/context", headers=gateway.assistant(client.id))
    assert context.status_code == 404
    again = Client(gateway.url, {"conversationId": client.id, "token": client.token})
    again.heard(texts.CLOSED.ar)
    assert again.frames[0]["owner"] == "closed"


def test_agents_see_the_queue_with_what_they_need_to_know(gateway: Gateway) -> None:
    client, agent = queued(gateway), gateway.staff()
    waiting = httpx.get(
        f"{gateway.url}/conversations", params={"owner": "queued", "sort": "-queuedAt"}, headers=agent
    ).json()
    mine = next(item for item in waiting if item["id"] == client.id)
    assert mine["handoff"]["reason"] == "wants a person"
    assert mine["handoff"]["packet"]["intentHistory"] == ["check_bill"]
    history = httpx.get(f"{gateway.url}/conversations/{client.id}/messages", headers=agent).json()
    assert [message["seq"] for message in history] == [1, 2, 3]


def test_those_who_only_look_may_not_claim(gateway: Gateway) -> None:
    client = queued(gateway)
    for role in (Role.AUDITOR, Role.BILLING):
        assert act(gateway, client, "claim", gateway.staff(role)).status_code == 403


@pytest.mark.parametrize("current", list(Owner))
def test_ownership_moves_only_along_its_arrows(current: Owner) -> None:
    assert {new for new in Owner if may_move(current, new)} == MOVES[current]
    assert not may_move(current, current)


def waiting_in(session: Session, language: str = "en") -> Any:
    row = service.open_conversation(session, channel="widget", language=language)  # type: ignore[arg-type]
    service.request_person(session, conversation_id=row.id, reason="r", packet={})
    return row


def test_the_queue_is_served_in_the_order_of_waiting(session: Session, clock: Clock) -> None:
    before = waiting_in(session)
    clock.offset += timedelta(minutes=1)
    after = waiting_in(session)
    place = queries.queue_position(session, before)
    assert queries.queue_position(session, after) == place + 1
    service.claim(session, conversation_id=before.id, staff_id=_agent(session), name=texts.CLOSED)
    assert queries.queue_position(session, after) == place


def _agent(session: Session) -> Any:
    name = texts.TALK_TO_PERSON
    return access.add_staff(session, username="queue-agent", password="p", role=Role.AGENT, name=name).id


def test_out_of_hours_the_customer_hears_when_agents_are_back_in_both_languages(session: Session, clock: Clock) -> None:
    clock.offset = timedelta(days=2, hours=12)  # Thursday, midnight in Riyadh
    for language, words in (("en", "Sunday 29 November 8:00 AM"), ("ar", "الأحد 29 نوفمبر 8:00 ص")):
        row = waiting_in(session, language)
        notice = ownership.announce_queue(session, row)
        assert words in notice.text.replace("\u202f", " ")
        assert notice.buttons[0]["title"] == texts.BACK_TO_BOT["ar" if language == "ar" else "en"]


def test_on_duty_the_customer_hears_only_the_place(session: Session, clock: Clock) -> None:
    assert clock.now() == RIYADH_NOON
    assert ownership.opens_at(session) is None
    assert "off duty" not in ownership.announce_queue(session, waiting_in(session)).text


def test_who_writes_while_waiting_hears_that_it_is_kept_but_not_at_every_word(session: Session, clock: Clock) -> None:
    row = waiting_in(session)
    ownership.announce_queue(session, row)

    def notices() -> int:
        return sum(m.sender == Sender.SYSTEM for m in queries.messages_after(session, row.id, 0))

    for seconds, expected in ((10, 2), (10, 2), (10, 2), (60, 3)):
        clock.offset += timedelta(seconds=seconds)
        service.receive(session, conversation_id=row.id, client_id=str(clock.offset), text="still there?")
        assert notices() == expected


def test_a_conversation_that_the_bot_owns_cannot_be_claimed_or_released(session: Session) -> None:
    row = service.open_conversation(session, channel="widget", language="en")
    with pytest.raises(OwnerMoveForbidden):
        service.claim(session, conversation_id=row.id, staff_id=_agent(session), name=texts.CLOSED)
    with pytest.raises(OwnerMoveForbidden):
        service.hand_back(session, conversation_id=row.id)
