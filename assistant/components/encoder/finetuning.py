"""Fine-tunes the encoder, and a linear head on it, to examples with labels. JAX, for training only; serving is numpy.

The same pass as `forward.features`, on messages laid end to end (`packing`). Only the rows of pieces that occur in the
examples are trained; those of other pieces stay as published. XLA works a matrix product off on one core: so each core
takes a share of the batch, and the gradients are averaged.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

CORES = next(count for count in (4, 2, 1) if count <= (os.cpu_count() or 1))  # a batch is shared evenly
os.environ.setdefault("XLA_FLAGS", f"--xla_force_host_platform_device_count={CORES}")

import jax  # noqa: E402 - reads the setting
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402

from assistant.components.encoder.forward import BRANCHES, EPSILON, SENTENCE, SUMMED  # noqa: E402
from assistant.components.encoder.packing import Batch, batch_of, planned, shape_of  # noqa: E402
from assistant.components.encoder.tuned import SMOOTHING, TunedEncoder  # noqa: E402
from assistant.components.encoder.weights import WIDTH, Parameters, published  # noqa: E402
from assistant.components.encoder.weights import pieces as pieces_of  # noqa: E402

BATCH = 128
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

    def looks(self, examples: int) -> int:
        """How many of so many examples are seen in all: each at least once, and none more than `MOST_EPOCHS` times."""
        return min(MOST_EPOCHS * examples, max(examples, self.seen))


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
    cores = jax.local_devices()
    shape = shape_of(examples, BATCH // len(cores), len(cores))
    plan = planned(examples, shape, settings.looks(len(examples)), np.random.default_rng(settings.seed))
    key = jax.random.PRNGKey(settings.seed)
    state = jax.device_put_replicated({name: jnp.array(value) for name, value in parameters.items()}, cores)
    moments = tuple(jax.tree_util.tree_map(jnp.zeros_like, state) for _ in range(2))
    kept = (settings.kept, settings.kept_features)
    for step, shares in enumerate(plan, 1):
        keys = jax.random.split(jax.random.fold_in(key, step), len(cores))
        pace = Pace(keys, np.float32(step), np.float32(_schedule(step, len(plan))), np.float32(settings.rate))
        batch = batch_of(examples, labels, shares, shape, len(parameters["rows"]) - 1)
        state, moments = _step(state, moments, batch, pace, kept)
    return {name: np.asarray(value[0]) for name, value in state.items()}


def _schedule(step: int, steps: int) -> float:
    """Up in a hundred steps, then down along a cosine to a fiftieth."""
    warm = min(WARM_UP, max(1, steps // 5))
    if step <= warm:
        return step / warm
    done = (step - warm) / max(1, steps - warm)
    return FLOOR + (1 - FLOOR) * 0.5 * (1 + float(np.cos(np.pi * done)))


@partial(
    jax.pmap, axis_name="cores", in_axes=(0, 0, Batch(0, 0, 0, 0, None), Pace(0, None, None, None), None),
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
    lost = -(wanted * jax.nn.log_softmax(logits)).sum(-1)
    return (lost * batch.there).sum() / jnp.maximum(batch.there.sum(), 1)


def _features(state: State, batch: Batch, key: jax.Array, kept: float) -> jax.Array:
    messages = batch.labels.shape[0]
    there = (batch.message < messages).astype(jnp.float32)[:, None]
    vectors = state["rows"][batch.places] * jax.random.bernoulli(key, kept, batch.places.shape)[:, None]
    branches = [vectors]
    for width, before in BRANCHES:
        projected = _normed(
            vectors @ state[f"proj{width}"] + state[f"proj_b{width}"], state[f"ln_g{width}"], state[f"ln_b{width}"]
        )
        first = projected + _convolved(projected * there, state[f"w1_{width}"], state[f"b1_{width}"], width, before)
        branches.append(first + _convolved(first * there, state[f"w2_{width}"], state[f"b2_{width}"], width, before))
    read = _normed(jnp.concatenate(branches, -1), state["ln_g"], state["ln_b"])
    of_message = (batch.message == jnp.arange(messages)[:, None]).astype(jnp.float32)
    root = jnp.sqrt(jnp.maximum(of_message.sum(1, keepdims=True), 1))
    summed = of_message @ read / root
    sentence = _dense(summed @ state["cnn_W"] + root * state["cnn_b"], state)
    return jnp.concatenate([sentence * SENTENCE, summed * SUMMED, _largest(read, batch.message, messages)], -1)


@partial(jax.custom_vjp, nondiff_argnums=(2,))
def _largest(read: jax.Array, message: jax.Array, messages: int) -> jax.Array:
    """(messages, features): the largest of each message's pieces; JAX's own way back sorts, ours compares."""
    found = jax.ops.segment_max(read, message, messages + 1)[:messages]
    return jnp.where(jnp.isfinite(found), found, 0)


def _largest_found(read: jax.Array, message: jax.Array, messages: int) -> tuple[jax.Array, tuple[jax.Array, ...]]:
    found = _largest(read, message, messages)
    return found, (read, message, found)


def _largest_back(messages: int, kept: tuple[jax.Array, ...], gradient: jax.Array) -> tuple[jax.Array, None]:
    read, message, found = kept
    at = jnp.minimum(message, messages - 1)
    is_largest = (read == found[at]) & (message < messages)[:, None]
    return jnp.where(is_largest, gradient[at], 0), None


jax.custom_vjp.defvjp(_largest, _largest_found, _largest_back)  # by its class: a server has a stand-in for JAX


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
    padded = jnp.pad(values, ((before, width - 1 - before), (0, 0)))
    windows = jnp.concatenate([padded[shift : shift + len(values)] for shift in range(width)], -1)
    return jax.nn.relu(windows @ weights + bias)
