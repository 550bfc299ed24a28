"""What the model learned from `data/nlu` is worth on messages it has never seen: `heldout.jsonl`, written from the catalogue alone."""  # noqa: E501

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant import train
from assistant.components.normaliser import normalise
from assistant.evaluation import measures, rows, running
from assistant.evaluation.measures import Understood

ROOT = Path(__file__).parents[2]
TODAY = "2026-11-28"  # the day that the held-out messages were written for
HELD_OUT = rows.read_rows(Path(__file__).parent / "heldout.jsonl")
FLOORS = (
    {"ar": 0.90, "en": 0.90}
    | dict.fromkeys(("msa", "gulf", "egyptian", "levantine"), 0.87)
    | dict.fromkeys(("arabizi", "mixed"), 0.82)
)  # of macro-F1
ENTITIES, CALIBRATION = 0.95, 0.05


def examples() -> list[str]:
    files = (ROOT / "data" / "nlu").rglob("*.yml")
    blocks = [block for file in files for block in _blocks(file) if "intent" in block]
    return [line[2:] for block in blocks for line in block["examples"].splitlines()]


def _blocks(file: Path) -> list[dict]:
    return yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)["nlu"]


@pytest.fixture(scope="module")
def understand() -> Callable[[list[str]], list[Understood]]:
    """What the shipped model makes of texts, at its shipped threshold."""
    agent = running.load(train.trained())

    async def ask(texts: list[str]) -> list[Understood]:
        return [one async for one in running.understand(agent, texts, TODAY)]

    return lambda texts: asyncio.run(ask(texts))


@pytest.fixture(scope="module")
def figures(understand) -> dict[str, Any]:
    return measures.figures(HELD_OUT, understand([row.text for row in HELD_OUT]))


def test_no_held_out_message_is_trained() -> None:
    trained = {normalise(text).text.strip() for text in examples()}
    assert [row.text for row in HELD_OUT if normalise(row.text).text.strip() in trained] == []


def test_every_variety_is_understood(figures) -> None:
    found = figures["per_lang"] | figures["per_variety"]
    shares = {group: found[group]["macro_f1"] for group in FLOORS}
    assert {group: share for group, share in shares.items() if share < FLOORS[group]} == {}


def test_what_no_operator_does_is_refused_and_the_rest_is_not(figures) -> None:
    assert figures["out_of_scope_recall"] >= 0.85
    assert figures["false_fallback"] <= 0.03


def test_values_are_found_and_confidence_is_what_it_says(figures) -> None:
    assert figures["entities"]["f1"] >= ENTITIES
    assert figures["expected_calibration_error"] <= CALIBRATION


@pytest.mark.parametrize(
    "text", ["zzzz", "blorp", "asdf", "foo", "xyzzy", "glorp flib", "qqq", "...", "شسي", "ghghgh", "lorem ipsum dolor"]
)
def test_noise_is_asked_back(text: str, understand) -> None:
    assert understand([text])[0].refused


@pytest.mark.parametrize("text", ["الجوال", "الموبايل", "نت البيت", "my mobile", "the home line", "12", "٢"])
def test_a_bare_value_is_an_answer_and_not_a_request(text: str, understand) -> None:
    assert understand([text])[0].intent == "inform"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("yes", "affirm"),
        ("no", "deny"),
        ("نعم", "affirm"),
        ("لا", "deny"),
        ("خلاص", "cancel"),
        ("stop", "cancel"),
        ("cancel", "cancel"),
        ("إلغاء", "cancel"),
        ("الغاء", "cancel"),
        ("شكرا", "thank"),
        ("thx", "thank"),
        ("مع السلامة", "goodbye"),
        ("bye", "goodbye"),
        ("السلام عليكم", "greet"),
        ("hi", "greet"),
        ("موظف", "request_human"),
        ("agent", "request_human"),
        ("English", "switch_language"),
        ("عربي", "switch_language"),
        ("la2", "deny"),
        ("aywa", "affirm"),
        ("why is my bill so high", "explain_bill"),
        ("how much is my bill", "check_bill"),
        ("I want to dispute a charge", "dispute_charge"),
        ("ليش فاتورتي غالية", "explain_bill"),
        ("كم فاتورتي", "check_bill"),
        ("ابي اعترض على الفاتورة", "dispute_charge"),
    ],
)
def test_plain_words_are_beyond_doubt(text: str, intent: str, understand) -> None:
    found = understand([text])[0]
    assert (found.intent, found.fell_back) == (intent, False)


STRANGE = {
    "one emoji": "👍",
    "angry faces": "😡😡😡",
    "one letter": "x",
    "one Arabic letter": "ا",
    "a thousand letters": "a" * 1000,
    "nothing but a joiner": "\u200d\u200d\u200d",
    "nothing but blanks": "   \t  ",
    "a null character": "a\u0000b",
    "what could not be decoded": "\ufffd\ufffd",
    "mathematics": "∑∫√≠",
    "punctuation": "؟؟؟!!!",
    "JSON": '{"intent":"pay_bill"}',
    "Urdu": "میرا بل بہت زیادہ آیا ہے، براہ کرم چیک کریں",
    "more Urdu": "مجھے نیا کنکشن چاہیے",
    "Persian": "قبض من چقدر است؟",
    "more Persian": "سلام، حال شما چطور است",
    "French": "Bonjour, je voudrais savoir combien je dois payer",
    "more French": "ma facture est trop élevée",
    "Spanish": "¿Cuánto cuesta el plan de datos?",
    "German": "Ich möchte meinen Vertrag kündigen",
    "Turkish": "Faturam neden bu kadar yüksek?",
    "Filipino": "magkano po ang bayarin ko",
    "Urdu in Latin letters": "mera bill bohat zyada aya hai",
    "Hindi": "मेरा बिल बहुत ज्यादा है",
    "Russian": "Сколько я должен заплатить?",
    "Chinese": "我的账单是多少",
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_what_cannot_be_understood_is_asked_back(text: str, understand) -> None:
    assert understand([text])[0].refused


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("<b>how much is my bill</b><script>alert(1)</script>", "check_bill"),
        ("\u202eكم فاتورتي\u202c \u2066؟\u2069", "check_bill"),
        ("ابي اشوف فاتورتي " * 58, "check_bill"),
        ("ابغى ادفع my bill الحين please", "pay_bill"),
        ("٠٥۵1234۶٧8", "inform"),
    ],
    ids=["markup", "direction overrides", "a thousand characters", "two scripts", "digits of three scripts"],
)
def test_odd_writing_is_understood_all_the_same(text: str, intent: str, understand) -> None:
    assert understand([text])[0].intent == intent
