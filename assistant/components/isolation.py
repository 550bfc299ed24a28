"""Keeps numbers, Latin words and foreign names whole in text of the other direction, with Unicode isolates."""

from __future__ import annotations

import re

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
_LATIN_RUN = re.compile(r"[+•]?[A-Za-z0-9•][A-Za-z0-9•@_.,:/%+&'-]*(?: [+•]?[A-Za-z0-9•][A-Za-z0-9•@_.,:/%+&'-]*)*")
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
