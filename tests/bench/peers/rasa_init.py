"""Rasa 3.6 as `rasa init` leaves it (moodbot: DIET and TED in TensorFlow, its own data and messages, trackers in memory).

Compared is the machinery of a turn: HTTP, understanding, policies, tracker, reply. Its bot knows 7 intents in English and
keeps no conversation; Hatif's knows all of docs/intents.md in two languages and writes each turn, encrypted, to PostgreSQL.
"""  # noqa: E501

from pathlib import Path
from typing import Any

from backend.launcher.home import ROOT
from tests.bench.peers.asking import Channel, parsed
from tests.bench.peers.processes import free_port, run, serving, without_hatif

RASA = ROOT / "tests" / "bench" / "peers" / "rasa_default" / ".venv" / "bin" / "rasa"
SAID = ("hello", "bye", "are you a bot?")
PARSED = 300


def is_installed() -> bool:
    """Whether `make bench` installed it."""
    return RASA.exists()


def measured(folder: Path) -> dict[str, Any]:
    """Training (the making of the project included), seconds to ready, parses, turns, memory."""
    project = folder / "moodbot"
    project.mkdir()
    command = [str(RASA), "init", "--no-prompt", "--init-dir", str(project)]
    training = run(command, folder / "rasa-init.log", without_hatif())
    port = free_port()
    command = [str(RASA), "run", "--enable-api", "--interface", "127.0.0.1", "--port", str(port)]
    settings: dict[str, Any] = {"environment": without_hatif(), "folder": project, "health": "/webhooks/rest/"}
    with serving(command, folder / "rasa-run.log", port, **settings) as server:
        channel = Channel(port, "/webhooks/rest/webhook", SAID, list)
        texts = [SAID[number % len(SAID)] for number in range(PARSED)]
        figures = {**parsed(port, texts), **channel.measured(), **server.memory()}
        return {"training_seconds": round(training, 1), "ready_seconds": server.seconds_to_ready, **figures}
