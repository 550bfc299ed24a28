"""Messages laid end to end: each is there, none touches another, and the training reads of each what serving reads."""

from collections import Counter

import jax
import numpy as np
import pytest

from assistant.components.encoder import forward
from assistant.components.encoder.finetuning import Settings, _features
from assistant.components.encoder.packing import GAP, LONGEST, Shape, batch_of, planned, shape_of
from assistant.components.encoder.weights import WIDTH, pieces, published

TEXTS = [
    "hi",
    "كم باقي لي من النت هذا الشهر",
    "my internet is slow " * 20,
    "وين طلبي",
    "x",
    "ابغى اغير باقتي",
    "where is my sim",
]


def numbered(texts: list[str]) -> tuple[list[np.ndarray], np.ndarray]:
    """The pieces of texts as rows of a table, in which zero is no piece and the last row is nothing."""
    found = [pieces(text) for text in texts]
    known = np.array(sorted({piece for example in found for piece in example}))
    nothing = np.zeros((1, WIDTH), np.float32)
    rows = np.vstack([nothing, published().rows(known), nothing])
    return [np.searchsorted(known, example).astype(np.int32) + 1 for example in found], rows


@pytest.mark.parametrize(("seen", "cores"), [(7, 1), (20, 2), (33, 4)])
def test_every_example_is_seen_as_often_as_any_other(seen: int, cores: int) -> None:
    examples, _ = numbered(TEXTS)
    plan = planned(examples, shape_of(examples, 4, cores), seen, np.random.default_rng(1))
    times = Counter(index for shares in plan for share in shares for index in share)
    assert times.total() == seen
    assert max(times.values()) - min(times[index] for index in range(len(TEXTS))) <= 1
    assert all(len(shares) == cores for shares in plan)


def test_messages_keep_their_distance_and_their_end() -> None:
    examples, rows = numbered(TEXTS)
    shape = shape_of(examples, 4, 1)
    (share,) = planned(examples, shape, 4, np.random.default_rng(2))[0]
    batch = batch_of(examples, np.arange(len(TEXTS)), [share], shape, len(rows) - 1)
    for number, index in enumerate(share):
        places = np.flatnonzero(batch.message[0] == number)
        assert (batch.touched[batch.places[0][places]] == examples[index][-LONGEST:]).all()
        assert (batch.message[0][places[-1] + 1 : places[-1] + 1 + GAP] == shape.messages).all()
    assert list(batch.labels[0][batch.there[0] == 1]) == share


def test_training_reads_of_a_message_what_serving_reads() -> None:
    examples, rows = numbered([text for text in TEXTS if len(pieces(text)) <= LONGEST])
    shape = Shape(len(examples) + 1, 256, 1)  # one place for a message stays empty
    batch = batch_of(examples, np.zeros(len(examples), np.int32), [list(range(len(examples)))], shape, len(rows) - 1)
    one = type(batch)(*(part[0] for part in batch[:-1]), batch.touched)
    state = {**published().parameters, "rows": rows[batch.touched]}
    read = np.asarray(_features(state, one, jax.random.PRNGKey(0), 1.0))
    served = np.array([forward.features(rows[example], published().parameters) for example in examples])
    assert np.abs(read[: len(examples)] - served).max() < 1e-3
    assert np.isfinite(read).all()


def test_a_small_set_is_seen_often_and_a_large_one_once() -> None:
    settings = Settings(seen=1000, rate=1e-3, kept=1.0, kept_features=1.0, seed=7)
    assert [settings.looks(examples) for examples in (10, 600, 5000)] == [300, 1000, 5000]
