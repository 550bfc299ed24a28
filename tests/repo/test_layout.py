"""Everything is where a newcomer would look."""

import re
from pathlib import Path

from tests.repo.conftest import ROOT

TOP = {
    ".ci",
    ".dockerignore",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "actions",
    "assistant",
    "backend",
    "data",
    "deploy",
    "docker-compose.yml",
    "docs",
    "pyproject.toml",
    "tests",
    "uv.lock",
    "web",
}
DOMAINS = {
    "access",
    "account",
    "acquisition",
    "appointments",
    "billing",
    "catalog",
    "conversations",
    "customer",
    "delivery",
    "disputes",
    "interactions",
    "ledger",
    "ordering",
    "party",
    "payment",
    "prepaid",
    "provisioning",
    "rating",
    "tickets",
    "usage",
}
USUAL = {
    "__init__",
    "api",
    "errors",
    "events",
    "handlers",
    "jobs",
    "models",
    "queries",
    "resources",
    "rules",
    "schemas",
    "service",
}
# what a domain has beside the usual files: its adapters, channels and readers, each in a file of its name
OWN_WORDS = {
    "access": {"guard", "permissions", "tokens"},
    "acquisition": {
        "application_schemas",
        "company",
        "company_fields",
        "consent",
        "credit",
        "fields",
        "identity",
        "lead_api",
        "lead_schemas",
        "leads",
    },
    "billing": {"settling"},
    "catalog": {"documents", "folder", "matching", "source"},
    "conversations": {"assistant", "assistant_api", "channel_directory", "gateway", "live", "texts", "turn_runner"},
    "delivery": {"document"},
    "interactions": {"writing"},
    "ordering": {"fallout_schemas", "line_directory", "order_directory"},
    "party": {"contacts"},
    "prepaid": {"pricing"},
    "payment": {"file_api", "gateway", "http_gateway", "receipts"},
    "provisioning": {"http_network", "network", "porting", "profile", "sandbox_network", "sandbox_usage"},
    "rating": {"tariffs", "usage_directory"},
    "usage": {"writing"},
}
BANNED_WORDS = re.compile(r"(^|_)(manager|helpers?|utils?|common|misc|stuff|tmp|old|new\d*)(_|$)")
STANDARD_LIBRARY_HIDDEN = {"collections", "platform", "logging", "types", "calendar", "code", "queue"}


def test_the_top_level_holds_what_the_house_style_names(files: list[Path]) -> None:
    found = {path.parts[0] for path in files}
    assert found <= TOP, f"no place for {sorted(found - TOP)}"
    assert {"assistant", "actions", "backend", "data", "tests", "docker-compose.yml", "README.md"} <= found


def test_files_inside_a_domain_have_the_usual_names(python_files: list[Path]) -> None:
    strays = [
        path
        for path in python_files
        if path.parts[0] == "backend"
        and len(path.parts) == 3
        and path.parts[1] in DOMAINS
        and path.stem not in USUAL | OWN_WORDS.get(path.parts[1], set())
    ]
    assert not strays


def test_every_folder_of_the_backend_is_a_layer(python_files: list[Path]) -> None:
    folders = {path.parts[1] for path in python_files if path.parts[0] == "backend" and len(path.parts) > 2}
    layers = (ROOT / "pyproject.toml").read_text()
    missing = [name for name in folders if not re.search(rf"\b{name}\b", layers)]
    assert not missing


def test_names_say_what_a_thing_is(python_files: list[Path]) -> None:
    vague = [p for p in python_files if any(BANNED_WORDS.search(part.removesuffix(".py")) for part in p.parts)]
    assert not vague


def test_no_folder_hides_the_standard_library(python_files: list[Path]) -> None:
    hiding = [p for p in python_files if p.parts[0] == "backend" and set(p.parts[1:-1]) & STANDARD_LIBRARY_HIDDEN]
    assert not hiding


def test_no_file_is_longer_than_four_hundred_lines(files: list[Path]) -> None:
    code = [p for p in files if p.suffix in {".py", ".ts", ".tsx", ".css"}]
    long = {str(p): n for p in code if (n := len((ROOT / p).read_text().splitlines())) > 400}
    assert not long


def test_no_path_of_a_developers_machine_is_in_a_tracked_file(files: list[Path]) -> None:
    text = [p for p in files if p.suffix not in {".woff2", ".png", ".gz"} and "lock" not in p.name]
    machine = re.compile(r"(?<![\w.])/(root|home/\w+|work|Users/\w+)/")
    leaks = [
        p for p in text if machine.search((ROOT / p).read_text(errors="ignore")) and p.parts[:2] != ("tests", "repo")
    ]
    assert not leaks


def test_no_two_test_modules_that_run_together_share_a_name(python_files: list[Path]) -> None:
    together = [path for path in python_files if path.parts[:2] in {("tests", "backend"), ("tests", "repo")}]
    names = [path.name for path in together if path.name.startswith("test_")]
    assert sorted(names) == sorted(set(names))
