"""Writes how well messages are understood: `python -m assistant.nlu_report` to build/nlu.json and build/nlu.html.

The held-out file with the shipped model, and the public sets of the folder that HATIF_NLU_BENCH names (none where it is
not set) with the shipped configuration, trained on each set's own rows.
"""

import asyncio
import json
import logging
import os
import sys
import time
import warnings
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from assistant import without_tensorflow

without_tensorflow.install()
warnings.simplefilter("ignore")

import yaml  # noqa: E402 - after the stand-ins
from rasa.shared.nlu.training_data.loading import load_data  # noqa: E402
from rasa.utils.log_utils import configure_structlog  # noqa: E402

from assistant import train  # noqa: E402
from assistant.components.intent_classifier import LinearIntentClassifier  # noqa: E402
from assistant.components.language_identifier import latin_model_of  # noqa: E402
from assistant.evaluation import measures, page, public_sets, rows, running  # noqa: E402
from assistant.fingerprint import HERE, ROOT  # noqa: E402

HELD_OUT, TODAY = ROOT / "tests" / "assistant" / "heldout.jsonl", "2026-11-28"  # the day they were written for
BUILD = ROOT / "build"


def main() -> None:
    configure_structlog(logging.ERROR)
    with redirect_stdout(sys.stderr):  # Rasa tells its progress there
        model = train.trained()
        report = {
            "told": f"{len(rows.read_rows(HELD_OUT))} messages of an author who saw the catalogue only.",
            "held_out": asyncio.run(_held_out(model)),
            "public": _public(os.environ.get("HATIF_NLU_BENCH")),
        }
    BUILD.mkdir(exist_ok=True)
    (BUILD / "nlu.json").write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf-8")
    (BUILD / "nlu.html").write_text(page.page(report), "utf-8")
    sys.stdout.write(f"{_summary(report)}\nwritten: {BUILD / 'nlu.json'}, {BUILD / 'nlu.html'}\n")


async def _held_out(model: Path) -> dict[str, Any]:
    held_out = rows.read_rows(HELD_OUT)
    train.tell(f"Asking {len(held_out)} held-out messages ...")
    agent = running.load(model)
    understood = [one async for one in running.understand(agent, (row.text for row in held_out), TODAY)]
    return measures.figures(held_out, understood)


def _public(folder: str | None) -> dict[str, Any]:
    if not folder:
        train.tell("HATIF_NLU_BENCH names no folder: no public set is measured.")
        return {}
    steps = yaml.safe_load((HERE / "config.yml").read_text("utf-8"))["pipeline"]
    told = {step["name"].rpartition(".")[2]: step for step in steps}
    classifier = LinearIntentClassifier.get_default_config() | told["LinearIntentClassifier"]
    fallback = told["FallbackClassifier"]
    latin_model = latin_model_of(load_data(str(ROOT / "data" / "nlu")))
    setting = public_sets.Setting(classifier, fallback["threshold"], fallback["ambiguity_threshold"], latin_model)
    began = time.monotonic()
    figures = public_sets.public_figures(Path(folder), setting, train.tell)
    train.tell(f"Public sets measured in {time.monotonic() - began:.0f} s.")
    return figures


def _summary(report: dict[str, Any]) -> str:
    held_out = report["held_out"]
    lines = [f"held out: macro-F1 {held_out['macro_f1']}, entities {held_out['entities']['f1']}"]
    return "\n".join([*lines, *(f"{name}: {json.dumps(one)}" for name, one in report["public"].items())])


if __name__ == "__main__":
    main()
