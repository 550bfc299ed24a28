"""The scripted conversations of tests/conversations/, held with the running product."""

import json
from typing import Any

import pytest
from conftest import Product
from conversing import Conversation

from tests.conversations.play import play, scripts

STORIES = ("paid", "unpaid", "overdue", "disputed", "dispute_accepted", "ticket", "ticket_solved", "fresh", "none")


class Customer:
    """Whoever a script is about, at a terminal."""

    def __init__(self, product: Product, script: dict[str, Any]) -> None:
        who = script["who"]
        self._product = product
        self._person: dict[str, str] = who if isinstance(who, dict) else {"nationalId": "", "name": ""}
        self._msisdn = product.customer(who)["msisdn"] if who in STORIES else ""
        self._conversation: Conversation = product.conversation(script["language"])

    def say(self, text: str) -> list[dict[str, Any]]:
        """Type a message."""
        return self._conversation.say(text)

    def press(self, title: str) -> list[dict[str, Any]]:
        """Press a button of the last replies."""
        assert title in self._conversation.buttons
        return self._conversation.say(title)

    def value(self, name: str) -> str:
        """What `$name` stands for now."""
        if name == "code":
            return self._product.newest_code(self._msisdn)
        if name == "wrong_code":
            return "000000" if self._product.newest_code(self._msisdn) != "000000" else "111111"
        values = {"national_id": self._person["nationalId"], "person_name": self._person["name"]}
        return str((values | {"msisdn": self._msisdn})[name])


@pytest.mark.parametrize("script", scripts(), ids=lambda script: script["name"])
def test_the_conversation_goes_as_written(product: Product, script: dict[str, Any]) -> None:
    play(script, Customer(product, script))


def test_every_script_says_who_talks_and_in_which_language() -> None:
    untold = [script["name"] for script in scripts() if not {"name", "language", "who", "turns"} <= script.keys()]
    assert not untold, json.dumps(untold, ensure_ascii=False)
