"""Hatif's assistant as it ships: trained anew, its real server with the encrypted tracker store in PostgreSQL."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from backend.launcher.home import ROOT, Home
from backend.launcher.model import PYTHON
from backend.launcher.postgres import EmbeddedPostgres
from backend.launcher.run import Address, environment_of
from backend.migrations import upgrade
from tests.bench.peers.asking import Channel, parsed
from tests.bench.peers.processes import free_port, run, serving, without_hatif

HELDOUT = ROOT / "tests" / "assistant" / "heldout.jsonl"
TODAY = "2026-11-28"  # the day that the held-out rows are told from
PARSED = 300
TRAIN = "import sys; from pathlib import Path; from assistant.train import train; train(Path(sys.argv[1]))"
# Answered by rules with a response of the domain: no action server takes part, as in the default's moodbot.
SAID = ("شكرا جزيلا", "are you a bot?", "مع السلامة", "what can you do?")


def trained(folder: Path) -> tuple[Path, float]:
    """A model of the present data and the seconds of its training, the process's start included."""
    model = folder / "hatif.tar.gz"
    return model, run([str(PYTHON), "-c", TRAIN, str(model)], folder / "training.log", without_hatif())


def accuracy(model: Path, folder: Path) -> float:
    """The share of held-out rows whose likeliest intent is right."""
    log = folder / "evaluation.json"
    script = 'exec "$0" -m assistant.evaluate "$1" --today "$2" --model "$3" 2>"$4"'
    arguments = [str(PYTHON), str(HELDOUT), TODAY, str(model), str(folder / "evaluation.log")]
    run(["sh", "-c", script, *arguments], log, without_hatif())
    return float(json.loads(log.read_text())["accuracy"])


def served(model: Path, folder: Path) -> dict[str, Any]:
    """Seconds to ready, parses, turns, memory of the real server."""
    with _database(folder) as environment:
        port = int(environment["HATIF_RASA_PORT"])
        command = [str(PYTHON), "-m", "tests.bench.peers.serve_api", str(model)]
        health = "/webhooks/gateway/"
        with serving(command, folder / "rasa.log", port, health=health, environment=environment) as server:
            secret = {"Authorization": f"Bearer {environment['HATIF_RASA_SECRET']}"}
            channel = Channel(port, "/webhooks/gateway/webhook", SAID, _texts, secret)
            figures = {**parsed(port, texts()[:PARSED]), **channel.measured(), **server.memory()}
            return {"ready_seconds": server.seconds_to_ready, **figures}


def texts() -> list[str]:
    """The held-out messages in their order."""
    return [json.loads(line)["text"] for line in HELDOUT.read_text("utf-8").splitlines() if line.strip()]


def _texts(answer: Any) -> list[Any]:
    return [] if answer["misunderstood"] else list(answer["messages"])


@contextmanager
def _database(folder: Path) -> Iterator[dict[str, str]]:
    home = Home.at(folder / "home")
    postgres = EmbeddedPostgres(home.postgres)
    try:
        url = postgres.url()
        upgrade(url)
        nowhere = f"http://127.0.0.1:{free_port()}/webhook"  # an action server that must not be needed
        own = {"HATIF_TRACKER_URL": url, "HATIF_RASA_PORT": str(free_port()), "HATIF_ACTIONS_URL": nowhere}
        yield without_hatif() | environment_of(home, Address("127.0.0.1", free_port()), url) | own
    finally:
        postgres.stop()
