"""Rasa without TensorFlow, and the lookups as the trained extractor has them."""

from assistant import without_tensorflow

without_tensorflow.install()

from pathlib import Path  # noqa: E402

import pytest  # noqa: E402
import yaml  # noqa: E402

from assistant.components import lexicon  # noqa: E402

LOOKUPS = Path(__file__).parents[2] / "data" / "nlu" / "lookups"


def lookup_elements() -> dict[str, list[str]]:
    tables = [table for file in LOOKUPS.glob("*.yml") for table in yaml.safe_load(file.read_text("utf-8"))["nlu"]]
    return {table["lookup"]: [line[2:] for line in table["examples"].splitlines()] for table in tables}


@pytest.fixture(scope="session")
def lookups() -> dict[str, list[str]]:
    return lookup_elements()


@pytest.fixture(scope="session")
def pipelines(lookups: dict[str, list[str]]) -> dict:
    known = {name: lookups[name] for name in ("plan", "add_on", "problem", "place", "language")}
    return {language: lexicon.build_pipeline(language, known) for language in ("ar", "en")}
