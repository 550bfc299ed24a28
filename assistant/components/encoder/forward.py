"""A pass through the encoder with numpy alone, which is all that serving needs.

Token vectors go through three branches of two convolutions each (windows of 2, 3 and 5 pieces), are summed and go
through four dense layers (Yang et al. 2020, "Multilingual Universal Sentence Encoder", the convolutional one).
"""

from __future__ import annotations

import numpy as np

from assistant.components.encoder.weights import Parameters

BRANCHES = ((2, 0), (3, 1), (5, 2))  # width of the window, pieces of it before the one it stands for
EPSILON = 1e-12
SENTENCE, SUMMED = 4.0, 0.5  # brings the three kinds of features to one size


def features(vectors: np.ndarray, parameters: Parameters) -> np.ndarray:
    """What a head reads of one message: (pieces, 512) to (3072,): the sentence vector, the sum and the largest."""
    branches = [vectors]
    for width, before in BRANCHES:
        projected = normed(
            vectors @ parameters[f"proj{width}"] + parameters[f"proj_b{width}"],
            parameters[f"ln_g{width}"],
            parameters[f"ln_b{width}"],
        )
        first = convolved(projected, parameters[f"w1_{width}"], parameters[f"b1_{width}"], width, before) + projected
        branches.append(convolved(first, parameters[f"w2_{width}"], parameters[f"b2_{width}"], width, before) + first)
    read = normed(np.concatenate(branches, axis=1), parameters["ln_g"], parameters["ln_b"])
    root = np.sqrt(np.float32(len(vectors)))
    summed = read.sum(axis=0) / root
    sentence = dense(summed @ parameters["cnn_W"] + root * parameters["cnn_b"], parameters)
    return np.concatenate([sentence * SENTENCE, summed * SUMMED, read.max(axis=0)])


def dense(mean: np.ndarray, parameters: Parameters) -> np.ndarray:
    """The sentence vector, of length one."""
    first = np.maximum(mean @ parameters["d0"], 0)
    second = np.maximum(mean @ parameters["p1"] + first @ parameters["d1"], 0)
    third = np.maximum(second @ parameters["d2"], 0)
    sentence = np.tanh(second @ parameters["p3"] + third @ parameters["d3"])
    return sentence / np.linalg.norm(sentence)


def normed(values: np.ndarray, gain: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Layer normalisation of each row."""
    centred = values - values.mean(axis=-1, keepdims=True)
    return centred / np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + EPSILON) * gain + bias


def convolved(values: np.ndarray, weights: np.ndarray, bias: np.ndarray, width: int, before: int) -> np.ndarray:
    """Each row's window as one row, through a layer; nothing stands before the first or after the last."""
    count, size = values.shape
    windows = np.zeros((count, width, size), values.dtype)
    for place in range(width):
        shift = place - before
        first, last = max(0, -shift), min(count, count - shift)
        if first < last:
            windows[first:last, place] = values[first + shift : last + shift]
    return np.maximum(windows.reshape(count, width * size) @ weights + bias, 0)
