"""Trains the model unless one of the same data exists: `python -m assistant.train`; prints its path on the last line."""  # noqa: E501

import os
import sys
import time
import warnings
from pathlib import Path

from assistant import without_tensorflow

without_tensorflow.install()
os.environ.setdefault("TQDM_DISABLE", "1")
warnings.simplefilter("ignore")

import rasa.model_training  # noqa: E402 - after the stand-ins
from rasa.shared.nlu.training_data.training_data import TrainingData  # noqa: E402

from assistant.fingerprint import HERE, ROOT, model_path, source_files  # noqa: E402
from assistant.importer import joined  # noqa: E402


def tell(progress: str) -> None:
    sys.stderr.write(f"{progress}\n")
    sys.stderr.flush()


def train(model: Path) -> None:
    TrainingData.merge = joined  # Rasa joins the data with next to nothing nine times, and has no setting for it
    rasa.model_training.train(
        domain=str(HERE / "domain"),
        config=str(HERE / "config.yml"),
        training_files=[str(ROOT / "data" / "nlu"), str(HERE / "rules")],
        output=str(model.parent),
        fixed_model_name=model.name.removesuffix(".tar.gz"),
        force_training=True,
    )


def trained() -> Path:
    """The model of the present data and components, trained if there is none yet."""
    model = model_path()
    if not model.exists():
        started = time.monotonic()
        tell(f"Training the assistant from {len(source_files(ROOT))} files ...")
        train(model)
        tell(f"Trained in {time.monotonic() - started:.0f} s.")
    if not model.exists():
        sys.exit("Training left no model; see the messages above.")
    return model


def main() -> None:
    sys.stdout.write(f"{trained()}\n")


if __name__ == "__main__":
    main()
