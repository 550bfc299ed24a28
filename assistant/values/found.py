"""What the finders give: values with their stretch of text, and which of two overlapping ones stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """A value and where it stands in the text that was searched."""

    entity: str
    value: str
    start: int
    end: int


def without_overlaps(found: Iterable[Found]) -> list[Found]:
    """Earlier finders win; a later value that touches a taken stretch is dropped. In the order of the text."""
    kept: list[Found] = []
    for candidate in found:
        if candidate.start < candidate.end and is_free(candidate.start, candidate.end, kept):
            kept.append(candidate)
    return sorted(kept, key=lambda one: one.start)


def is_free(start: int, end: int, taken: Sequence[Found]) -> bool:
    """Whether nothing taken touches [start, end)."""
    return all(end <= other.start or start >= other.end for other in taken)
