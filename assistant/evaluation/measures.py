"""The figures of an evaluation, from rows and what was understood of them. Pure: no model, no file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.metrics import f1_score

from assistant.evaluation.rows import Row
from assistant.evaluation.spellings import comparable

OUT_OF_SCOPE = "out_of_scope"
BINS = 10
LARGEST = 25


@dataclass(frozen=True)
class Understood:
    """What the shipped model makes of one message.

    `intent` is the likeliest one before the threshold is looked at, `confidence` how sure the model is of it;
    `fell_back` says that the threshold, or two intents too close together, makes the assistant ask back.
    """

    intent: str
    confidence: float
    fell_back: bool
    values: tuple[tuple[str, str], ...]
    second: str | None = None

    @property
    def refused(self) -> bool:
        """Whether the assistant does not act on the message as a request."""
        return self.fell_back or self.intent == OUT_OF_SCOPE


def figures(rows: Sequence[Row], understood: Sequence[Understood]) -> dict[str, Any]:
    """Everything, ready for JSON; shares are of 1, rounded to four places."""
    truth, found = [row.intent for row in rows], [one.intent for one in understood]
    return {
        "rows": len(rows),
        "accuracy": _share(a == b for a, b in zip(truth, found)),  # noqa: B905
        "macro_f1": macro_f1(truth, found),
        "out_of_scope_recall": _share(one.refused for row, one in _pairs(rows, understood, out_of_scope=True)),
        "false_fallback": _share(one.refused for row, one in _pairs(rows, understood, out_of_scope=False)),
        "asked_back": _share(one.fell_back for row, one in _pairs(rows, understood, out_of_scope=False)),
        "expected_calibration_error": calibration_error(rows, understood),
        "entities": entity_figures(rows, understood),
        "per_lang": _by(lambda row: row.lang, rows, understood),
        "per_variety": _by(lambda row: row.variety, rows, understood),
        "per_intent": per_intent(truth, found),
        "confusions": confusions(truth, found),
    }


def macro_f1(truth: Sequence[str], found: Sequence[str]) -> float | None:
    """The mean F1 of the labels that occur in the truth; None where there are no rows."""
    if not truth:
        return None
    labels = sorted(set(truth))
    return round(float(f1_score(truth, found, labels=labels, average="macro", zero_division=0)), 4)


def per_intent(truth: Sequence[str], found: Sequence[str]) -> dict[str, dict[str, float | int]]:
    """Rows, precision, recall and F1 of each label of the truth."""
    right = Counter(a for a, b in zip(truth, found) if a == b)  # noqa: B905
    wanted, said = Counter(truth), Counter(found)
    return {
        label: {"rows": wanted[label], **_prf(right[label], said[label], wanted[label])} for label in sorted(wanted)
    }


def confusions(truth: Sequence[str], found: Sequence[str]) -> list[dict[str, Any]]:
    """The largest confusions, most frequent first."""
    pairs = Counter((a, b) for a, b in zip(truth, found) if a != b)  # noqa: B905
    return [{"intent": a, "taken_for": b, "rows": count} for (a, b), count in pairs.most_common(LARGEST)]


def calibration_error(rows: Sequence[Row], understood: Sequence[Understood]) -> float | None:
    """Expected calibration error over ten equal bins of confidence (Guo et al. 2017)."""
    if not rows:
        return None
    sure = np.array([one.confidence for one in understood])
    right = np.array([row.intent == one.intent for row, one in zip(rows, understood)], dtype=float)  # noqa: B905
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = [abs(right[bins == one].mean() - sure[bins == one].mean()) * (bins == one).sum() for one in set(bins)]
    return round(float(sum(gaps) / len(rows)), 4)


def entity_figures(rows: Sequence[Row], understood: Sequence[Understood]) -> dict[str, Any]:
    """Precision, recall and F1 by entity and normalised value, together and for each entity; places by `place_key`."""
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for row, one in zip(rows, understood):  # noqa: B905
        truth, found = (Counter(comparable(*value) for value in told.values) for told in (row, one))
        for counts, values in ((right, truth & found), (wanted, truth), (said, found)):
            counts.update(entity for entity, _ in values.elements())
    each = {entity: _prf(right[entity], said[entity], wanted[entity]) for entity in sorted(wanted | said)}
    return {**_prf(right.total(), said.total(), wanted.total()), "per_entity": each}


def _prf(right: int, said: int, wanted: int) -> dict[str, float]:
    precision = right / said if said else float(not wanted)
    recall = right / wanted if wanted else float(not said)
    f1 = 2 * right / (said + wanted) if said + wanted else 1.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _by(key: Callable[[Row], str], rows: Sequence[Row], understood: Sequence[Understood]) -> dict[str, Any]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for row, one in zip(rows, understood):  # noqa: B905
        groups.setdefault(key(row), []).append((row.intent, one.intent))
    return {
        name: {
            "rows": len(pairs),
            "accuracy": _share(a == b for a, b in pairs),
            "macro_f1": macro_f1([a for a, _ in pairs], [b for _, b in pairs]),
        }
        for name, pairs in sorted(groups.items())
        if name
    }


def _pairs(
    rows: Sequence[Row], understood: Sequence[Understood], *, out_of_scope: bool
) -> Iterable[tuple[Row, Understood]]:
    return ((row, one) for row, one in zip(rows, understood) if (row.intent == OUT_OF_SCOPE) == out_of_scope)  # noqa: B905


def _share(yes: Iterable[bool]) -> float | None:
    answers = list(yes)
    return round(sum(answers) / len(answers), 4) if answers else None
