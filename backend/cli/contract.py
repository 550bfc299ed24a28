"""`hatif contract`: what the console asks of the API, cut out of the OpenAPI description into one file.

`web/contract/operations.json` names the operations, each with the filters by dotted path that it uses beside those that
the description lists. Left out are headers that every request has alike, and answers that are refusals.
"""

import json
import re
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import SecretStr

from backend.cli.terminal import out
from backend.launcher.home import ROOT
from backend.main import create_app
from backend.settings import Settings

FOLDER = ROOT / "web" / "contract"
FILE, OPERATIONS = FOLDER / "openapi.json", FOLDER / "operations.json"
REFERENCE = re.compile(r'"#/components/schemas/([^"]+)"')
Document = dict[str, Any]
app = typer.Typer()


@app.command()
def contract(
    file: Annotated[Path, typer.Option(help="where to write it")] = FILE,
) -> None:
    """Write the part of the API that the console uses; the TypeScript types are made from it."""
    file.write_text(printed(described()), encoding="utf-8")
    out.print(f"{file} is written.")


def described() -> Document:
    """The OpenAPI description of a development installation, without starting one."""
    secret = SecretStr("no process of this ever runs: it is described only")
    settings = Settings(
        database_url="postgresql://nowhere/none",
        token_key=secret,
        encryption_keys=SecretStr("A" * 43 + "="),
        assistant_token=secret,
        rasa_secret=secret,
        rasa_url="http://127.0.0.1:9",
        actions_health_url="http://127.0.0.1:9/health",
    )
    return create_app(settings).openapi()


def printed(description: Document) -> str:
    """The contract as text, the same for the same description."""
    wanted: dict[str, list[str]] = json.loads(OPERATIONS.read_text(encoding="utf-8"))
    return json.dumps(cut(description, wanted), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def cut(description: Document, wanted: dict[str, list[str]]) -> Document:
    """These operations of the description, and every schema that they lead to."""
    paths: Document = {}
    for operation, filters in wanted.items():
        method, path = operation.split(" ")
        paths.setdefault(path, {})[method.lower()] = _operation(description["paths"][path][method.lower()], filters)
    known = description["components"]["schemas"]
    return {
        "openapi": description["openapi"],
        "info": {"title": "Hatif, as the console uses it", "version": description["info"]["version"]},
        "paths": paths,
        "components": {"schemas": {name: known[name] for name in _reached(paths, known)}},
    }


def _operation(whole: Document, filters: list[str]) -> Document:
    own = {(one["in"], one["name"]): one for one in whole.get("parameters", []) if not _is_usual(one)}
    own |= {("query", name): {"in": "query", "name": name, "schema": {"type": "string"}} for name in filters}
    good = {code: answer for code, answer in whole["responses"].items() if code.startswith("2")}
    kept = {name: whole[name] for name in ("operationId", "requestBody", "summary") if name in whole}
    return kept | {"parameters": list(own.values()), "responses": good}


def _is_usual(parameter: Document) -> bool:
    return parameter["in"] == "header" and parameter["name"] not in ("Idempotency-Key", "If-Match")


def _reached(start: Document, known: Document) -> set[str]:
    found: set[str] = set()
    waiting = set(REFERENCE.findall(json.dumps(start)))
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= set(REFERENCE.findall(json.dumps(known[name]))) - found
    return found
