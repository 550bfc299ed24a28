"""The WebSocket protocol: hello, history, resuming, echoes, limits, and what never gets through."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import httpx
import pytest
from serving import TOKEN_KEY, Gateway
from sqlalchemy import delete, select
from wire import Client, Frame, says

from backend.access import tokens
from backend.access.models import ConversationGrant
from backend.conversations import service
from backend.conversations.models import Conversation, Message

pytestmark = pytest.mark.slow


def test_a_message_is_echoed_answered_and_its_turn_ends_once(gateway: Gateway) -> None:
    client = gateway.client()
    asked = client.say("hello")
    client.over(asked)
    assert client.messages() == [(1, "customer", "hello"), (2, "bot", "echo: hello")]
    assert client.turns(asked) == ["working", "done"]
    echo = next(frame for frame in client.frames if frame["type"] == "message")
    assert (echo["clientId"], echo["language"]) == (asked, "en")


def test_rasa_hears_the_secret_the_language_the_day_and_one_id_for_the_message(gateway: Gateway) -> None:
    client = gateway.client("ar")
    client.ask("السلام عليكم")
    request = next(r for r in gateway.rasa.requests if r["sender"] == client.id)
    headers = gateway.rasa.headers[gateway.rasa.requests.index(request)]
    assert headers["Authorization"] == f"Bearer {'r' * 40}"
    today = datetime.now(ZoneInfo("Asia/Riyadh")).date().isoformat()
    told = {"language": "ar", "channel": "widget", "message_id": f"{client.id}:1", "today": today}
    assert request["metadata"] == told


def test_a_client_that_comes_back_gets_what_it_missed_and_no_more(gateway: Gateway) -> None:
    client = gateway.client()
    client.ask("one")
    client.leave()
    again = Client(gateway.url, {"conversationId": client.id, "token": client.token}, resume_from=1)
    welcome = again.until(lambda frame: frame["type"] == "welcome")
    assert (welcome["lastSeq"], welcome["owner"], welcome["language"]) == (2, "bot", "en")
    again.heard("echo: one")
    assert again.ask("two") == ["echo: two"]
    assert [seq for seq, _, _ in again.messages()] == [2, 3, 4]


def test_a_client_that_claims_to_have_seen_the_future_still_hears_what_comes(gateway: Gateway) -> None:
    opened = httpx.post(f"{gateway.url}/conversations", json={}).json()
    assert Client(gateway.url, opened, resume_from=10**6).ask("hello") == ["echo: hello"]


def test_a_history_of_any_length_is_sent_whole(gateway: Gateway) -> None:
    opened = httpx.post(f"{gateway.url}/conversations", json={}).json()
    with gateway.database.transaction() as session:
        for number in range(620):
            row = session.get_one(Conversation, UUID(opened["conversationId"]))
            service.post(session, row, sender="system", text=f"notice {number}")
    client = Client(gateway.url, opened)
    client.heard("notice 619")
    assert [seq for seq, _, _ in client.messages()] == list(range(1, 621))


def test_a_second_tab_sees_the_same_messages_live(gateway: Gateway) -> None:
    first = gateway.client()
    second = Client(gateway.url, {"conversationId": first.id, "token": first.token})
    second.until(lambda frame: frame["type"] == "token")
    first.ask("from the first")
    second.heard("echo: from the first")
    second.ask("from the second")
    first.heard("echo: from the second")
    assert first.messages() == second.messages()


def test_the_same_client_id_is_the_same_message(gateway: Gateway) -> None:
    client = gateway.client()
    client.over(client.say("once", "same"))
    client.say("once", "same")
    client.ask("then")
    assert [text for _, sender, text in client.messages() if sender == "customer"] == ["once", "then"]
    assert gateway.rasa.heard(client.id) == ["once", "then"]


def test_a_message_without_an_echo_is_sent_again_safely_after_a_drop(gateway: Gateway) -> None:
    client = gateway.client()
    client.say("hello", "kept")
    client.leave()
    again = Client(gateway.url, {"conversationId": client.id, "token": client.token})
    again.say("hello", "kept")
    again.heard("echo: hello")
    again.ask("next")
    assert gateway.rasa.heard(client.id) == ["hello", "next"]


def test_one_message_at_a_time_is_answered_in_order(gateway: Gateway) -> None:
    client = gateway.client()
    at_once: list[int] = []
    under_way: list[str] = []

    def slow(request: Frame) -> Frame:
        under_way.append(request["message"])
        at_once.append(len(under_way))
        time.sleep(0.1)
        under_way.remove(request["message"])
        return says(f"re {request['message']}")

    gateway.rasa.behaviours[client.id] = slow
    ids = [client.say(str(number)) for number in range(1, 5)]
    client.over(ids[-1])
    assert at_once == [1, 1, 1, 1]
    assert [text for _, sender, text in client.messages() if sender == "bot"] == ["re 1", "re 2", "re 3", "re 4"]


def test_a_sixth_waiting_message_is_refused_and_the_five_are_answered(gateway: Gateway) -> None:
    client = gateway.client()

    def slow(_: Frame) -> Frame:
        time.sleep(0.4)
        return says("yes")

    gateway.rasa.behaviours[client.id] = slow
    ids = [client.say(f"m{number}") for number in range(6)]
    refused = client.refusal(ids[-1])
    assert (refused["code"], refused["text"].endswith("send again.")) == ("rate_limited", True)
    client.over(ids[4])
    assert len(gateway.rasa.heard(client.id)) == 5


def test_twenty_messages_a_minute_are_enough(gateway: Gateway) -> None:
    client = gateway.client()
    for number in range(20):
        client.ask(f"m{number}")
    assert client.refusal(client.say("one more"))["code"] == "rate_limited"


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u202e\u2066\u200b", "\u200d", "\u0000", "\ufe0f"])
def test_a_message_with_nothing_to_see_is_refused_in_words(gateway: Gateway, text: str) -> None:
    client = gateway.client("ar")
    refused = client.refusal(client.say(text))
    assert (refused["code"], refused["text"]) == ("empty", "الرسالة فارغة. اكتب سؤالك من فضلك.")
    assert gateway.rasa.heard(client.id) == []


@pytest.mark.parametrize("length", [1001, 20_000, 200_000])
def test_a_huge_message_is_refused_in_words_and_the_conversation_goes_on(gateway: Gateway, length: int) -> None:
    client = gateway.client()
    refused = client.refusal(client.say("x" * length))
    assert (refused["code"], "1000" in refused["text"]) == ("too_long", True)
    assert client.ask("hello") == ["echo: hello"]


def test_a_thousand_characters_are_not_too_long(gateway: Gateway) -> None:
    assert gateway.client().ask("x" * 1000) == [f"echo: {'x' * 1000}"]


@pytest.mark.parametrize("text", ["👍", "👨‍👩‍👧", "🇸🇦", "؟؟"])
def test_an_emoji_alone_is_a_message(gateway: Gateway, text: str) -> None:
    assert gateway.client().ask(text) == [f"echo: {text}"]


@pytest.mark.parametrize(
    ("typed", "reaches_rasa"),
    [
        ("/restart", "restart"),
        ("  /restart", "restart"),
        ("/ /restart", "restart"),
        ("//affirm", "affirm"),
        ("\u200f/affirm", "affirm"),
        ("\u202e/affirm", "affirm"),
        ("\n/ \u00a0/confirm", "confirm"),
        ("/", "؟"),
        ('/inform{"amount": 1}', 'inform{"amount": 1}'),
    ],
)
def test_typed_text_never_reaches_rasa_as_a_command(gateway: Gateway, typed: str, reaches_rasa: str) -> None:
    client = gateway.client()
    client.ask(typed)
    assert gateway.rasa.heard(client.id) == [reaches_rasa]


def test_direction_overrides_and_zero_width_characters_are_dropped(gateway: Gateway) -> None:
    assert gateway.client().ask("a\u202ebc\u2066d\u200b") == ["echo: abcd"]


@pytest.mark.parametrize(
    "frame",
    [
        "not json",
        "[]",
        '{"type":"fly"}',
        '{"type":"message","text":"no id"}',
        '{"type":"message","clientId":"","text":"x"}',
        '{"type":"message","clientId":"\\u0000","text":"x"}',
        '{"type":"message","clientId":"' + "i" * 65 + '","text":"x"}',
        '{"type":"message","clientId":"a","text":7}',
        '{"type":"message","clientId":"a","text":"x","payload":"/affirm"}',
        '{"type":"choice","clientId":"a","seq":99999999999999999999,"index":0}',
        '{"type":"language","language":"fr"}',
        b"\x00\x01",
    ],
)
def test_a_frame_that_is_none_is_refused_and_the_conversation_goes_on(gateway: Gateway, frame: str | bytes) -> None:
    client = gateway.client()
    client.send(frame)
    assert client.refusal()["code"] == "bad_frame"
    assert client.ask("hello") == ["echo: hello"]


def test_a_ping_is_answered(gateway: Gateway) -> None:
    client = gateway.client()
    client.send({"type": "ping"})
    client.until(lambda frame: frame["type"] == "pong")


def test_the_language_switch_of_the_client_holds_also_during_a_turn(gateway: Gateway) -> None:
    client = gateway.client("en")
    client.ask("hello")

    def slow(request: Frame) -> Frame:
        time.sleep(0.3)
        return says("جواب", language=request["metadata"]["language"])

    gateway.rasa.behaviours[client.id] = slow
    asked = client.say("more")
    client.over(asked, "working")
    client.send({"type": "language", "language": "ar"})
    client.over(asked)
    client.ask("7")
    assert gateway.rasa.requests[-1]["metadata"]["language"] == "ar"
    assert client.refusal(client.say(""))["text"].startswith("الرسالة فارغة")


def test_the_first_message_decides_the_language_where_none_was_chosen(gateway: Gateway) -> None:
    opened = httpx.post(f"{gateway.url}/conversations", json={"language": None}).json()
    Client(gateway.url, opened).ask("أبغى باقة")
    assert gateway.rasa.requests[-1]["metadata"]["language"] == "ar"


def forged(**claims: object) -> Callable[[Frame], str]:
    def token(opened: Frame) -> str:
        subject = claims.get("subject", UUID(opened["conversationId"]))
        key, life = claims.get("key", TOKEN_KEY), claims.get("life", timedelta(hours=1))
        return tokens.issue(str(claims.get("audience", "conversation")), subject, str(key), life)[0]  # type: ignore[arg-type]

    return token


@pytest.mark.parametrize(
    ("token", "code"),
    [
        (lambda _: "", "unauthorized"),
        (lambda _: "nonsense", "unauthorized"),
        (forged(key="another key that is long enough to sign"), "unauthorized"),
        (forged(subject=uuid4()), "unauthorized"),
        (forged(audience="staff"), "unauthorized"),
        (forged(life=timedelta(seconds=-1)), "token_expired"),
    ],
    ids=["empty", "nonsense", "forged", "of another conversation", "of staff", "expired"],
)
def test_a_token_that_is_not_this_conversations_is_turned_away(gateway: Gateway, token, code: str) -> None:
    opened = httpx.post(f"{gateway.url}/conversations", json={"language": "ar"}).json()
    client = Client(gateway.url, opened | {"token": token(opened)}, headers={"Accept-Language": "ar"})
    assert client.closed() == 4401
    assert [(frame["type"], frame["code"]) for frame in client.frames] == [("error", code)]
    assert "\u0627" in client.frames[0]["text"]


def test_a_conversation_that_does_not_exist_is_turned_away_alike(gateway: Gateway) -> None:
    opened = httpx.post(f"{gateway.url}/conversations", json={}).json()
    with gateway.database.transaction() as session:
        session.execute(
            delete(ConversationGrant).where(ConversationGrant.conversation_id == UUID(opened["conversationId"]))
        )
        session.execute(delete(Conversation).where(Conversation.id == UUID(opened["conversationId"])))
    client = Client(gateway.url, opened)
    assert (client.closed(), client.frames[0]["code"]) == (4401, "unauthorized")


def test_nothing_but_hello_comes_first(gateway: Gateway) -> None:
    opened = httpx.post(f"{gateway.url}/conversations", json={}).json()
    with_ping = Client(gateway.url, opened | {"token": "x" * 3000})
    assert with_ping.closed() == 4401


def test_the_token_is_renewed_on_connecting_and_the_new_one_opens_the_conversation(gateway: Gateway) -> None:
    client = gateway.client()
    renewed = next(frame for frame in client.frames if frame["type"] == "token")
    again = Client(gateway.url, {"conversationId": client.id, "token": renewed["token"]})
    assert again.until(lambda frame: frame["type"] == "welcome")["conversationId"] == client.id


def test_what_was_typed_is_kept_raw_only_until_it_is_answered(gateway: Gateway) -> None:
    client = gateway.client()
    gateway.rasa.behaviours[client.id] = lambda _: says("noted")
    client.ask("my id is 1012345003 and card 4111 1111 1111 1111 12/27")
    assert gateway.rasa.heard(client.id) == ["my id is 1012345003 and card ••••••••••••1111 12/27"]
    with gateway.database.transaction() as session:
        row = session.scalars(select(Message).where(Message.conversation_id == UUID(client.id), Message.seq == 1)).one()
        assert (row.raw, row.text) == (None, "my id is ••••••••03 and card ••••••••••••1111 12/27")
    assert client.messages()[0][2] == "my id is ••••••••03 and card ••••••••••••1111 12/27"
