"""nlp.js trained on Hatif's own examples and asked the held-out messages. It finds intents only."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from backend.launcher.home import ROOT
from tests.bench.peers.hatif import HELDOUT
from tests.bench.peers.processes import LOG_END, PeerFailed

FOLDER = ROOT / "tests" / "bench" / "peers" / "nlpjs"
NODE = Path(sys.executable).parent / "node"
ARABIC = re.compile(r"[\u0600-\u06ff]")
MARKED = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def is_installed() -> bool:
    """Whether `make bench` installed it."""
    return (FOLDER / "node_modules" / "node-nlp").is_dir() and NODE.exists()


def measured(folder: Path) -> dict[str, Any]:
    """Training seconds, accuracy, milliseconds of one message, memory. Raises PeerFailed."""
    examples, rows = folder / "examples.jsonl", folder / "rows.jsonl"
    _write(examples, list(_examples()))
    _write(rows, [(row["text"], row["intent"]) for row in map(json.loads, HELDOUT.read_text("utf-8").splitlines())])
    command = [str(NODE), str(FOLDER / "measure.cjs"), str(examples), str(rows)]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise PeerFailed(f"nlp.js ended with {done.returncode}:\n{done.stderr[-LOG_END:]}")
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _examples() -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        for block in yaml.load(file.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))["nlu"]:  # noqa: S506
            if "intent" in block:
                for line in block["examples"].splitlines():
                    yield MARKED.sub(r"\1", line.removeprefix("- ")), block["intent"]


def _write(file: Path, pairs: list[tuple[str, str]]) -> None:
    """One JSON object a line; the script decides the language, so that Arabizi is learnt where it is looked for."""
    lines = [
        json.dumps({"text": text, "intent": intent, "language": "ar" if ARABIC.search(text) else "en"})
        for text, intent in pairs
    ]
    file.write_text("\n".join(lines) + "\n", "utf-8")
