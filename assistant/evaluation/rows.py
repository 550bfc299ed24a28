"""Rows to evaluate: JSON lines `{"text", "intent", "lang", "variety", "entities": [{"entity", "text", "value"}]}`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class BadRows(ValueError):
    """A file that cannot be evaluated; the message names the file and the line."""


@dataclass(frozen=True)
class Row:
    """One message with what a careful human makes of it; `intent` is `faq/<topic>` or `chitchat/<topic>` for those two."""  # noqa: E501

    text: str
    intent: str
    lang: str
    variety: str
    values: tuple[tuple[str, str], ...]


def read_rows(path: Path) -> list[Row]:
    """Every row of a file, in its order. Raises BadRows for a line that is none."""
    lines = path.read_text("utf-8").splitlines()
    rows = [_row(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    if not rows:
        raise BadRows(f"{path}: no rows")
    return rows


def _row(line: str, where: str) -> Row:
    try:
        told: dict[str, Any] = json.loads(line)
        values = tuple((one["entity"], str(one["value"])) for one in told.get("entities") or ())
        return Row(told["text"], told["intent"], told.get("lang", ""), told.get("variety", ""), values)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadRows(f"{where}: not a row with text and intent: {error!r}") from error
