"""Faults in a message: a thing (net, calls, router) and a trouble (slow, cut, none) near it, matched by spaCy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

from assistant.values import device_faults, network_faults, voice_faults
from assistant.values.fault_tokens import Pattern
from assistant.values.found import Found

PATTERNS: dict[str, list[Pattern]] = {
    "tv": device_faults.TV_FAULTS,
    "router": device_faults.ROUTER_FAULTS,
    "sms": voice_faults.SMS_FAULTS,
    "call_quality": voice_faults.CALL_QUALITY_FAULTS,
    "slow_internet": network_faults.SLOW_INTERNET_FAULTS,
    "no_internet": network_faults.NO_INTERNET_FAULTS,
    "no_service": network_faults.NO_SERVICE_FAULTS,
}


class ProblemMatcher:
    """The seven faults as spaCy patterns; longest match of the first fault in the order above wins."""

    def __init__(self, pipeline: Language) -> None:
        self._matcher = Matcher(pipeline.vocab)
        for problem, patterns in PATTERNS.items():
            self._matcher.add(problem, patterns, greedy="LONGEST")
        self._order = {pipeline.vocab.strings[problem]: rank for rank, problem in enumerate(PATTERNS)}

    def __call__(self, document: Doc, offsets: Sequence[tuple[int, int]]) -> Iterator[Found]:
        """The faults that the words state, likeliest first; overlaps are left in."""
        matches = sorted(self._matcher(document), key=lambda one: (self._order[one[0]], one[1] - one[2]))
        for name, start, end in matches:
            yield Found("problem", document.vocab.strings[name], offsets[start][0], offsets[end - 1][1])
