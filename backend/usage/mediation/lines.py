"""A file before anything is made of it: is it text, is it whole, has it been here; then its lines, block by block."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LINES_AT_ONCE = 200_000
BYTES_AT_ONCE = 1 << 22


class FileUnreadable(ValueError):
    """Why a file cannot be a file of records."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a first look told: its fingerprint, and why it must be refused (None: it may be read)."""

    sha256: str
    size: int
    refusal: str | None


def look(path: Path) -> Looked:
    """Read the file once, whole: a NUL or what is not UTF-8 makes it binary, a last line without an end truncated."""
    digest, size, refusal, last = hashlib.sha256(), 0, None, b""
    rest = b""
    with path.open("rb") as opened:
        while block := opened.read(BYTES_AT_ONCE):
            digest.update(block)
            size, last = size + len(block), block[-1:]
            if refusal is None:
                refusal, rest = _binary(rest + block)
    if refusal is None and size == 0:
        refusal = "the file is empty"
    if refusal is None and rest:
        refusal = "the file is truncated: it ends in the middle of a character"
    if refusal is None and last != b"\n":
        refusal = "the file is truncated: its last line has no end"
    return Looked(digest.hexdigest(), size, refusal)


def blocks(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The lines without their ends, many at a time, with the number of the first (from 1)."""
    with path.open(encoding="utf-8", newline="\n") as opened:
        first, lines = 1, []
        for line in opened:
            lines.append(line.rstrip("\r\n"))
            if len(lines) == LINES_AT_ONCE:
                yield first, lines
                first, lines = first + len(lines), []
        if lines:
            yield first, lines


def _binary(block: bytes) -> tuple[str | None, bytes]:
    """Why it is no text, if so, and the bytes of a character that the next block ends."""
    if b"\0" in block:
        return "the file is binary, not text", b""
    try:
        block.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(block) - 3 and error.reason == "unexpected end of data":
            return None, block[error.start :]
        return "the file is binary, or not UTF-8", b""
    return None, b""
