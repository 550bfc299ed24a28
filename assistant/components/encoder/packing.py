"""Lays messages end to end, so that a step of the training reads hardly anything but pieces of messages.

Short and long ones share a stretch. Padding each to the longest of its kind is a tenth of the work for nothing, and
makes steps of few long ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, count, islice
from typing import NamedTuple

import numpy as np

GAP = 2  # pieces between two messages: no window of the encoder reaches over them
LONGEST = 40  # pieces of a message that are read in training: the wish of a long story comes last
SPARE, ROUND = 1.06, 32  # room beyond the mean, so that few stretches are full before they hold their messages
Examples = Sequence[np.ndarray]


class Batch(NamedTuple):
    """A stretch of messages for each core.

    (cores, pieces): `places` among the `touched` rows, and the number of the message that a piece is of, which is the
    number of messages where it is of none. (cores, messages): labels, and one where there is a message, else zero.
    `touched` are the rows that occur in the batch, in their order, filled up with the last one, which is nothing.
    """

    places: np.ndarray
    message: np.ndarray
    labels: np.ndarray
    there: np.ndarray
    touched: np.ndarray


class Shape(NamedTuple):
    """How many messages and pieces a core's stretch holds, for how many cores: one shape, compiled once."""

    messages: int
    pieces: int
    cores: int


def shape_of(examples: Examples, messages: int, cores: int) -> Shape:
    """The shape for so many messages a core, of the mean length of the examples."""
    mean = np.mean([min(len(example), LONGEST) + GAP for example in examples])
    pieces = max(LONGEST + GAP, int(np.ceil(mean * messages * SPARE)))
    return Shape(messages, -(-pieces // ROUND) * ROUND, cores)


def planned(examples: Examples, shape: Shape, seen: int, random: np.random.Generator) -> list[list[list[int]]]:
    """Which examples each core has in each batch: so many in all, every one in a new order again and again."""
    order = islice(chain.from_iterable(random.permutation(len(examples)) for _ in count()), seen)
    shares = list(_shares(examples, order, shape))
    shares += [[]] * (-len(shares) % shape.cores)
    return [shares[start : start + shape.cores] for start in range(0, len(shares), shape.cores)]


def _shares(examples: Examples, order: Iterator[int], shape: Shape) -> Iterator[list[int]]:
    """The examples of one stretch after the other."""
    share: list[int] = []
    used = 0
    for index in order:
        length = min(len(examples[index]), LONGEST) + GAP
        if len(share) == shape.messages or used + length > shape.pieces:
            yield share
            share, used = [], 0
        share.append(index)
        used += length
    yield share


def batch_of(examples: Examples, labels: np.ndarray, shares: Sequence[list[int]], shape: Shape, nothing: int) -> Batch:
    """A batch of these examples; zero is the row of no piece, and `nothing` what fills `touched` up."""
    rows = np.zeros((shape.cores, shape.pieces), np.int32)
    message = np.full((shape.cores, shape.pieces), shape.messages, np.int32)
    told = np.zeros((shape.cores, shape.messages), np.int32)
    there = np.zeros((shape.cores, shape.messages), np.float32)
    for core, share in enumerate(shares):
        told[core, : len(share)], there[core, : len(share)] = labels[share], 1
        at = 0
        for number, index in enumerate(share):
            pieces = examples[index][-LONGEST:]
            rows[core, at : at + len(pieces)] = pieces
            message[core, at : at + len(pieces)] = number
            at += len(pieces) + GAP
    found = np.unique(rows)
    touched = np.concatenate([found, np.full(rows.size - len(found), nothing, found.dtype)])
    return Batch(np.searchsorted(found, rows).astype(np.int32), message, told, there, touched)
