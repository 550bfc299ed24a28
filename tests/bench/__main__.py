"""`make bench`: measure each part beside a peer or a limit of the same machine, and say what came out.

`make bench PARTS="rating prepaid"` measures some of them. The figures stay in build/bench.json, part by part.
"""

import json
import os
import platform
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.table import Table

from backend.infra.logging import quiet
from backend.launcher.home import ROOT
from tests.bench.billing import billing_figures
from tests.bench.inventory import inventory_figures
from tests.bench.pdf import pdf_figures
from tests.bench.prepaid import prepaid_figures
from tests.bench.rating import rating_figures
from tests.bench.understanding import understanding_figures

FILE = ROOT / "build" / "bench.json"
PARTS: dict[str, Callable[[Console], dict[str, Any]]] = {
    "rating": rating_figures,
    "billing": billing_figures,
    "pdf": pdf_figures,
    "prepaid": prepaid_figures,
    "inventory": inventory_figures,
    "understanding": understanding_figures,
}


def main(chosen: list[str]) -> None:
    """Measure the parts that were chosen, all when none was."""
    unknown = set(chosen) - PARTS.keys()
    if unknown:
        raise SystemExit(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    console = Console(soft_wrap=True)
    quiet()
    for name in chosen or PARTS:
        measured = PARTS[name](console)
        _keep(name, measured)
        _tell(name, measured, console)


def _keep(name: str, measured: dict[str, Any]) -> None:
    FILE.parent.mkdir(exist_ok=True)
    figures = json.loads(FILE.read_text()) if FILE.exists() else {}
    figures["machine"] = f"{os.cpu_count()} x {platform.machine()}, Python {platform.python_version()}"
    figures[name] = {"at": datetime.now(UTC).isoformat(timespec="seconds"), **measured}
    FILE.write_text(json.dumps(figures, indent=1, default=str))


def _tell(name: str, measured: dict[str, Any], console: Console) -> None:
    table = Table("figure", "value", title=name, title_justify="left")
    for path, value in _leaves(measured):
        table.add_row(path, str(value))
    console.print(table)


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _leaves(part, f"{path} / {name}" if path else str(name))
    elif not isinstance(value, list):
        yield path, value


if __name__ == "__main__":
    main(sys.argv[1:])
