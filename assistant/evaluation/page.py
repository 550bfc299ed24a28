"""The readable page of the report: one HTML file, no script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

_HEAD = """<!doctype html><html lang="en"><meta charset="utf-8"><title>How Hatif understands</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2733}
table{border-collapse:collapse;margin:1rem 0}
td,th{padding:.25rem .75rem;border-bottom:1px solid #d8dee4;text-align:start}
td:not(:first-child){font-variant-numeric:tabular-nums}h1,h2{line-height:1.2}</style>"""
_SUMMARY = (
    "rows", "accuracy", "macro_f1", "out_of_scope_recall", "false_fallback", "asked_back",
    "expected_calibration_error",
)  # fmt: skip


def page(report: Mapping[str, Any]) -> str:
    """The whole page of a report as `assistant.nlu_report` makes it."""
    held_out = report["held_out"]
    parts = [_HEAD, "<h1>How Hatif understands</h1>", f"<p>{escape(report['told'])}</p>", "<h2>Held-out messages</h2>"]
    parts.append(_table(("figure", "value"), ((name, held_out[name]) for name in _SUMMARY)))
    for title, group in (("By language", "per_lang"), ("By variety", "per_variety"), ("By intent", "per_intent")):
        parts += [f"<h2>{title}</h2>", _grouped(held_out[group])]
    entities = held_out["entities"]
    overall = {name: entities[name] for name in ("precision", "recall", "f1")}
    parts += ["<h2>Entities by value</h2>", _grouped({"all": overall, **entities["per_entity"]})]
    confused = ((one["intent"], one["taken_for"], one["rows"]) for one in held_out["confusions"])
    parts += ["<h2>Largest confusions</h2>", _table(("intent", "taken for", "rows"), confused)]
    parts.append("<h2>Public sets, same configuration</h2>")
    parts.append(_table(("set", "figures"), ((name, _flat(one)) for name, one in report["public"].items())))
    return "\n".join(parts) + "\n"


def _grouped(groups: Mapping[str, Mapping[str, Any]]) -> str:
    columns = list(next(iter(groups.values()), {}))
    return _table(("", *columns), ((name, *(one[column] for column in columns)) for name, one in groups.items()))


def _flat(figures: Mapping[str, Any]) -> str:
    return "; ".join(
        f"{name}: {_flat(value)}" if isinstance(value, Mapping) else f"{name} {value}"
        for name, value in figures.items()
        if value != {}
    )


def _table(header: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    lines = [_row("th", header), *(_row("td", row) for row in rows)]
    return "<table>" + "".join(lines) + "</table>"


def _row(cell: str, values: Iterable[object]) -> str:
    return "<tr>" + "".join(f"<{cell}>{escape(str(value))}</{cell}>" for value in values) + "</tr>"
