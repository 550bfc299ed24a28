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
    command = [str(PYTHON), "-m", "assistant.train"]
    with (
        log.open("w") as output,
        subprocess.Popen(  # noqa: S603 - our own module in our own environment
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=output, text=True
        ) as training,
        Progress(
            "[progress.description]{task.description}", TimeElapsedColumn(), console=console, transient=True
        ) as bar,
    ):
        bar.add_task("the assistant's model (trained when its data changed)", total=None)
        printed = (training.stdout.read() if training.stdout else "").split()
    if training.returncode != 0 or not printed or not printed[-1].endswith(".tar.gz"):
        raise TrainingFailed(f"training the assistant failed; see {log}")
    return Path(printed[-1])
