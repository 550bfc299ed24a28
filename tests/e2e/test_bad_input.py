"""What nobody should type, and somebody does: a clear sentence in their language, nothing lost, nothing twice."""

import re

import pytest
from conftest import Product

ARABIC = re.compile("[\u0621-\u064a]")


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200f"])
def test_an_empty_message_is_refused_in_the_customers_language(product: Product, text: str) -> None:
    conversation = product.conversation("ar")

    replies = conversation.say(text)

    assert len(replies) == 1
    assert replies[0]["code"] == "empty"
    assert ARABIC.search(replies[0]["text"])


def test_a_huge_message_is_refused_with_the_limit(product: Product) -> None:
    conversation = product.conversation("en")

    replies = conversation.say("my phone does not work " * 400)

    assert replies[0]["code"] == "too_long"
    assert "1000" in replies[0]["text"]


def test_a_message_of_emoji_only_gets_an_answer_that_asks(product: Product) -> None:
    conversation = product.conversation("en")
    conversation.say("hello")

    replies = conversation.say("😡😡😡")

    assert replies
    assert all(reply["text"].strip() for reply in replies)
    assert replies[-1]["language"] == "en"


def test_a_command_of_rasas_is_just_text(product: Product) -> None:
    conversation = product.conversation("en")
    conversation.say("I want to sign up")
    conversation.say("Mofawtar 100")

    replies = conversation.say("/restart")

    assert replies
    assert "/restart" not in conversation.text("Noura Alqahtani")
    assert "ID" in conversation.heard_text or "identity" in conversation.heard_text.lower()


def test_a_payload_typed_by_hand_is_not_a_button(product: Product) -> None:
    conversation = product.conversation("en")

    replies = conversation.say('/inform{"plan": "mofawtar-100"}')

    assert replies
    assert all("{" not in reply["text"] for reply in replies)


def test_a_wrong_code_five_times_never_opens_the_account(product: Product) -> None:
    customer = product.customer("unpaid")
    conversation = product.conversation("en")
    conversation.say("how much is my bill?")
    conversation.say(customer["msisdn"])
    wrong = "000000" if product.newest_code(customer["msisdn"]) != "000000" else "111111"

    answers = [conversation.text(wrong) for _ in range(5)]

    assert "2 tries" in answers[0]
    assert "cancelled" in answers[2]
    assert all(answer.strip() for answer in answers)
    assert "INV-" not in "".join(answers)


def test_an_id_with_a_wrong_check_digit_is_asked_again_and_nothing_else_is_lost(product: Product) -> None:
    conversation = product.conversation("ar")
    for text in ("أريد خط جديد", "مفوتر 100", "نورة سعد القحطاني"):
        conversation.say(text)

    refused = conversation.text("1012345004")
    accepted = conversation.text("1012345003")

    assert "غير صحيح" in refused
    assert "ميلاد" in accepted


def test_a_date_in_arabic_indic_digits_is_understood(product: Product) -> None:
    conversation = product.conversation("ar")
    for text in ("أريد خط جديد", "مفوتر 100", "نورة سعد القحطاني", "١٠١٢٣٤٥٠٠٣"):
        conversation.say(text)

    answer = conversation.text("١٢/٤/١٩٩١")

    assert "رقم الجوال" in answer


def test_a_second_tab_sees_the_same_conversation_and_doubles_nothing(product: Product) -> None:
    first = product.conversation("en")
    first.say("hello")
    second = first.second_tab()

    second.say("what plans do you have?")
    missed = first.say("thanks")

    everything = first.history()
    seqs = [message["seq"] for message in everything]
    assert seqs == list(range(1, len(seqs) + 1))
    assert sum(message["text"] == "what plans do you have?" for message in everything) == 1
    assert any("Mofawtar" in message["text"] for message in missed)


def test_a_double_yes_makes_one_order(product: Product) -> None:
    conversation = product.conversation("ar")
    conversation.fills_in_the_form("مفوتر 100")

    conversation.say("نعم")
    conversation.say("نعم")

    orders = set(re.findall(r"ORD-\d{4}-\d{6}", conversation.heard_text))
    assert len(orders) == 1


def test_another_persons_number_shows_nothing_without_the_code(product: Product) -> None:
    known = product.conversation("en")
    unknown = product.conversation("en")
    for conversation in (known, unknown):
        conversation.say("how much is my bill?")

    to_known = known.text(product.customer("unpaid")["msisdn"])
    to_unknown = unknown.text("0599999999")

    assert re.sub(r"\d", "", to_known) == re.sub(r"\d", "", to_unknown)
    assert "INV-" not in unknown.text("123456")
