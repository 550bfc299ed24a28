"""Keeps numbers, Latin words and foreign names whole in text of the other direction, with Unicode isolates."""

from __future__ import annotations

import re

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
# A dot hides a digit where something follows it; with a space after it, it leads a line and stays outside.
_LATIN_WORD = r"\+?(?:[A-Za-z0-9]|•(?=[A-Za-z0-9•]))[A-Za-z0-9•@_.,:/%+&'-]*"
_LATIN_RUN = re.compile(rf"{_LATIN_WORD}(?: {_LATIN_WORD})*")
_ARABIC_RUN = re.compile(r"[\u0600-\u06ff]+(?:[ ][\u0600-\u06ff0-9]+)*")
_TRAILING = ".,:/-'&"


def isolate(text: str, language: str) -> str:
    """The text with every run of the other script (and, in Arabic, every number) between isolates; safe to repeat."""
    if FIRST_STRONG_ISOLATE in text:
        return text
    return (_LATIN_RUN if language == "ar" else _ARABIC_RUN).sub(_wrapped, text)


def _wrapped(match: re.Match[str]) -> str:
    run = match.group().rstrip(_TRAILING)
    return f"{FIRST_STRONG_ISOLATE}{run}{POP_ISOLATE}{match.group()[len(run) :]}"
