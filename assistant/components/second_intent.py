"""A second request in one message: "pay my bill and tell me why it is so high"."""

from __future__ import annotations

import re
from collections.abc import Callable

Ranked = list[tuple[str, float]]
NO_REQUEST = frozenset({
    "greet", "goodbye", "thank", "affirm", "deny", "cancel", "inform", "correct_value", "ask_repeat",
    "express_frustration", "out_of_scope",
})  # fmt: skip
SURE = 0.6
LEAST_WORDS, MOST_PARTS = 2, 6
_BOUNDARY = re.compile(
    r"[.!?\u061f\u060c,;\u061b\n]+|(?<!\w)(?:and also|and|also|plus|then|w kaman|w b3dein|kaman"
    r"|وكمان|كمان|وأيضا|وايضا|أيضا|ايضا|وبعدين|وبعد كذا|وبرضو|وبرضه)(?!\w)|(?<=\s)و(?=\w{3,})",
    re.IGNORECASE,
)


def parts(text: str) -> list[str]:
    """The clauses of a message that are long enough to hold a request."""
    found = [part.strip() for part in _BOUNDARY.split(text)]
    return [part for part in found if len(part.split()) >= LEAST_WORDS]


def second_intent(text: str, first: str, rank: Callable[[str], Ranked]) -> tuple[str, float] | None:
    """The surest request of a clause that differs from the message's own intent; None where there is none.

    Two clauses must each be sure of a request: one that is the message's own intent, and another.
    """
    clauses = parts(text)
    if not 2 <= len(clauses) <= MOST_PARTS:
        return None
    requests = [rank(clause)[0] for clause in clauses]
    sure = [(name, confidence) for name, confidence in requests if confidence >= SURE and _is_request(name)]
    others = [one for one in sure if _same(one[0]) != _same(first)]
    if not others or len(others) == len(sure):
        return None
    return max(others, key=lambda one: one[1])


def _is_request(name: str) -> bool:
    return name not in NO_REQUEST and _same(name) != "chitchat"


def _same(name: str) -> str:
    return name.partition("/")[0]
