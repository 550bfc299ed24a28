"""Fine-tunes the encoder, and a linear head on it, to examples with labels. JAX, for training only; serving is numpy.

The same pass as `forward.features`, on padded batches. Only the rows of pieces that occur in the examples are trained;
those of other pieces stay as published. XLA works a matrix product off on one core: so each core takes a share of the
batch, and the gradients are averaged.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, count, islice
from typing import Any, NamedTuple

CORES = next(count for count in (4, 2, 1) if count <= (os.cpu_count() or 1))  # a batch is shared evenly
os.environ.setdefault("XLA_FLAGS", f"--xla_force_host_platform_device_count={CORES}")

import jax  # noqa: E402 - reads the setting
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402

from assistant.components.encoder.forward import BRANCHES, EPSILON, SENTENCE, SUMMED  # noqa: E402
from assistant.components.encoder.tuned import SMOOTHING, TunedEncoder  # noqa: E402
from assistant.components.encoder.weights import WIDTH, Parameters, published  # noqa: E402
from assistant.components.encoder.weights import pieces as pieces_of  # noqa: E402

BATCH = 128
LENGTHS = (10, 18, 40)  # batches are padded to one of these, so that only so many shapes are compiled
MOST_EPOCHS = 30
HEAD_RATE, ROWS, FLOOR, WARM_UP = 3e-3, 8.0, 0.02, 100
FIRST_DECAY, SECOND_DECAY, TINY = 0.9, 0.999, 1e-8
State = dict[str, jax.Array]
WIDE = WIDTH + 2 * (WIDTH + 256 * len(BRANCHES))


@dataclass(frozen=True)
class Settings:
    """`rate` is the encoder's learning rate, `kept` the share of pieces and `kept_features` of features not dropped.

    `seen` says how many examples the training looks at in all, one a number of times: it bounds the time that training
    takes, whatever the number of examples.
    """

    seen: int
    rate: float
    kept: float
    kept_features: float
    seed: int

    def epochs(self, examples: int) -> float:
        """How often each of so many examples is seen; part of them once more where it is no whole number."""
        return min(MOST_EPOCHS, max(1.0, self.seen / examples))


class Batch(NamedTuple):
    """(cores, examples, pieces) of places among the `touched` rows; which are pieces of the example; labels.

    `touched` are the rows that occur in the batch, in their order, filled up with the last one, which is nothing.
    """

    places: np.ndarray
    there: np.ndarray
    labels: np.ndarray
    touched: np.ndarray


class Pace(NamedTuple):
    """Where the training is: a random key for each core, number of the step, share of the learning rate, the rate."""

    keys: jax.Array
    step: np.float32
    share: np.float32
    rate: np.float32


def fine_tuned(texts: Sequence[str], labels: Sequence[str], settings: Settings) -> TunedEncoder:
    """The encoder that tells the labels of such texts."""
    classes = sorted(set(labels))
    numbers = {label: number for number, label in enumerate(classes)}
    examples = [pieces_of(text) for text in texts]
    known = np.array(sorted({piece for example in examples for piece in example}))
    truth = np.array([numbers[label] for label in labels])
    parameters, rows = _tuned(examples, known, truth, settings)
    return TunedEncoder(classes, parameters, known, rows)


def _tuned(
    examples: list[list[int]], known: np.ndarray, labels: np.ndarray, settings: Settings
) -> tuple[Parameters, np.ndarray]:
    nothing = np.zeros((1, WIDTH), np.float32)
    rows = np.vstack(
        [nothing, published().rows(known), nothing]
    )  # where an example has ended; and what fills a step up
    classes = int(labels.max()) + 1
    parameters = {
        **published().parameters,
        "rows": rows,
        "head": np.zeros((WIDE, classes), np.float32),
        "bias": np.zeros(classes, np.float32),
    }
    numbered = [np.searchsorted(known, example).astype(np.int32) + 1 for example in examples]
    trained = _trained(parameters, numbered, labels, settings)
    return trained, trained.pop("rows")[1:-1]


def _trained(parameters: Parameters, examples: list[np.ndarray], labels: np.ndarray, settings: Settings) -> Parameters:
    random = np.random.default_rng(settings.seed)
    key = jax.random.PRNGKey(settings.seed)
    epochs = settings.epochs(len(examples))
    steps = round(epochs * sum(1 for _ in _batches(examples, labels, random)))
    cores = jax.local_devices()
    state = jax.device_put_replicated({name: jnp.array(value) for name, value in parameters.items()}, cores)
    moments = tuple(jax.tree_util.tree_map(jnp.zeros_like, state) for _ in range(2))
    kept = (settings.kept, settings.kept_features)
    batches = chain.from_iterable(_batches(examples, labels, random) for _ in count())
    for step, (pieces, of_these) in enumerate(islice(batches, steps), 1):
        keys = jax.random.split(jax.random.fold_in(key, step), len(cores))
        pace = Pace(keys, np.float32(step), np.float32(_schedule(step, steps)), np.float32(settings.rate))
        batch = _shared(pieces, of_these, len(cores), len(parameters["rows"]) - 1)
        state, moments = _step(state, moments, batch, pace, kept)
    return {name: np.asarray(value[0]) for name, value in state.items()}


def _shared(pieces: np.ndarray, labels: np.ndarray, cores: int, nothing: int) -> Batch:
    """A batch, a share for each core."""
    found = np.unique(pieces)
    touched = np.concatenate([found, np.full(pieces.size - len(found), nothing, found.dtype)])
    places = np.searchsorted(found, pieces).astype(np.int32).reshape(cores, -1, pieces.shape[1])
    there = (pieces > 0).astype(np.float32).reshape(*places.shape, 1)
    return Batch(places, there, labels.reshape(cores, -1), touched)


def _batches(
    examples: list[np.ndarray], labels: np.ndarray, random: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Every example once, in a new order; short ones together, a batch always full (the last repeats some).

    (examples, pieces) of numbers of rows, zero where a shorter example has ended; their labels.
    """
    order = random.permutation(len(examples))
    found = []
    for least, most in zip((0, *LENGTHS), LENGTHS):  # noqa: B905
        fitting = np.array([index for index in order if least < min(len(examples[index]), LENGTHS[-1]) <= most])
        size = BATCH if most < LENGTHS[-1] else BATCH // 4
        for first in range(0, len(fitting), size):
            chosen = np.resize(fitting[first : first + size], size)
            padded = np.zeros((size, most), np.int32)
            for row, index in enumerate(chosen):
                padded[row, : len(examples[index])] = examples[index][-most:]  # the wish of a long story comes last
            found.append((padded, labels[chosen].astype(np.int32)))
    random.shuffle(found)  # type: ignore[arg-type]
    yield from found


def _schedule(step: int, steps: int) -> float:
    """Up in a hundred steps, then down along a cosine to a fiftieth."""
    warm = min(WARM_UP, max(1, steps // 5))
    if step <= warm:
        return step / warm
    done = (step - warm) / max(1, steps - warm)
    return FLOOR + (1 - FLOOR) * 0.5 * (1 + float(np.cos(np.pi * done)))


@partial(
    jax.pmap, axis_name="cores", in_axes=(0, 0, Batch(0, 0, 0, None), Pace(0, None, None, None), None),
    static_broadcasted_argnums=4,
    donate_argnums=(0, 1),
)  # fmt: skip
def _step(state: State, moments: tuple[State, State], batch: Batch, pace: Pace, kept: tuple[float, float]) -> Any:
    """Adam; of the rows only those that occur in the batch, since all of them would be most of the work."""
    part, first, second = (_with_rows(one, batch.touched) for one in (state, *moments))
    gradients = jax.lax.pmean(jax.grad(_loss)(part, batch, pace.keys, kept), "cores")
    first = jax.tree_util.tree_map(lambda m, g: FIRST_DECAY * m + (1 - FIRST_DECAY) * g, first, gradients)
    second = jax.tree_util.tree_map(lambda v, g: SECOND_DECAY * v + (1 - SECOND_DECAY) * g * g, second, gradients)
    unbiased = jnp.sqrt(1 - SECOND_DECAY**pace.step) / (1 - FIRST_DECAY**pace.step)
    moved = {
        name: value - _rate(name, pace.rate) * pace.share * unbiased * first[name] / (jnp.sqrt(second[name]) + TINY)
        for name, value in part.items()
    }
    whole = [_back(old["rows"], new, batch.touched) for old, new in zip((state, *moments), (moved, first, second))]  # noqa: B905
    return whole[0], (whole[1], whole[2])


def _with_rows(values: State, touched: jax.Array) -> State:
    return {**values, "rows": values["rows"][touched]}


def _back(rows: jax.Array, part: State, touched: jax.Array) -> State:
    return {**part, "rows": rows.at[touched].set(part["rows"])}


def _rate(name: str, rate: jax.Array) -> jax.Array | float:
    """The head is new and learns fast; rows of pieces are seen seldom, and learn faster than the encoder."""
    return HEAD_RATE if name in ("head", "bias") else ROWS * rate if name == "rows" else rate


def _loss(state: State, batch: Batch, key: jax.Array, kept: tuple[float, float]) -> jax.Array:
    features = _features(state, batch, key, kept[0])
    alive = jax.random.bernoulli(jax.random.fold_in(key, 1), kept[1], features.shape)
    logits = jnp.where(alive, features / kept[1], 0) @ state["head"] + state["bias"]
    classes = logits.shape[1]
    wanted = jax.nn.one_hot(batch.labels, classes) * (1 - SMOOTHING) + SMOOTHING / classes
    return -(wanted * jax.nn.log_softmax(logits)).sum(-1).mean()


def _features(state: State, batch: Batch, key: jax.Array, kept: float) -> jax.Array:
    there = batch.there
    vectors = state["rows"][batch.places] * jax.random.bernoulli(key, kept, batch.places.shape)[..., None]
    branches = [vectors]
    for width, before in BRANCHES:
        projected = _normed(
            vectors @ state[f"proj{width}"] + state[f"proj_b{width}"], state[f"ln_g{width}"], state[f"ln_b{width}"]
        )
        first = projected + _convolved(projected * there, state[f"w1_{width}"], state[f"b1_{width}"], width, before)
        branches.append(first + _convolved(first * there, state[f"w2_{width}"], state[f"b2_{width}"], width, before))
    read = _normed(jnp.concatenate(branches, -1), state["ln_g"], state["ln_b"])
    root = jnp.sqrt(there.sum(1))
    summed = (read * there).sum(1) / root
    sentence = _dense(summed @ state["cnn_W"] + root * state["cnn_b"], state)
    largest = jnp.where(there > 0, read, -jnp.inf).max(1)
    return jnp.concatenate([sentence * SENTENCE, summed * SUMMED, largest], -1)


def _dense(mean: jax.Array, state: dict) -> jax.Array:
    first = jax.nn.relu(mean @ state["d0"])
    second = jax.nn.relu(mean @ state["p1"] + first @ state["d1"])
    third = jax.nn.relu(second @ state["d2"])
    sentence = jnp.tanh(second @ state["p3"] + third @ state["d3"])
    return sentence / jnp.linalg.norm(sentence, axis=-1, keepdims=True)


def _normed(values: jax.Array, gain: jax.Array, bias: jax.Array) -> jax.Array:
    centred = values - values.mean(-1, keepdims=True)
    return centred / jnp.sqrt((centred * centred).mean(-1, keepdims=True) + EPSILON) * gain + bias


def _convolved(values: jax.Array, weights: jax.Array, bias: jax.Array, width: int, before: int) -> jax.Array:
    padded = jnp.pad(values, ((0, 0), (before, width - 1 - before), (0, 0)))
    windows = jnp.concatenate([padded[:, shift : shift + values.shape[1]] for shift in range(width)], -1)
    return jax.nn.relu(windows @ weights + bias)
