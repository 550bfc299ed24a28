"""Plays a scripted conversation against anything that answers, and says at which turn it went another way.

A script: `name`, `language`, `who` (a story of the demonstration customers, or a person to sign up as) and `turns`. A turn
has `say` (typed) or `press` (the title of a button of the last replies), `expect` (each a substring of the replies joined by
newlines, or /a regular expression/), `reject` (what must not be said) and `buttons` (titles that must be offered).
`$name` in `say` and `expect` stands for a value the driver knows: $msisdn, $code, $wrong_code, $national_id, $person_name.
"""  # noqa: E501

import re
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any, Protocol

import yaml

HERE = Path(__file__).parent
_ISOLATES = re.compile("[\u2066-\u2069\u200e\u200f\u061c]")


class Talk(Protocol):
    """One conversation with the product."""

    def say(self, text: str) -> list[dict[str, Any]]:
        """Types a message; the replies have `text` and `buttons` ({"title"})."""

    def press(self, title: str) -> list[dict[str, Any]]:
        """Presses a button of the last replies."""

    def value(self, name: str) -> str:
        """What `$name` stands for now."""


class WentAnotherWay(AssertionError):
    """A reply was not what the script expects."""


def scripts() -> list[dict[str, Any]]:
    """Every conversation of the YAML files beside this one."""
    return [
        script
        for file in sorted(HERE.glob("*.yml"))
        for script in yaml.safe_load(file.read_text("utf-8"))["conversations"]
    ]


def play(script: Mapping[str, Any], talk: Talk) -> None:
    """Holds the conversation. Raises WentAnotherWay."""
    for number, turn in enumerate(script["turns"], start=1):
        replies = talk.press(turn["press"]) if "press" in turn else talk.say(_filled(turn["say"], talk))
        problem = difference(turn, replies, talk)
        if problem:
            told = "\n".join(reply["text"] for reply in replies)
            raise WentAnotherWay(
                f"{script['name']}, turn {number} ({turn.get('say') or turn.get('press')}): {problem}\n{told}"
            )


def difference(turn: Mapping[str, Any], replies: list[dict[str, Any]], talk: Talk) -> str | None:
    """What is missing or too much in the replies, or None."""
    told = _ISOLATES.sub("", "\n".join(reply["text"] for reply in replies))
    titles = {button["title"] for reply in replies for button in reply.get("buttons") or []}
    if not told.strip():
        return "nothing was said"
    missing = [wanted for wanted in turn.get("expect", []) if not _matches(_filled(wanted, talk), told)]
    unwanted = [wanted for wanted in turn.get("reject", []) if _matches(_filled(wanted, talk), told)]
    lacking = [title for title in turn.get("buttons", []) if title not in titles]
    found = {"not said": missing, "should not be said": unwanted, "not offered": lacking}
    return "; ".join(f"{what}: {which}" for what, which in found.items() if which) or None


def _matches(wanted: str, told: str) -> bool:
    if len(wanted) > 1 and wanted.startswith("/") and wanted.endswith("/"):
        return re.search(wanted[1:-1], told) is not None
    return wanted in told


def _filled(text: str, talk: Talk) -> str:
    names = [match.group(1) for match in re.finditer(r"\$([a-z_]+)", text)]
    return Template(text).safe_substitute({name: talk.value(name) for name in names})
