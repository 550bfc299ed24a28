"""The console's page: one nonce an answer, a policy that lets nothing else in, and no file from outside."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from backend.access.guard import settings_of
from backend.sandbox.api import NONCE
from backend.settings import Settings

PAGE = f"<style nonce='{NONCE}'></style><meta nonce='{NONCE}'>"


@pytest.fixture
def console(app: FastAPI, settings: Settings, tmp_path: Path) -> Iterator[TestClient]:
    """The app with a built console."""
    for name, text in {
        "console/index.html": PAGE,
        "console/assets/index.js": "export {};",
        "secret.txt": "a secret",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    app.dependency_overrides[settings_of] = lambda: settings.model_copy(update={"web_dir": tmp_path})
    yield TestClient(app, raise_server_exceptions=False)
    app.dependency_overrides.clear()


def test_each_answer_has_a_nonce_of_its_own_in_page_and_policy(console: TestClient) -> None:
    nonces = set()
    for path in ("/console", "/console/", "/console/bills/01a2"):
        answer = console.get(path)
        policy = answer.headers["Content-Security-Policy"]
        (nonce,) = re.findall(r"style-src 'self' 'nonce-([\w-]{20,})'", policy)
        assert answer.text == PAGE.replace(NONCE, nonce)
        assert "unsafe" not in policy
        assert answer.headers["Cache-Control"] == "no-store"
        nonces.add(nonce)
    assert len(nonces) == 3


def test_scripts_come_from_the_console_folder_only(console: TestClient) -> None:
    assert console.get("/console/assets/index.js").text == "export {};"
    assert console.get("/console/assets/none.js").status_code == 404
    for outside in ("..%2f..%2fsecret.txt", "..%5c..%5csecret.txt", "%2e%2e/%2e%2e/secret.txt"):
        assert "secret" not in console.get(f"/console/assets/{outside}").text
