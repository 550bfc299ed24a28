"""Every intent is whole: examples in both scripts, one declaration, a rule, an action or a reply, both languages. No Rasa is loaded."""  # noqa: E501

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
NLU, DOMAIN, RULES, ACTIONS = ROOT / "data/nlu", ROOT / "assistant/domain", ROOT / "assistant/rules", ROOT / "actions"
CATALOGUE = (ROOT / "docs" / "intents.md").read_text("utf-8")
NOT_YET = "action_not_yet"
_ROW = re.compile(r"^\| ([a-z_]+) \|[^|\n]+\|[^|\n]*\| [012] \|$", re.MULTILINE)
_TOPICS = re.compile(r"`(faq|chitchat)/<topic>`: ([a-z_, ]+)")
NEEDED = sorted(_ROW.findall(CATALOGUE))
TOPICS = {intent: re.split(r",\s*", topics.strip()) for intent, topics in _TOPICS.findall(CATALOGUE)}
TRAINED = sorted(
    {intent for intent in NEEDED if intent not in TOPICS}
    | {f"{intent}/{topic}" for intent, topics in TOPICS.items() for topic in topics}
)
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_VARIABLE = re.compile(r"(?<!{){(\w+)}(?!})")


@lru_cache
def read(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return [
        (str(file.relative_to(ROOT)), yaml.load(file.read_text("utf-8"), loader))  # noqa: S506
        for file in sorted(folder.rglob("*.yml"))
    ]  # noqa: RUF100, S506


@lru_cache
def examples() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for _, content in read(NLU):
        for block in content["nlu"]:
            if "intent" in block:
                found.setdefault(block["intent"], []).extend(line[2:] for line in block["examples"].splitlines())
    return found


def declared(key: str) -> dict[str, list[str]]:
    places: dict[str, list[str]] = {}
    for file, content in read(DOMAIN):
        for name in content.get(key) or []:
            places.setdefault(name, []).append(file)
    return places


@lru_cache
def rules() -> dict[str, list[str]]:
    answered: dict[str, list[str]] = {}
    for _, content in read(RULES):
        for rule in content["rules"]:
            steps = rule["steps"]
            intents = [step["intent"] for step in steps if "intent" in step]
            for intent in intents:
                answered.setdefault(intent, []).extend(step["action"] for step in steps if "action" in step)
    return answered


@lru_cache
def action_classes() -> frozenset[str]:
    source = "\n".join(file.read_text("utf-8") for file in ACTIONS.glob("*.py"))
    names = re.findall(r"^class ((?:Action|Validate)\w+)\(", source, re.MULTILINE)
    return frozenset(re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() for name in names)


@lru_cache
def responses() -> dict[str, list[dict[str, Any]]]:
    return {name: texts for _, content in read(DOMAIN) for name, texts in (content.get("responses") or {}).items()}


def test_the_catalogue_is_read_whole() -> None:
    assert {"check_bill", "sign_up", "out_of_scope", "faq", "chitchat", "check_outage"} <= set(NEEDED)
    assert {"faq/late_fee", "chitchat/joke"} <= set(TRAINED)


def counted(texts: list[str]) -> tuple[int, int]:
    arabic = sum(bool(_ARABIC.search(text)) for text in texts)
    return arabic, len(texts) - arabic


@pytest.mark.parametrize("intent", sorted({name.partition("/")[0] for name in TRAINED}))
def test_an_intent_has_examples_in_both_scripts(intent: str) -> None:
    names = (name for name in examples() if name.partition("/")[0] == intent)
    arabic, latin = counted([text for name in names for text in examples()[name]])
    assert arabic >= 80, f"{intent}: {arabic} examples in Arabic script, 80 wanted in data/nlu"
    assert latin >= 60, f"{intent}: {latin} in Latin letters, 60 wanted in data/nlu"


@pytest.mark.parametrize("topic", [name for name in TRAINED if "/" in name])
def test_a_topic_has_examples_in_both_scripts(topic: str) -> None:
    arabic, latin = counted(examples().get(topic, []))
    told = f"{topic}: {arabic} examples in Arabic script, {latin} in Latin letters"
    assert min(arabic, latin) >= 40, told


def test_no_example_is_written_under_two_intents() -> None:
    places: dict[str, set[str]] = {}
    for intent, texts in examples().items():
        for text in texts:
            places.setdefault(text.strip().lower(), set()).add(intent)
    assert {text: where for text, where in places.items() if len(where) > 1} == {}


@pytest.mark.parametrize("intent", NEEDED)
def test_an_intent_is_declared_once_ruled_and_answered(intent: str) -> None:
    files = declared("intents").get(intent, [])
    assert len(files) == 1, f"{intent}: declared in {files or 'no file'} of assistant/domain"
    actions = rules().get(intent, [])
    assert actions, f"{intent}: no rule in assistant/rules"
    for action in actions:
        known = action in responses() if action.startswith("utter_") else action in action_classes()
        assert known, f"{intent}: {action} has no {'response' if action.startswith('utter_') else 'class in actions/'}"


@pytest.mark.parametrize("intent", sorted(examples()))
def test_nothing_is_trained_that_is_not_in_the_catalogue(intent: str) -> None:
    assert intent in TRAINED, f"{intent}: trained in data/nlu, but docs/intents.md does not list it"


@pytest.mark.parametrize("key", ["intents", "entities", "slots", "responses", "actions", "forms"])
def test_everything_is_declared_in_one_file_only(key: str) -> None:
    assert {name: files for name, files in declared(key).items() if len(files) > 1} == {}


def test_declared_actions_and_classes_are_the_same() -> None:
    assert set(declared("actions")) == action_classes()


@pytest.mark.parametrize("name", sorted(responses()))
def test_a_reply_has_both_languages_with_the_same_variables_and_buttons(name: str) -> None:
    variations = {variation["condition"][0]["value"]: variation for variation in responses()[name]}
    assert set(variations) == {"ar", "en"}, f"{name}: languages {sorted(variations)}"
    arabic, english = variations["ar"], variations["en"]
    assert set(_VARIABLE.findall(arabic["text"])) == set(_VARIABLE.findall(english["text"])), (
        f"{name}: variables differ"
    )
    payloads = [[button["payload"] for button in variation.get("buttons", [])] for variation in (arabic, english)]
    assert payloads[0] == payloads[1], f"{name}: buttons differ"
    told_elsewhere = _VARIABLE.fullmatch(arabic["text"])  # the backend's own words, in the asked language
    assert _ARABIC.search(arabic["text"]) or told_elsewhere, f"{name}: the Arabic reply is not Arabic"


def test_every_reply_that_actions_name_exists() -> None:
    source = "\n".join(file.read_text("utf-8") for file in ACTIONS.glob("*.py"))
    named = set(re.findall(r'"(utter_\w+[a-z])"', source))
    assert named - set(responses()) == set()
