"""What the patterns of faults are made of: words, gaps between them, and phrases, as spaCy's Matcher reads them."""

from __future__ import annotations

from typing import Any

Pattern = list[dict[str, Any]]


def word(pattern: str) -> dict[str, Any]:
    """A word that is wholly the pattern."""
    return {"TEXT": {"REGEX": f"^(?:{pattern})$"}}


def gap(most: int) -> list[dict[str, Any]]:
    """At most so many words that say nothing else."""
    return [
        {
            "TEXT": {
                "REGEX": (
                    r"^(?!(?:[.!?؟،,;]|و?بس|but|good|fine|كويس|تمام|zabt|and|اللي|طلب\w*|paid|balance|bill|"
                    r"فاتور\w*)$)"
                )
            },
            "OP": "?",
        }
        for _ in range(most)
    ]


def phrases(*told: str) -> list[Pattern]:
    """Patterns of fixed phrases, each word of which is a pattern."""
    return [[word(one) for one in phrase.split()] for phrase in told]
