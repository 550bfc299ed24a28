"""The assistant's trained model: made when its data or components changed, kept otherwise."""

import subprocess
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, TimeElapsedColumn

from backend.launcher.home import ROOT

PYTHON = ROOT / "assistant" / ".venv" / "bin" / "python"


class TrainingFailed(RuntimeError):
    """The training ended with an error; its output says why."""


def trained_model(log: Path, console: Console) -> Path:
    """The model that belongs to the present data and components, trained now if there is none.

    Shows how long it has been training; what Rasa prints goes to `log`. Raises TrainingFailed.
    """
    model = _path()
    if model.is_file():
        return model
    command = [str(PYTHON), "-m", "assistant.train"]
    with (
        log.open("w") as output,
        subprocess.Popen(  # noqa: S603 - our own module in our own environment
            command, cwd=ROOT, stdout=output, stderr=output, text=True
        ) as training,
        Progress(
            "[progress.description]{task.description}", TimeElapsedColumn(), console=console, transient=True
        ) as bar,
    ):
        bar.add_task("the assistant's model (trained when its data changed)", total=None)
        training.wait()
    if training.returncode != 0 or not model.is_file():
        raise TrainingFailed(f"training the assistant failed; see {log}")
    return model


def _path() -> Path:
    command = [str(PYTHON), "-m", "assistant.fingerprint"]
    asked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own module
    if asked.returncode != 0:
        raise TrainingFailed(f"the assistant's environment is not whole: {asked.stderr.strip()}")
    return Path(asked.stdout.strip())
