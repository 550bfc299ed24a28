"""The door to Rasa: who may knock, what comes in, what goes out."""

import pytest
from sanic import Sanic

from assistant.components.gateway_channel import GatewayChannel, is_authorised, prepared_text
from assistant.components.isolation import isolate


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer wrong", "Basic secret", "secret"])
def test_a_wrong_secret_is_refused(header: str | None) -> None:
    assert not is_authorised(header, "secret")


def test_the_secret_opens_and_an_empty_one_never_does() -> None:
    assert is_authorised("Bearer secret", "secret")
    assert not is_authorised("Bearer ", "")


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (" /restart", "restart"),
        ("/restart", "restart"),
        ("/back", "back"),
        ("  hello ", "hello"),
        ("/affirm", '/affirm{"reply_language": "ar"}'),
        ('/inform{"plan":"x"}', '/inform{"plan": "x", "reply_language": "ar"}'),
    ],
)
def test_free_text_is_never_a_payload_and_payloads_carry_the_language(message: str, text: str) -> None:
    assert prepared_text(message, "ar") == text


async def test_without_the_secret_the_webhook_answers_401() -> None:
    async def never(_: object) -> None:
        raise AssertionError("Rasa was reached")

    app = Sanic("gateway_channel_test")
    app.blueprint(GatewayChannel("secret").blueprint(never), url_prefix="/webhooks/gateway")
    statuses = {route.path for route in app.router.routes}
    assert {"webhooks/gateway/webhook", "webhooks/gateway"} <= {path.strip("/") for path in statuses}


def test_numbers_and_latin_words_stay_whole_in_arabic() -> None:
    assert isolate("رقمك +966 55 123 4567.", "ar") == "رقمك \u2068+966 55 123 4567\u2069."
    assert isolate("باقة Mofawtar 100 جاهزة", "ar") == "باقة \u2068Mofawtar 100\u2069 جاهزة"
    assert isolate("Plan مفوتر 100 is ready", "en") == "Plan \u2068مفوتر 100\u2069 is ready"


def test_isolating_twice_changes_nothing() -> None:
    once = isolate("المبلغ 115.00 ريال", "ar")
    assert isolate(once, "ar") == once
