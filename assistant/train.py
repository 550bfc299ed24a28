"""Trains the model unless one of the same data exists: `python -m assistant.train`; prints its path on the last line."""  # noqa: E501

import hashlib
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

HERE = Path(__file__).parent
ROOT = HERE.parent
SOURCES = (
    "data/nlu",
    "assistant/domain",
    "assistant/rules",
    "assistant/components",
    "assistant/config.yml",
    "assistant/uv.lock",
)


def source_files(root: Path) -> list[Path]:
    """Every file that a model depends on, in a fixed order."""
    wanted = [root / source for source in SOURCES]
    files = [file for path in wanted for file in ([path] if path.is_file() else path.rglob("*"))]
    return sorted(file for file in files if file.is_file() and "__pycache__" not in file.parts)


def fingerprint(root: Path) -> str:
    """Names the model by what it is made of."""
    digest = hashlib.sha256()
    for file in source_files(root):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:20]


def tell(progress: str) -> None:
    sys.stderr.write(f"{progress}\n")
    sys.stderr.flush()


def train(model: Path) -> None:
    rasa.model_training.train(
        domain=str(HERE / "domain"),
        config=str(HERE / "config.yml"),
        training_files=[str(ROOT / "data" / "nlu"), str(HERE / "rules")],
        output=str(model.parent),
        fixed_model_name=model.name.removesuffix(".tar.gz"),
        force_training=True,
    )


def main() -> None:
    model = HERE / "models" / f"{fingerprint(ROOT)}.tar.gz"
    if not model.exists():
        started = time.monotonic()
        tell(f"Training the assistant from {len(source_files(ROOT))} files ...")
        train(model)
        tell(f"Trained in {time.monotonic() - started:.0f} s.")
    if not model.exists():
        sys.exit("Training left no model; see the messages above.")
    sys.stdout.write(f"{model}\n")


if __name__ == "__main__":
    main()
