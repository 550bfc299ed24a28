"""The shipped configuration on public sets: trained on a set's rows, asked its test rows. Nothing of them is in the product.

Columns of a set: text, label, lang, dialect, split. Published figures: ArBanking77 (Jarrar et al. 2023), CLINC150 (Larson
et al. 2019) and HINT3 (Arora et al. 2020).
"""  # noqa: E501

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import f1_score

from assistant.components.intent_features import Reading, read
from assistant.components.intent_model import IntentModel
from assistant.components.language_identifier import LatinModel, written_in

ARBANKING, CLINC, HINT3 = "arbanking77", "clinc150", "hint3"
OUT_OF_SCOPE = {CLINC: "oos", HINT3: "NO_NODES_DETECTED"}
PUBLISHED = {
    f"{ARBANKING} msa": {"AraBERT F1": 0.921},
    f"{ARBANKING} pal": {"AraBERT F1": 0.900},
    CLINC: {"BERT in scope": 0.969, "BERT out-of-scope recall": 0.403, "Rasa in scope": 0.915, "Rasa recall": 0.453},
    f"{HINT3} curekart": {"Rasa in scope": 0.841},
    f"{HINT3} powerplay11": {"Rasa in scope": 0.491},
    f"{HINT3} sofmattress": {"Rasa in scope": 0.693},
}
LOW_THRESHOLD = 0.1  # at which HINT3's authors compare
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Setting:
    """The shipped classifier's configuration and threshold, and the model that tells Arabizi from English."""

    classifier: dict[str, Any]
    threshold: float
    ambiguity: float
    latin_model: LatinModel


@dataclass(frozen=True)
class Item:
    """A row of a public set."""

    text: str
    label: str
    dialect: str
    split: str


def public_figures(folder: Path, setting: Setting, tell: Tell) -> dict[str, Any]:
    """Every set that lies in the folder, with what is published beside it."""
    found: dict[str, Any] = {}
    if (folder / "arbanking77_train.csv").exists():
        found |= _arbanking(folder, setting, tell)
    if (folder / "clinc150.csv").exists():
        tell("CLINC150: training on its rows ...")
        found[CLINC] = _asked(_items(folder / "clinc150.csv"), setting, OUT_OF_SCOPE[CLINC])
    if (folder / "hint3_v1.csv").exists():
        items = _items(folder / "hint3_v1.csv")
        for bot in sorted({item.dialect for item in items}):
            tell(f"HINT3 {bot}: training on its rows ...")
            rows = [item for item in items if item.dialect == bot]
            found[f"{HINT3} {bot}"] = _asked(rows, setting, OUT_OF_SCOPE[HINT3])
    return {name: {**figures, "published": PUBLISHED.get(name, {})} for name, figures in found.items()}


def _arbanking(folder: Path, setting: Setting, tell: Tell) -> dict[str, Any]:
    tell("ArBanking77: training on its rows ...")
    model = _trained([*_items(folder / "arbanking77_train.csv"), *_items(folder / "arbanking77_dev.csv")], setting)
    tests = {name: _items(folder / f"arbanking77_test_{name}.csv") for name in ("msa", "pal")}
    return {f"{ARBANKING} {name}": _in_scope(model, items, setting) for name, items in tests.items()}


def _asked(items: list[Item], setting: Setting, out_of_scope: str) -> dict[str, Any]:
    model = _trained([item for item in items if item.split in ("train", "dev")], setting, out_of_scope)
    tests = [item for item in items if item.split == "test"]
    return {
        **_in_scope(model, [item for item in tests if item.label != out_of_scope], setting),
        **_refusals(model, tests, setting, out_of_scope),
    }


def _trained(items: Iterable[Item], setting: Setting, outside: str = "") -> IntentModel:
    """`outside` is what the set calls messages out of scope."""
    rows = list(items)
    return IntentModel({**setting.classifier, "outside": outside}).fit(
        _readings(rows, setting), [row.label for row in rows]
    )


def _readings(items: list[Item], setting: Setting) -> list[Reading]:
    return [read(item.text, written_in(item.text, setting.latin_model)) for item in items]


def _in_scope(model: IntentModel, items: list[Item], setting: Setting) -> dict[str, Any]:
    truth = [item.label for item in items]
    found = _labels(model, model.probabilities(_readings(items, setting)))
    return {
        "rows": len(items),
        "accuracy": round(float(np.mean([a == b for a, b in zip(truth, found)])), 4),  # noqa: B905
        "macro_f1": round(float(f1_score(truth, found, labels=sorted(set(truth)), average="macro")), 4),
    }


def _refusals(model: IntentModel, items: list[Item], setting: Setting, out_of_scope: str) -> dict[str, Any]:
    """At the shipped threshold and at a low one: in scope a refusal is wrong, out of scope it is right."""
    probabilities = model.probabilities(_readings(items, setting))
    found, outside = _labels(model, probabilities), np.array([item.label == out_of_scope for item in items])
    right = np.array([item.label == label for item, label in zip(items, found)])  # noqa: B905
    taken_for_outside = np.array([label == out_of_scope for label in found])
    ranked = np.sort(probabilities, axis=1)
    figures = {}
    for threshold, apart in ((setting.threshold, setting.ambiguity), (LOW_THRESHOLD, 0.0)):
        unsure = (ranked[:, -1] < threshold) | (ranked[:, -1] - ranked[:, -2] < apart)
        figures[f"at threshold {threshold}"] = {
            "in scope": round(float((right & ~unsure)[~outside].mean()), 4),
            "out-of-scope recall": round(float((unsure | taken_for_outside)[outside].mean()), 4),
        }
    return figures


def _labels(model: IntentModel, probabilities: np.ndarray) -> list[str]:
    return [model.weights.classes[best] for best in probabilities.argmax(axis=1)]


def _items(path: Path) -> list[Item]:
    with path.open(encoding="utf-8", newline="") as file:
        return [Item(row["text"], row["label"], row["dialect"], row["split"]) for row in csv.DictReader(file)]
