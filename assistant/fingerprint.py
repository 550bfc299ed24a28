"""Where the model of the present data and components lies: `python -m assistant.fingerprint` prints its path."""

import hashlib
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
SOURCES = (
    "data/nlu",
    "assistant/domain",
    "assistant/rules",
    "assistant/components",
    "assistant/values",
    "assistant/config.yml",
    "assistant/importer.py",
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


def model_path() -> Path:
    """The file that training the present sources writes."""
    return HERE / "models" / f"{fingerprint(ROOT)}.tar.gz"


if __name__ == "__main__":
    sys.stdout.write(f"{model_path()}\n")
