"""Rasa 3.6's default pipeline and policies, as `rasa init` leaves them, taught what Hatif's assistant is taught.

DIET, response selector, TED and UnexpecTED in TensorFlow, trackers in memory; our domain, examples and rules, each rule a
story as well, since TED learns from stories only. The networks learn for one epoch instead of a hundred, which would
take hours: a turn costs the same, and only the speed of turns is compared. Responses are given whatever the language,
which its pipeline does not tell.
"""  # noqa: E501

from itertools import chain
from pathlib import Path
from shutil import copytree
from typing import Any

import yaml

from backend.launcher.home import ROOT
from tests.bench.peers.asking import Channel, NotAnswered, parsed
from tests.bench.peers.hatif import PARSED, texts
from tests.bench.peers.processes import free_port, run, serving, without_hatif

ENVIRONMENT = ROOT / "tests" / "bench" / "peers" / "rasa_default" / ".venv"
RASA = ENVIRONMENT / "bin" / "rasa"
DEFAULT = "lib/python3.10/site-packages/rasa/engine/recipes/config_files/default_config.yml"
# Answered by rules with a response; those that the network has not learnt in its one epoch are left out.
SAID = (
    "شكرا جزيلا",
    "are you a bot?",
    "مع السلامة",
    "what can you do?",
    "thank you so much",
    "goodbye",
    "thanks",
    "bye",
)
FEWEST = 2
LEFT_IN_STORIES = {"intent", "action", "slot_was_set", "active_loop"}


def is_installed() -> bool:
    """Whether `make bench` installed it."""
    return RASA.exists()


def measured(folder: Path) -> dict[str, Any]:
    """Training of one epoch, seconds to ready, parses, turns, memory."""
    project = _project(folder / "default")
    training = run([str(RASA), "train", *_in(project)], folder / "rasa-train.log", without_hatif())
    port = free_port()
    command = [str(RASA), "run", "--enable-api", "--interface", "127.0.0.1", "--port", str(port)]
    settings: dict[str, Any] = {"environment": without_hatif(), "folder": project, "health": "/webhooks/rest/"}
    with serving(command, folder / "rasa-run.log", port, **settings) as server:
        channel = Channel(port, "/webhooks/rest/webhook", _answered(port), list)
        figures = {**parsed(port, texts()[:PARSED]), **channel.measured(), **server.memory()}
        return {"training_seconds_one_epoch": round(training, 1), "ready_seconds": server.seconds_to_ready, **figures}


def _in(project: Path) -> list[str]:
    places = {"--config": "config.yml", "--domain": "domain.yml", "--data": "data", "--out": "models"}
    return list(chain.from_iterable((option, str(project / name)) for option, name in places.items()))


def _project(folder: Path) -> Path:
    """The default's configuration with our domain, examples, rules and stories made of these."""
    copytree(ROOT / "data" / "nlu", folder / "data" / "nlu")
    copytree(ROOT / "assistant" / "rules", folder / "data" / "rules")
    _write(folder / "config.yml", _one_epoch(_read(ENVIRONMENT / DEFAULT)))
    _write(folder / "domain.yml", _domain())
    rules = [rule for file in sorted((ROOT / "assistant" / "rules").glob("*.yml")) for rule in _read(file)["rules"]]
    _write(folder / "data" / "stories.yml", {"version": "3.1", "stories": list(filter(None, map(_story, rules)))})
    return folder


def _one_epoch(config: dict[str, Any]) -> dict[str, Any]:
    for part in chain(config["pipeline"], config["policies"]):
        if "epochs" in part:
            part["epochs"] = 1
    return config


def _domain() -> dict[str, Any]:
    """Our domain in one file; each response without the condition that it is said in one language only."""
    domain: dict[str, Any] = {}
    for file in sorted((ROOT / "assistant" / "domain").glob("*.yml")):
        for name, part in _read(file).items():
            if isinstance(part, dict):
                domain.setdefault(name, {}).update(part)
            elif isinstance(part, list):
                domain.setdefault(name, []).extend(one for one in part if one not in domain.get(name, []))
            else:
                domain[name] = part
    for variations in domain["responses"].values():
        for variation in variations:
            variation.pop("condition", None)
    return domain


def _story(rule: dict[str, Any]) -> dict[str, Any] | None:
    """A rule as a story; one that begins in the middle of a conversation is none."""
    steps = [step for step in rule["steps"] if isinstance(step, dict)]
    if len(steps) < len(rule["steps"]) or any(set(step) - LEFT_IN_STORIES for step in steps) or "condition" in rule:
        return None
    return {"story": rule["rule"], "steps": steps}


def _answered(port: int) -> tuple[str, ...]:
    """The messages that get a reply. Raises NotAnswered when too few do."""
    said = tuple(message for message in SAID if _replies(port, message))
    if len(said) < FEWEST:
        raise NotAnswered(f"of {SAID} only {said} were answered")
    return said


def _replies(port: int, message: str) -> bool:
    try:
        Channel(port, "/webhooks/rest/webhook", (message,), list).ask("which")
    except NotAnswered:
        return False
    return True


def _read(file: Path) -> Any:
    return yaml.safe_load(file.read_text("utf-8"))


def _write(file: Path, content: Any) -> None:
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
