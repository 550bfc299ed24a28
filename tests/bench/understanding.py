"""Understanding: Hatif's assistant beside Rasa as `rasa init` leaves it and beside nlp.js trained on the same data.

`python -m tests.bench.understanding` measures alone; `make bench PARTS=understanding` installs the two peers first. One
that is not installed is left out with a note. Each is started alone, on loopback, after the one before has ended. The
parse of nlp.js is a call inside its process; the others' are whole HTTP requests.
"""

import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from rich.console import Console

from tests.bench.peers import hatif, nlp_js, rasa_init

Figures = dict[str, Any]
NOT_INSTALLED = "not installed; make bench PARTS=understanding"
AT_MOST = {
    "parse_p50_ms": 10,
    "growth_over_150_turns": 1.3,
    "training_seconds": 120,
    "ready_seconds": 10,
    "memory_mb": 700,
}
TURN_AT_MOST = 1 / 3
THROUGHPUT_AT_LEAST = 3


class Peer(Protocol):
    """A module of `tests/bench/peers` that trains and asks one."""

    def is_installed(self) -> bool:
        """Whether it can be measured."""

    def measured(self, folder: Path) -> Figures:
        """Its figures; `folder` holds what it writes."""


def main() -> None:
    """Measure, and print the figures as JSON."""
    console = Console(soft_wrap=True)
    console.print_json(json.dumps(understanding_figures(console)))


def understanding_figures(console: Console) -> Figures:
    """Each one's figures, Hatif's against Rasa's default, and which targets are met."""
    with tempfile.TemporaryDirectory(prefix="hatif-bench-") as name:
        folder = Path(name)
        busy = os.getloadavg()[0]
        figures: Figures = {"hatif": _ours(folder, console)}
        figures["rasa_default"] = _peer("Rasa's default", rasa_init, folder, console)
        figures["nlp_js"] = _peer("nlp.js", nlp_js, folder, console)
    figures["to_rasa_default"] = _beside(figures["hatif"], figures["rasa_default"])
    figures["targets"] = _targets(figures["hatif"], figures["to_rasa_default"])
    return {**figures, "load_before": round(busy, 2)}


def _ours(folder: Path, console: Console) -> Figures:
    with _awaited("Hatif: training", console):
        model, seconds = hatif.trained(folder)
    with _awaited("Hatif: the held-out messages", console):
        right = hatif.accuracy(model, folder)
    with _awaited("Hatif: its server, parses and turns", console):
        return {"training_seconds": round(seconds, 1), "accuracy": right, **hatif.served(model, folder)}


def _peer(name: str, peer: Peer, folder: Path, console: Console) -> Figures | str:
    if not peer.is_installed():
        console.print(f"{name}: left out, {NOT_INSTALLED}")
        return NOT_INSTALLED
    with _awaited(f"{name}: training and asking", console):
        return peer.measured(folder)


def _beside(ours: Figures, theirs: Figures | str) -> Figures:
    """Hatif's figure divided by the default's; empty without it."""
    if isinstance(theirs, str):
        return {}
    both = [name for name in ours if theirs.get(name)]
    return {name: round(ours[name] / theirs[name], 3) for name in both}


def _targets(ours: Figures, ratios: Figures) -> dict[str, str]:
    """Each target with what came out."""
    told = {
        name: f"{ours[name]}, at most {most}: {_met(ours[name] <= most)}"
        for name, most in AT_MOST.items()
        if name in ours
    }
    if ratios:
        turn, throughput = ratios["turn_p50_ms"], ratios["turns_a_second"]
        told["turn_p50 to the default's"] = f"{turn}, at most a third: {_met(turn <= TURN_AT_MOST)}"
        told["turns a second to the default's"] = (
            f"{throughput}, at least {THROUGHPUT_AT_LEAST}: {_met(throughput >= THROUGHPUT_AT_LEAST)}"
        )
    return told


def _met(yes: bool) -> str:
    return "met" if yes else "missed"


@contextmanager
def _awaited(what: str, console: Console) -> Iterator[None]:
    """Shows what is waited for, and how long it took."""
    began = time.perf_counter()
    with console.status(what):
        yield
    console.print(f"{what}: {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
