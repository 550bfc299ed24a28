"""The assistant's trained model: made when its data or components changed, kept otherwise."""

import subprocess
from pathlib import Path

from backend.launcher.home import ROOT

PYTHON = ROOT / "assistant" / ".venv" / "bin" / "python"


class TrainingFailed(RuntimeError):
    """The training ended with an error; its output says why."""


def trained_model() -> Path:
    """The model that belongs to the present data and components, trained now if there is none."""
    with subprocess.Popen(  # noqa: S603 - our own module in our own environment
        [PYTHON, "-m", "assistant.train"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as training:
        last = ""
        for line in training.stdout or ():
            last = line.strip() or last
            if not last.endswith(".tar.gz"):
                print(line, end="", flush=True)  # noqa: T201 - the training's own progress
    if training.returncode != 0 or not last.endswith(".tar.gz"):
        raise TrainingFailed(f"training ended with {training.returncode}: {last}")
    return Path(last)
