"""Rasa without TensorFlow, and the lexicon as the trained extractor has it."""

from assistant import without_tensorflow

without_tensorflow.install()

from collections.abc import Iterator  # noqa: E402
from pathlib import Path  # noqa: E402

import pytest  # noqa: E402
import yaml  # noqa: E402

from assistant.components.entity_extractor import words_of  # noqa: E402
from assistant.values import catalogue  # noqa: E402
from assistant.values.lexicon import Lexicon  # noqa: E402

ROOT = Path(__file__).parents[2]


def blocks() -> Iterator[dict]:
    for file in (ROOT / "data" / "nlu").rglob("*.yml"):
        yield from yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)["nlu"]


def lookup_elements() -> dict[str, list[str]]:
    return {
        block["lookup"]: [line[2:] for line in block["examples"].splitlines()]
        for block in blocks()
        if "lookup" in block
    }


@pytest.fixture(scope="session")
def lookups() -> dict[str, list[str]]:
    return lookup_elements()


@pytest.fixture(scope="session")
def words() -> dict[str, int]:
    return words_of([line[2:] for block in blocks() if "intent" in block for line in block["examples"].splitlines()])


@pytest.fixture(scope="session")
def lexicon(lookups: dict[str, list[str]], words: dict[str, int]) -> Lexicon:
    return Lexicon(lookups, words, catalogue.of_tree(ROOT))
