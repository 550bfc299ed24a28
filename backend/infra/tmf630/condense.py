"""Makes the specifications that ship with the product from TM Forum's own files: `python -m ...condense FILE...`."""

import json
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "specifications"
DROPPED = {"example", "default"}
LONGEST = 160
EVENT = re.compile(r"Event(Payload)?$|^EventSubscription")


def condensed(specification: dict[str, Any]) -> dict[str, Any]:
    """Title, base path and definitions, without events, examples and the ends of long descriptions."""
    definitions = specification["definitions"]
    kept = {name: _plain(schema) for name, schema in definitions.items() if not EVENT.search(name)}
    return {
        "title": specification["info"]["title"],
        "version": specification["info"]["version"],
        "base": specification["basePath"].rstrip("/"),
        "definitions": kept,
    }


def _plain(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_plain(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kept: dict[str, Any] = {}
    for name, part in schema.items():
        if name == "properties":
            kept[name] = {key: _plain(value) for key, value in part.items()}
        elif name == "description" and isinstance(part, str):
            kept[name] = _short(part)
        elif name not in DROPPED:
            kept[name] = _plain(part)
    return kept


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def main(files: list[str]) -> None:
    """Write one condensed file for each specification."""
    for file in map(Path, files):
        found = re.match(r"TMF\d+", file.name)
        if found is None:
            raise SystemExit(f"{file.name} does not begin with the number of an API, such as TMF632")
        content = json.dumps(condensed(json.loads(file.read_text(encoding="utf-8"))), ensure_ascii=False, indent=1)
        (HERE / f"{found.group()}.json").write_text(content + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
