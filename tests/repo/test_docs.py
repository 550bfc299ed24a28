"""The documents hold: short, linked, and true to the tree."""

import re
from pathlib import Path

from tests.repo.conftest import ROOT

LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
PLACE = re.compile(r"`((?:assistant|actions|backend|data|web|tests|docs|deploy)/[\w./*{}<>-]*)`")


def test_the_readme_is_short_and_has_a_picture() -> None:
    readme = (ROOT / "README.md").read_text()
    assert len(readme.splitlines()) <= 150
    assert "```mermaid" in readme or ".svg" in readme
    assert "make run" in readme
    assert "make test" in readme


def test_every_link_of_a_document_leads_somewhere(files: list[Path]) -> None:
    broken = [
        f"{page}: {target}"
        for page in files
        if page.suffix == ".md"
        for target in LINK.findall((ROOT / page).read_text())
        if not (ROOT / page.parent / target).exists()
    ]
    assert not broken


def test_every_place_that_the_readme_and_contributing_name_exists() -> None:
    missing = [
        f"{page}: {place}"
        for page in ("README.md", "CONTRIBUTING.md")
        for place in PLACE.findall((ROOT / page).read_text())
        if not any(mark in place for mark in "<>{}") and not list(ROOT.glob(place.rstrip("/")))
    ]
    assert not missing


def test_decision_records_are_numbered_without_gaps_and_fit_on_a_page() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    assert all(len(record.read_text().splitlines()) <= 60 for record in records)


def test_every_word_of_our_own_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    for word in ("application", "credit class", "dispute", "gateway", "handoff", "level", "outbox", "sandbox", "turn"):
        assert re.search(rf"\*\*{word}\*\*", glossary, re.IGNORECASE), word
