"""What the model learned from `data/nlu` is worth on messages it has never seen: `heldout.jsonl`, written from the catalogue alone."""  # noqa: E501

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from assistant.components.intent_classifier import IntentModel, LinearIntentClassifier, merged
from assistant.components.normaliser import normalise

ROOT = Path(__file__).parents[2]
CONFIG = yaml.safe_load((ROOT / "assistant" / "config.yml").read_text("utf-8"))
FALLBACK = next(step for step in CONFIG["pipeline"] if step["name"] == "FallbackClassifier")
HELD_OUT = [json.loads(line) for line in (Path(__file__).parent / "heldout.jsonl").read_text("utf-8").splitlines()]
FLOORS = {
    "ar": 0.93,
    "en": 0.93,
    "gulf": 0.93,
    "egyptian": 0.92,
    "levantine": 0.94,
    "arabizi": 0.91,
    "expat": 0.95,
    "misspelt": 0.86,
}


def examples() -> list[tuple[str, str]]:
    blocks = [block for file in (ROOT / "data" / "nlu").glob("*.yml") for block in _blocks(file) if "intent" in block]
    return [(line[2:], block["intent"]) for block in blocks for line in block["examples"].splitlines()]


def _blocks(file: Path) -> list[dict]:
    return yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)["nlu"]


@pytest.fixture(scope="module")
def understood() -> Callable[[str], tuple[str, bool]]:
    """The intent of a text, and whether the assistant is sure enough of it not to ask back."""
    texts, labels = zip(*examples())  # noqa: B905
    model = IntentModel(LinearIntentClassifier.get_default_config()).fit(list(texts), list(labels))

    def ask(text: str) -> tuple[str, bool]:
        first, second = merged(model.rank(text))[:2]
        sure = first["confidence"] >= FALLBACK["threshold"]
        apart = first["confidence"] - second["confidence"] >= FALLBACK["ambiguity_threshold"]
        return "/".join(filter(None, (first["name"], first.get("topic")))), sure and apart

    return ask


def test_no_held_out_message_is_trained() -> None:
    trained = {normalise(text).text.strip() for text, _ in examples()}
    assert [row["text"] for row in HELD_OUT if normalise(row["text"]).text.strip() in trained] == []


def test_every_variety_is_understood(understood) -> None:
    right: dict[str, list[bool]] = {}
    for row in HELD_OUT:
        for group in (row["lang"], row["variety"]):
            right.setdefault(group, []).append(understood(row["text"])[0] == row["intent"])
    shares = {group: sum(right[group]) / len(right[group]) for group in FLOORS}
    assert {group: share for group, share in shares.items() if share < FLOORS[group]} == {}


def test_what_no_operator_does_is_refused_and_the_rest_is_not(understood) -> None:
    refused: dict[bool, list[bool]] = {True: [], False: []}
    for row in HELD_OUT:
        intent, sure = understood(row["text"])
        refused[row["intent"] == "out_of_scope"].append(intent == "out_of_scope" or not sure)
    assert sum(refused[True]) / len(refused[True]) >= 0.85
    assert sum(refused[False]) / len(refused[False]) <= 0.03


@pytest.mark.parametrize(
    "text", ["zzzz", "blorp", "asdf", "foo", "xyzzy", "glorp flib", "qqq", "...", "شسي", "ghghgh", "lorem ipsum dolor"]
)
def test_noise_is_asked_back(text: str, understood) -> None:
    intent, sure = understood(text)
    assert not sure or intent == "out_of_scope"


@pytest.mark.parametrize("text", ["الجوال", "الموبايل", "نت البيت", "my mobile", "the home line", "12", "٢"])
def test_a_bare_value_is_an_answer_and_not_a_request(text: str, understood) -> None:
    assert understood(text)[0] == "inform"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("yes", "affirm"),
        ("no", "deny"),
        ("نعم", "affirm"),
        ("لا", "deny"),
        ("خلاص", "cancel"),
        ("stop", "cancel"),
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
def test_plain_words_are_beyond_doubt(text: str, intent: str, understood) -> None:
    assert understood(text) == (intent, True)
