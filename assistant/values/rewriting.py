"""The text that finders search: slips of the pen corrected, numbers told in words as digits, offsets kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.values.found import Found
from assistant.values.numerals import Numeral, numerals
from assistant.values.tokens import tokens_of


@dataclass(frozen=True)
class Rewritten:
    """A rewritten text; `starts` and `ends` tell which stretch of the original each character stands for."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def back(self, found: Found) -> Found:
        """The value with its place in the original."""
        return Found(found.entity, found.value, self.starts[found.start], self.ends[found.end - 1])

    def worded(self, start: int, end: int) -> bool:
        """Whether [start, end) was told in other characters."""
        return self.ends[end - 1] - self.starts[start] != end - start


@dataclass(frozen=True)
class _Change:
    start: int
    end: int
    text: str


def rewritten(text: str, corrected: Callable[[str], str] = lambda word: word) -> Rewritten:
    """The text with each word as `corrected` says, and its number words as digits."""
    once = _applied(text, _corrections(text, corrected))
    twice = _applied(once.text, [_Change(one.start, one.end, one.written) for one in _told(once.text)])
    starts = tuple(once.starts[start] for start in twice.starts)
    return Rewritten(twice.text, starts, tuple(once.ends[end - 1] for end in twice.ends))


def _told(text: str) -> list[Numeral]:
    return numerals(text, tokens_of(text))


def _corrections(text: str, corrected: Callable[[str], str]) -> list[_Change]:
    changes = [_Change(token.start, token.end, corrected(token.text)) for token in tokens_of(text)]
    return [change for change in changes if change.text != text[change.start : change.end]]


def _applied(text: str, changes: Iterable[_Change]) -> Rewritten:
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for change in (*changes, _Change(len(text), len(text), "")):
        parts += [text[at : change.start], change.text]
        starts += range(at, change.start)
        ends += range(at + 1, change.start + 1)
        length = len(change.text)
        starts += [change.start if index == 0 else min(change.start + index, change.end - 1) for index in range(length)]
        ends += [
            change.end if index == length - 1 else min(change.start + index + 1, change.end) for index in range(length)
        ]
        at = change.end
    return Rewritten("".join(parts), tuple(starts), tuple(ends))
