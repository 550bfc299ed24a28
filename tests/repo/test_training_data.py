"""The examples are many people's words: no near-duplicates, no frames with words swapped, enough of every kind."""

import re
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import combinations

import pytest

from tests.repo.test_intents import NLU, TRAINED, examples, read

VARIETIES = {
    "msa", "gulf", "egyptian", "levantine", "arabizi", "mixed", "native", "expat", "chat", "misspelt",
}  # fmt: skip
ALIKE = 0.85
SHARED_OPENING, OFTEN = 4, 4
_FOLDED = str.maketrans("أإآىةؤئ٠١٢٣٤٥٦٧٨٩", "اااﻱهوي0123456789".replace("ﻱ", "ي"))
_MARKS = dict.fromkeys(range(0x064B, 0x0653))
_NOT_WORDS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")


@lru_cache
def words(text: str) -> tuple[str, ...]:
    """A text as its folded words, each number a zero: what is left when values are taken out."""
    folded = text.lower().translate(_FOLDED).translate(_MARKS)
    return tuple(_DIGITS.sub("0", _NOT_WORDS.sub(" ", folded)).split())


def grams(text: str) -> frozenset[str]:
    joined = f" {' '.join(words(text))} "
    return frozenset(joined[place : place + 3] for place in range(len(joined) - 2))


def too_alike(one: str, other: str) -> bool:
    """Three-letter stretches all but shared, or long messages that differ in one word at one place."""
    first, second = grams(one), grams(other)
    if len(first & second) >= ALIKE * len(first | second):
        return True
    left, right = words(one), words(other)
    return len(left) == len(right) >= 5 and sum(a != b for a, b in zip(left, right, strict=True)) <= 1


@pytest.mark.parametrize("intent", TRAINED)
def test_no_two_examples_of_an_intent_are_nearly_the_same(intent: str) -> None:
    long = [text for text in examples()[intent] if len(words(text)) >= 4]
    assert [pair for pair in combinations(long, 2) if too_alike(*pair)] == []


@pytest.mark.parametrize("intent", TRAINED)
def test_no_frame_is_repeated_inside_an_intent(intent: str) -> None:
    openings = Counter(words(text)[:SHARED_OPENING] for text in examples()[intent] if len(words(text)) > SHARED_OPENING)
    assert [" ".join(opening) for opening, times in openings.items() if times > OFTEN] == []


@pytest.mark.parametrize("intent", sorted({name.partition("/")[0] for name in TRAINED}))
def test_an_intent_is_said_often_in_each_variety(intent: str) -> None:
    said: Counter[str] = Counter()
    for _, content in read(NLU):
        for block in content["nlu"]:
            if block.get("intent", "").partition("/")[0] == intent:
                said[block["metadata"]["variety"]] += len(block["examples"].splitlines())
    assert set(said) <= VARIETIES
    assert {variety for variety in VARIETIES if said[variety] < 5} == set()


def test_an_intent_stands_in_one_file_of_its_name() -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for file, content in read(NLU):
        for block in content["nlu"]:
            if "intent" in block:
                places[block["intent"]].add(file)
    assert {intent: files for intent, files in places.items() if len(files) > 1} == {}
    assert [
        intent for intent, files in places.items() if not next(iter(files)).endswith(f"{intent.split('/')[-1]}.yml")
    ] == []
