"""Parts are killed in the middle: the customer reads an apology, and nothing is lost or done twice."""

import re
import signal
import time
from collections.abc import Iterator

import psutil
import pytest
from conftest import Product

AWAY = "away for a moment"
PATIENCE_SECONDS = 90


@pytest.fixture(autouse=True)
def whole_again(product: Product) -> Iterator[None]:
    """Every test finds and leaves a product whose parts all answer."""
    product.wait_until(healthy=True)
    yield
    product.wait_until(healthy=True)


def test_rasa_killed_in_mid_form_answers_the_kept_message_and_goes_on(product: Product) -> None:
    conversation = product.conversation("en")
    conversation.say("I would like a new line")
    conversation.say("Mofawtar 100")
    product.part("rasa").send_signal(signal.SIGKILL)

    apology = conversation.text("Noura Saad Alqahtani")
    answer = conversation.wait_for(r"ID|identity", PATIENCE_SECONDS)

    assert AWAY in apology
    assert answer
    assert sum(AWAY in message["text"] for message in conversation.history()) == 1
    assert "birth" in conversation.text("1012345003").lower()


def test_the_action_server_killed_makes_an_apology_and_the_answer_comes_later(product: Product) -> None:
    conversation = product.conversation("ar")
    conversation.say("السلام عليكم")
    part = product.part("actions")
    part.send_signal(signal.SIGKILL)

    said = conversation.text("ما الباقات المتوفرة لديكم؟")
    conversation.wait_for("مفوتر", PATIENCE_SECONDS)

    history = [message["text"] for message in conversation.history()]
    assert "عذرًا" in said or "مفوتر" in said
    assert sum("مفوتر ١٠٠" in text for text in history) == 1


def test_a_restarted_postgresql_is_noticed_by_nobody_for_long(product: Product) -> None:
    conversation = product.conversation("en")
    conversation.say("hello")
    postmaster = int((product.home / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    psutil.Process(postmaster).send_signal(signal.SIGINT)
    time.sleep(0.5)

    conversation.say("what plans do you have?")
    conversation.wait_for("Mofawtar", PATIENCE_SECONDS)

    product.wait_until(healthy=True)
    asked = [message for message in conversation.history() if message["text"] == "what plans do you have?"]
    assert len(asked) == 1


def test_a_killed_backend_is_back_with_the_whole_history(product: Product) -> None:
    conversation = product.conversation("en")
    conversation.say("hello")
    product.part("backend").send_signal(signal.SIGKILL)

    conversation.say("what plans do you have?")

    conversation.wait_for("Mofawtar", PATIENCE_SECONDS)
    seqs = [message["seq"] for message in conversation.history()]
    assert seqs == list(range(1, len(seqs) + 1))


def test_a_worker_killed_while_orders_wait_still_activates_each_line_once(product: Product) -> None:
    conversation = product.conversation("ar")
    conversation.fills_in_the_form("مفوتر 100")
    product.part("worker").send_signal(signal.SIGKILL)

    conversation.say("نعم")

    conversation.wait_for("رقم خطك", PATIENCE_SECONDS)
    activated = [m for m in conversation.history() if re.search("رقم خطك", m["text"])]
    assert len(activated) == 1


def test_health_names_the_part_that_does_not_answer(product: Product) -> None:
    product.part("rasa").send_signal(signal.SIGKILL)

    product.wait_until(healthy=False, seconds=10)

    assert product.health().json()["failing"] == ["assistant"]
    product.wait_until(healthy=True)
