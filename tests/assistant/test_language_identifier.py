"""The language of the last full message wins; short answers change nothing."""

import pytest

from assistant.components.language_identifier import count_words, train_latin_model, written_in
from assistant.components.reply_language import decide, without_names


@pytest.fixture(scope="module")
def latin_model(lookups: dict[str, list[str]]):
    return train_latin_model(lookups["arabizi_word"], lookups["english_word"], other=lookups["other_language_word"])


@pytest.mark.parametrize(
    ("text", "current", "intent", "reply"),
    [
        ("كم فاتورتي", "en", "check_bill", "ar"),
        ("how much is my bill", "ar", "check_bill", "en"),
        ("kam fatoorti el shahr da", "en", "check_bill", "ar"),
        ("3ayez ashoof el fatora", "en", "check_bill", "ar"),
        ("ابي اعرف ال bill حقي", "en", "check_bill", "ar"),
        ("I want to know كم for my internet", "ar", "check_bill", "en"),
        ("yes", "ar", "affirm", "ar"),
        ("نعم", "en", "affirm", "en"),
        ("Sara Ahmed", "ar", "inform", "ar"),
        ("123456", "en", "inform", "en"),
        ("🙂", "ar", "nlu_fallback", "ar"),
        ("ok", "ar", "affirm", "ar"),
        ("", "en", "", "en"),
    ],
)
def test_the_reply_language(text: str, current: str, intent: str, reply: str, latin_model) -> None:
    assert decide(count_words(text, latin_model), current, intent, None, None) == reply


@pytest.mark.parametrize(
    "text",
    [
        "zzzz",
        "blorp",
        "asdf",
        "zzz zzz zzz",
        "glorp",
        "khalid",
        "Vodafone",
        "0559876543",
        "sara@example.com",
        "599",
        "lol",
    ],
)
@pytest.mark.parametrize("current", ["ar", "en"])
def test_what_is_no_evidence_changes_nothing(text: str, current: str, latin_model) -> None:
    assert decide(count_words(text, latin_model), current, "greet", None, None) == current


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("mar7aba", "ar"),
        ("ahlan", "ar"),
        ("kif el 7al", "ar"),
        ("shnu el salfa", "ar"),
        ("abi ashtrek", "ar"),
        ("wain sharihti", "ar"),
        ("hello", "en"),
        ("thank u", "en"),
        ("my fone is ded", "en"),
        ("what about 20mb", "en"),
        ("the email is sara@example.com", "en"),
    ],
)
def test_real_arabizi_is_arabic_and_misspelt_english_is_not(text: str, reply: str, latin_model) -> None:
    current = "en" if reply == "ar" else "ar"
    assert decide(count_words(text, latin_model), current, "check_bill", None, None) == reply


def test_words_are_learned_from_messages_of_a_clear_language() -> None:
    model = train_latin_model(
        ["abi", "el"],
        ["where", "is", "the"],
        [("abi el karaz", None), ("where is the ferry", None), ("karaz ferry", None)],
    )
    assert (model.words["karaz"], model.words["ferry"]) == ("ar", "en")


def test_an_example_whose_language_is_told_teaches_its_words() -> None:
    assert train_latin_model(["abi"], ["where"], [("shlon agdar", "ar")]).words["agdar"] == "ar"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("كم فاتورتي", "ar"),
        ("how much is my bill", "en"),
        ("kam fatoorti el shahr da", "arabizi"),
        ("3ayez ashoof el fatora", "arabizi"),
        ("ابي اعرف why my bill is high", "mixed"),
        ("🙂 123", ""),
    ],
)
def test_what_a_message_is_written_in(text: str, language: str, latin_model) -> None:
    assert written_in(text, latin_model) == language


@pytest.mark.parametrize(
    ("current", "chosen", "reply"), [("ar", "en", "en"), ("en", "ar", "ar"), ("ar", None, "en"), ("en", "en", "en")]
)
def test_a_language_asked_for_is_taken(current: str, chosen: str, reply: str) -> None:
    assert decide({"ar": 5, "en": 0}, current, "switch_language", None, chosen) == reply


def test_a_name_says_nothing_of_the_language() -> None:
    assert (
        without_names("my name is Khaled", [{"entity": "person_name", "start": 11, "end": 17}]).strip() == "my name is"
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bonjour, je voudrais payer ma facture", "other"),
        ("میرا بل بہت زیادہ ہے", "other"),
        ("我的账单", "other"),
        ("I went to a café in Paris and roaming did not work", "en"),
        ("ابي باقة سبورت چديدة", "ar"),
        ("ابی اعرف فاتورتی كم", "ar"),
        ("abi a3raf fatoorti", "arabizi"),
        ("ابي اعرف ال bill حقي", "mixed"),
        ("12345", ""),
    ],
)
def test_another_language_is_told_from_ours(text: str, language: str, latin_model) -> None:
    assert written_in(text, latin_model) == language
